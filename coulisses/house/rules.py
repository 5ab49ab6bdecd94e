"""What the host may settle: verbs."""

from coulisses.house.models import House
from coulisses.lib.text import clean

LONGEST = 10_000  # characters of the host's own words


def current() -> House:
    """Return what is settled now; where nothing is, the defaults."""
    return House.objects.first() or House()


def say_of_privacy(words: str) -> None:
    """Put the host's own words on the page about privacy; empty ones take them off."""
    kept = clean(words).strip()[:LONGEST]
    House.objects.update_or_create(pk=1, defaults={"privacy": kept})
