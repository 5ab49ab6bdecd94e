from django.apps import AppConfig

REST = 2.0  # seconds between looks at what is to be sent
SWEEP = 3600.0  # seconds between looks at what is to be forgotten


class MailConfig(AppConfig):
    """Letters, from the moment they are written until they are sent."""

    name = "coulisses.mail"
    label = "mail"

    def ready(self) -> None:
        """Send letters when they are due, and forget them after a month."""
        from coulisses.lib import errands
        from coulisses.mail import sending

        errands.every(REST, sending.send_due)
        errands.every(SWEEP, sending.forget_old)
