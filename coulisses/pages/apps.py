from django.apps import AppConfig


class PagesConfig(AppConfig):
    """The pages that people read."""

    name = "coulisses.pages"
    label = "pages"

    def ready(self) -> None:
        """Have shredded words leave the overviews kept in this process."""
        from coulisses.projects import recent, shredding

        shredding.also(lambda project, _entry: recent.forget(project))
