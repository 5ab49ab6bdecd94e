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


def say_the_rules(*, en: str, fr: str) -> None:
    """Put the host's own rules in the place of those that a house comes with; empty: the latter."""
    kept = {"rules_en": clean(en).strip()[:LONGEST], "rules_fr": clean(fr).strip()[:LONGEST]}
    House.objects.update_or_create(pk=1, defaults=kept)


def rules_in(language: str) -> tuple[str, str]:
    """Return the host's rules and their language: the one asked for, or the one they wrote in.

    Both are empty where they wrote none.
    """
    known = current()
    written = {"en": known.rules_en, "fr": known.rules_fr}
    for spoken in (language, "en", "fr"):
        if written.get(spoken):
            return written[spoken], spoken
    return "", ""
