"""Whether a page is in French, where numbers, dates and sizes are written otherwise."""

from django.utils.translation import get_language


def is_spoken() -> bool:
    """Return whether this is said in French."""
    return (get_language() or "").startswith("fr")
