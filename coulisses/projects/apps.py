from django.apps import AppConfig


class ProjectsConfig(AppConfig):
    """Studios, projects, and who stands where in them."""

    name = "coulisses.projects"
    label = "projects"

    def ready(self) -> None:
        """Have words leave the stage with their entry, and studios asked before anything is kept."""
        from coulisses.media import rooms
        from coulisses.projects import finishing, room, shredding

        shredding.also(finishing.forget)
        rooms.ask_first(room.require_room)
