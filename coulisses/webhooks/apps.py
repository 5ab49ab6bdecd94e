from django.apps import AppConfig

LOOK = 5.0  # seconds between looks at what was told
REST = 2.0  # seconds between looks at what is to be sent
SWEEP = 3600.0  # seconds between looks at what is to be forgotten


class WebhooksConfig(AppConfig):
    """What is told, said to programs elsewhere."""

    name = "coulisses.webhooks"
    label = "webhooks"

    def ready(self) -> None:
        """Follow what is told, send it, and forget after a month how that went."""
        from coulisses.lib import errands
        from coulisses.webhooks import following, sending

        errands.every(LOOK, following.follow)
        errands.every(REST, sending.send_due)
        errands.every(SWEEP, sending.forget_old)
