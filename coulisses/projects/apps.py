from django.apps import AppConfig


class ProjectsConfig(AppConfig):
    """Studios, projects, and who stands where in them."""

    name = "coulisses.projects"
    label = "projects"

    def ready(self) -> None:
        """Have the words of a pause or an end leave the stage with their entry."""
        from coulisses.projects import finishing, shredding

        shredding.also(finishing.forget)
