from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.module_loading import autodiscover_modules


class LogConfig(AppConfig):
    """Learns every kind before anybody reads, and who carries rings; re-arms the guards."""

    name = "coulisses.log"
    label = "log"

    def ready(self) -> None:
        """Import each room's `kinds`; reinstall the triggers a schema change may have dropped."""
        from coulisses.log import guards
        from coulisses.log.bell import carriers

        autodiscover_modules("kinds")
        carriers.register("coulisses.log.bell.sockets.Sockets", carriers.SOCKETS)
        carriers.register("coulisses.log.bell.postgres.Notices", "postgres", "postgresql")
        valkeys = "coulisses.log.bell.valkeys.Published"
        carriers.register(valkeys, "valkey", "valkeys", "redis", "rediss")
        post_migrate.connect(guards.rearm, dispatch_uid="log.guards")
