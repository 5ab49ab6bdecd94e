from django.apps import AppConfig


class ProjectsConfig(AppConfig):
    """Studios, projects, and who stands where in them."""

    name = "coulisses.projects"
    label = "projects"

    def ready(self) -> None:
        """Have what a stage says leave it with its entry, or with the whole work."""
        from coulisses.projects import face, finishing, shredding, withdrawing

        shredding.also(finishing.forget)
        withdrawing.also(face.forget_all)
