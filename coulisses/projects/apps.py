from django.apps import AppConfig


class ProjectsConfig(AppConfig):
    """Studios, projects, and who stands where in them."""

    name = "coulisses.projects"
    label = "projects"

    def ready(self) -> None:
        """Have what a stage says leave it with its entry; ask before anything is kept."""
        from coulisses.media import rooms
        from coulisses.people import merging
        from coulisses.projects import around, finishing, heard, room, shredding

        assert around  # it enrols itself
        shredding.also(finishing.forget)
        rooms.ask_first(room.require_room)
        merging.said_by(heard.stir_all)
