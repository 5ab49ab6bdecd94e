from django.apps import AppConfig


class SearchConfig(AppConfig):
    """Finding again what was told."""

    name = "coulisses.search"
    label = "search"

    def ready(self) -> None:
        """Follow the logs and the files that come with them; let go of what an entry loses."""
        from coulisses.lib import errands
        from coulisses.projects import shredding, withdrawing
        from coulisses.search import feeding, forgetting, settling

        shredding.also(forgetting.forget)
        withdrawing.also(forgetting.forget_all)
        errands.every(feeding.REST, feeding.some, is_called=True)
        errands.every(settling.REST, settling.some, is_called=True)
