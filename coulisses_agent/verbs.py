"""The `coulisses` command where only the agent is installed."""

import sys
from collections.abc import Sequence
from importlib import metadata

from coulisses_agent import command, speech
from coulisses_agent.speech import gettext as _


def main(argv: Sequence[str] | None = None) -> int:
    """Carry out the verb that the command line says; returns the exit status."""
    speech.settle(sys.stdout)
    speech.settle(sys.stderr)
    said = list(sys.argv[1:] if argv is None else argv)
    if not said or said[0] in {"-h", "--help", "help"}:
        print(_usage())
        return 0
    if said[0] in {"-V", "--version"}:
        print(f"coulisses-agent {metadata.version('coulisses-agent')}")
        return 0
    if said[0] != "capture":
        unknown = _("coulisses: there is no verb %(verb)s") % {"verb": repr(said[0])}
        print(f"{unknown}\n\n{_usage()}", file=sys.stderr)
        return 2
    try:
        return command.command(said[1:])
    except KeyboardInterrupt:
        return 130


def _usage() -> str:
    capture = _("tell a folder’s or a repository’s saves to a house elsewhere")
    lines = [
        _("usage: coulisses VERB …   (coulisses VERB --help tells the rest)"),
        "",
        f"  capture  {capture}",
        "",
        _("A house of one’s own comes with the package `coulisses`."),
    ]
    return "\n".join(lines)
