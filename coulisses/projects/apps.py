from django.apps import AppConfig


class ProjectsConfig(AppConfig):
    """Studios, projects, and who stands where in them."""

    name = "coulisses.projects"
    label = "projects"
