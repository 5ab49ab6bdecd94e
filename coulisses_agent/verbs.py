"""The `coulisses` command where only the agent is installed."""

import sys
from collections.abc import Sequence
from importlib import metadata

from coulisses_agent import command

USAGE = """\
usage: coulisses VERB …   (coulisses VERB --help tells the rest)

  capture  tell a folder’s or a repository’s saves to a house elsewhere

A house of one’s own comes with the package `coulisses`."""


def main(argv: Sequence[str] | None = None) -> int:
    """Carry out the verb that the command line says; returns the exit status."""
    said = list(sys.argv[1:] if argv is None else argv)
    if not said or said[0] in {"-h", "--help", "help"}:
        print(USAGE)
        return 0
    if said[0] in {"-V", "--version"}:
        print(f"coulisses-agent {metadata.version('coulisses-agent')}")
        return 0
    if said[0] != "capture":
        print(f"coulisses: there is no verb {said[0]!r}\n\n{USAGE}", file=sys.stderr)
        return 2
    try:
        return command.command(said[1:])
    except KeyboardInterrupt:
        return 130
