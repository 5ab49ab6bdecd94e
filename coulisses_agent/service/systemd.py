"""A user's unit of systemd, as Linux has it: systemd.service(5), systemd.syntax(7)."""

from __future__ import annotations

import os
from pathlib import Path

from coulisses_agent import speech
from coulisses_agent.service.described import AGAIN_AFTER, Service, Spelled, description
from coulisses_agent.speech import gettext as _

_UNIT = """\
# {written}
[Unit]
Description={title}
# {again_always}
StartLimitIntervalSec=0

[Service]
ExecStart=:{program}
Environment=LC_MESSAGES={language}
Restart=on-failure
RestartSec={again}
Nice=10
IOSchedulingClass=idle
UMask=0077

[Install]
WantedBy=default.target
"""
_ESCAPED = {'"': '\\"', "\\": "\\\\", "%": "%%", "\n": "\\n", "\t": "\\t"}


def spelled(service: Service) -> Spelled:
    """Return the service's unit, which belongs where systemd looks for a user's own."""
    unit = f"{service.name}.service"
    home = Path(os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config")
    text = _UNIT.format(
        written=_(
            "Written by `coulisses capture … --service`. The token is not in here: "
            "it stands in the spool."
        ),
        title=_line(description(service)),
        again_always=_("However often it falls, it is started again."),
        language=speech.language(),
        program=" ".join(map(quoted, service.program)),
        again=AGAIN_AFTER,
    )
    linger = _("also while nobody is signed in")
    return Spelled(
        home / "systemd" / "user" / unit,
        text.encode(),
        (
            "systemctl --user daemon-reload",
            f"systemctl --user enable --now {unit}",
            f"loginctl enable-linger   # {linger}",
        ),
        (f"systemctl --user disable --now {unit}",),
    )


def quoted(word: str) -> str:
    """Spell one word of a command line, so that it arrives as it is: no specifier, no escape.

    Variables would be put in as well: a `:` before the command line keeps that from happening.
    """
    return '"' + "".join(map(_escaped, word)) + '"'


def _escaped(letter: str) -> str:
    if letter in _ESCAPED:
        return _ESCAPED[letter]
    if "\udc80" <= letter <= "\udcff":
        return f"\\x{ord(letter) - 0xDC00:02x}"  # a byte that is no text in this encoding
    return letter if letter.isprintable() else "".join(f"\\x{b:02x}" for b in letter.encode())


def _line(title: str) -> str:
    """Return a title that is one line, and means nothing else."""
    kept = (letter if letter.isprintable() and letter != "\\" else "_" for letter in title)
    return "".join(kept).replace("%", "%%")
