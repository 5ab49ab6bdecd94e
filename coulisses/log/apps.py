from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.module_loading import autodiscover_modules


class LogConfig(AppConfig):
    """Learns every kind before anybody reads; re-arms the guards after migrations."""

    name = "coulisses.log"
    label = "log"

    def ready(self) -> None:
        """Import each room's `kinds`; reinstall the triggers a schema change may have dropped."""
        from coulisses.log import guards

        autodiscover_modules("kinds")
        post_migrate.connect(guards.rearm, dispatch_uid="log.guards")
