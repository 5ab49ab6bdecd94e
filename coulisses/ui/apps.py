from django.apps import AppConfig


class UiConfig(AppConfig):
    """What every page is made of."""

    name = "coulisses.ui"
    label = "ui"

    def ready(self) -> None:
        """Have shredded words leave the rendered cards kept in this process."""
        from coulisses.projects import shredding
        from coulisses.ui import entries, postcards

        shredding.also(lambda _project, entry: entries.forget(entry))
        shredding.also(lambda _project, entry: postcards.forget(entry))
