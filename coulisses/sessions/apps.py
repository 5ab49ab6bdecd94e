from django.apps import AppConfig


class SessionsConfig(AppConfig):
    """Stretches of live work; the label is another than that of sessions in browsers."""

    name = "coulisses.sessions"
    label = "work_sessions"
