"""A user's agent of launchd, as macOS has it: launchd.plist(5)."""

from __future__ import annotations

import plistlib
import shlex
from pathlib import Path

from coulisses_agent import speech
from coulisses_agent.service.described import AGAIN_AFTER, NameNotWritable, Service, Spelled


def spelled(service: Service) -> Spelled:
    """Return the service's property list. Raises NameNotWritable."""
    label = service.name.replace("coulisses-", "coulisses.", 1)
    path = Path.home() / "Library" / "LaunchAgents" / f"{label}.plist"
    said = {
        "Label": label,
        "ProgramArguments": list(service.program),
        "EnvironmentVariables": {"LC_MESSAGES": speech.language()},
        "RunAtLoad": True,
        "KeepAlive": {"SuccessfulExit": False},
        "ThrottleInterval": AGAIN_AFTER,
        "ProcessType": "Background",
        "LowPriorityIO": True,
        "Nice": 10,
        "Umask": 0o077,
        "StandardErrorPath": str(service.state / "service.log"),
    }
    return Spelled(
        path,
        _written(said, service),
        (f"launchctl bootstrap gui/$(id -u) {shlex.quote(str(path))}",),
        (f"launchctl bootout gui/$(id -u)/{label}",),
    )


def _written(said: dict[str, object], service: Service) -> bytes:
    try:
        return plistlib.dumps(said, sort_keys=False)
    except ValueError:  # control characters, or half characters
        raise NameNotWritable(name=service.program[4]) from None
