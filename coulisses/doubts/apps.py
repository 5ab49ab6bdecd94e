from django.apps import AppConfig


class DoubtsConfig(AppConfig):
    """The life of a doubt, the leads that it is offered, and what failures taught."""

    name = "coulisses.doubts"
    label = "doubts"

    def ready(self) -> None:
        """Show where doubts stand, and say to the other rooms what becomes of them."""
        from coulisses.doubts import joining, rules, shown, telling  # noqa: F401
        from coulisses.projects import shredding

        shredding.also(rules.forget)
