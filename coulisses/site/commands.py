"""The `coulisses` command: a table of verbs, each in a module of its own.

A verb's module has `parser()`, which returns its ArgumentParser, and `command(argv)`, which
returns the exit status. It is imported only when its verb is said.
"""

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import import_module, metadata
from types import ModuleType

from django.conf import settings

from coulisses.lib.refusals import Refusal

USAGE = "usage: coulisses VERB …   (coulisses VERB --help tells the rest)"


@dataclass(frozen=True)
class Verb:
    """One verb: where it is carried out, and what it is for."""

    module: str
    sentence: str

    def load(self) -> ModuleType:
        """Import the module that carries the verb out."""
        return import_module(self.module)


VERBS = {
    "open": Verb("coulisses.site.opening", "open a folder’s making in a house, and watch it"),
    "serve": Verb("coulisses.site.serving", "keep a house open that no folder feeds"),
    "work": Verb("coulisses.site.working", "do what a house does by itself, and serve nobody"),
    "capture": Verb("coulisses_agent.command", "tell a repository’s past to a house elsewhere"),
    "token": Verb("coulisses.site.tokens", "print a token that tells a studio’s work by the API"),
    "admit": Verb("coulisses.site.admitting", "let somebody into a project’s circle of members"),
    "host": Verb("coulisses.site.hosting", "name who keeps the house, and let them in"),
    "backup": Verb("coulisses.site.backing_up", "copy a house, open or not, and prove the copy"),
    "restore": Verb("coulisses.site.restoring", "make a house from a backup, and check it"),
    "check": Verb("coulisses.site.checking", "verify a whole house: logs, guards, files, key"),
    "reindex": Verb("coulisses.site.reindexing", "make what search knows anew from the logs"),
    "export": Verb("coulisses.site.exporting", "write a project into a folder anybody can read"),
    "import": Verb("coulisses.site.importing", "take an exported project into this house"),
    "verify": Verb("coulisses.proof.verifier.command", "recompute a project’s signed log"),
    "manage": Verb("coulisses.site.managing", "run one of Django’s own commands on a house"),
}


def main(argv: Sequence[str] | None = None) -> int:
    """Carry out the verb that the command line says; returns the exit status."""
    said = list(sys.argv[1:] if argv is None else argv)
    if not said or said[0] in {"-h", "--help", "help"}:
        print(_help())
        return 0
    if said[0] in {"-V", "--version"}:
        print(f"coulisses {metadata.version('coulisses')}")
        return 0
    verb = VERBS.get(said[0])
    if verb is None:
        print(f"coulisses: there is no verb {said[0]!r}\n\n{_help()}", file=sys.stderr)
        return 2
    try:
        return int(verb.load().command(said[1:]) or 0)
    except Refusal as refusal:
        _speak()
        print(f"coulisses {said[0]}: {refusal}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        return 130


def _speak() -> None:
    """Let a sentence be put into words, even when Django has not been set up yet."""
    if not settings.configured:
        settings.configure(USE_I18N=False)


def _help() -> str:
    width = max(map(len, VERBS))
    lines = [f"  {name:{width}}  {verb.sentence}" for name, verb in VERBS.items()]
    return "\n".join([USAGE, "", *lines])
