"""How many there are of something, in words."""

from coulisses_agent.speech import ngettext


def entries(number: int) -> str:
    """Say "1 entry", "3 entries"."""
    return ngettext("%(count)s entry", "%(count)s entries", number) % {"count": number}


def previews(number: int) -> str:
    """Say "1 preview", "3 previews"."""
    return ngettext("%(count)s preview", "%(count)s previews", number) % {"count": number}


def files(number: int) -> str:
    """Say "1 file", "3 files"."""
    return ngettext("%(count)s file", "%(count)s files", number) % {"count": number}


def folders(number: int) -> str:
    """Say "1 folder", "3 folders"."""
    return ngettext("%(count)s folder", "%(count)s folders", number) % {"count": number}
