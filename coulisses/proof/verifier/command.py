"""`coulisses verify`: recomputes a log from what is published of it, and remembers it."""

import argparse
import sys
from pathlib import Path

import httpx

from coulisses.proof.verifier import words
from coulisses.proof.verifier.check import Broken
from coulisses.proof.verifier.house import CannotCheck
from coulisses.proof.verifier.look import verify

HOLDS, DOES_NOT_HOLD, CANNOT_SAY = 0, 1, 2


def command(argv: list[str]) -> int:
    """Run `coulisses verify`: 0 when the log holds, 1 when it does not, 2 when nobody can say."""
    asked = parser().parse_args(argv)
    try:
        with httpx.Client(headers={"User-Agent": "coulisses-verify"}) as client:
            report = verify(
                asked.url, client, keep=asked.keep, against=asked.against, progress=words.progress
            )
    except Broken as broken:
        print(words.does_not_hold(asked.url, broken), file=sys.stderr)
        return DOES_NOT_HOLD
    except CannotCheck as reason:
        print(words.cannot_say(asked.url, reason), file=sys.stderr)
        return CANNOT_SAY
    print(words.holds(report))
    return HOLDS


def parser() -> argparse.ArgumentParser:
    """Say what the command takes."""
    said = argparse.ArgumentParser(
        prog="coulisses verify",
        description="Recompute a project's log from what is public, and compare it with last time.",
        epilog="Ends with status 0 when the log holds, 1 when it does not, 2 when nobody can say.",
    )
    said.add_argument(
        "url",
        help="the project's address, as https://example.org/@studio/project/, or what was "
        "exported of it: a folder here, or its address on the web",
    )
    said.add_argument(
        "--keep",
        type=Path,
        metavar="FILE",
        help="keep the checkpoint in this file (by default ~/.local/state/coulisses/checkpoints/)",
    )
    said.add_argument(
        "--against",
        type=Path,
        metavar="FILE",
        action="append",
        default=[],
        help="compare with a checkpoint that somebody else kept (may be repeated)",
    )
    return said
