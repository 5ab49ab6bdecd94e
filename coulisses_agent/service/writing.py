"""Writes a service's file where its system looks for it, and says what to type next."""

from __future__ import annotations

import sys

from coulisses_agent.service import launchd, systemd, windows
from coulisses_agent.service.described import Service, Spelled
from coulisses_agent.speech import gettext as _

SYSTEMS = {"systemd": systemd.spelled, "launchd": launchd.spelled, "windows": windows.spelled}
_HERE = {"darwin": "launchd", "win32": "windows"}


def here() -> str:
    """Return the name of what keeps services on this machine."""
    return _HERE.get(sys.platform, "systemd")


def write(service: Service, system: str) -> str:
    """Write the file for this machine and return what to say; for another, return the file."""
    spelled = SYSTEMS[system](service)
    if system != here():
        encoding = "utf-16" if system == "windows" else "utf-8"
        file = spelled.data.decode(encoding).rstrip()
        where = _("Belongs at %(path)s")
        return f"{file}\n\n{_spoken(spelled, where)}"
    spelled.path.parent.mkdir(parents=True, exist_ok=True)
    half = spelled.path.with_name(f"{spelled.path.name}.part")
    half.write_bytes(spelled.data)
    half.replace(spelled.path)
    return _spoken(spelled, _("Written: %(path)s"))


def _spoken(spelled: Spelled, where: str) -> str:
    lines = [where % {"path": spelled.path}, "", _("Start it, now and at each sign-in:")]
    lines += [f"    {line}" for line in spelled.start]
    lines += ["", _("End it for good:"), *(f"    {line}" for line in spelled.end)]
    return "\n".join(lines)
