"""What the host may settle: verbs."""

from coulisses.house.models import House


def current() -> House:
    """Return what is settled now; where nothing is, the defaults."""
    return House.objects.first() or House()
