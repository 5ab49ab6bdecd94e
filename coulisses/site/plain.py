"""What the commands say of a house in plain words."""

from typing import Protocol

from django.utils.translation import gettext as _


class Held(Protocol):
    """What a backup or a check counts."""

    logs: int
    entries: int
    files: int
    bytes: int


def held(counted: Held) -> str:
    """Return how much there is: logs, entries, files and their bytes."""
    said = _("%(logs)s logs with %(entries)s entries, %(files)s files, %(mib)s MiB")
    mib = f"{counted.bytes / (1 << 20):.1f}"
    return said % {
        "logs": counted.logs,
        "entries": counted.entries,
        "files": counted.files,
        "mib": mib,
    }
