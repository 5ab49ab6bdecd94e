"""What the command line may say, and its help, in the language of whoever asks."""

import argparse
import sys
from collections.abc import Iterable
from typing import Any, NoReturn

from coulisses_agent.service import writing
from coulisses_agent.speech import gettext as _


class _Help(argparse.HelpFormatter):
    def add_usage(
        self,
        usage: str | None,
        actions: Iterable[argparse.Action],
        groups: Iterable[Any],
        prefix: str | None = None,
    ) -> None:
        super().add_usage(usage, actions, groups, prefix or _("usage: "))


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        self.print_usage(sys.stderr)
        said = _("%(command)s: this command line isn't clear: %(message)s")
        self.exit(2, said % {"command": self.prog, "message": message} + "\n")


def parser() -> argparse.ArgumentParser:
    """Return what the command line may say."""
    made = _Parser(
        prog="coulisses capture",
        description=_(
            "Tell a folder, or the history of a git repository, to a house. Originals stay here."
        ),
        formatter_class=_Help,
        add_help=False,
    )
    work = made.add_argument_group(_("what is told"))
    work.add_argument("path", metavar="PATH", help=_("a folder, or a git repository"))
    _add_where(made.add_argument_group(_("where to")))
    _add_how(made.add_argument_group(_("how")))
    return made


def _add_where(where: Any) -> None:
    add = where.add_argument
    add("--to", metavar="URL", default="", help=_("a house, or a project's page"))
    add("--token", metavar="T", help=_("or COULISSES_TOKEN in the environment"))
    add("--studio", metavar="S", help=_("the studio's short name in addresses"))
    add("--project", metavar="P", help=_("the project's; as the folder's by default"))
    add("--title", metavar="W", help=_("for a new project; as the folder by default"))
    add("--owner-email", metavar="E", help=_("whose commits are the maker's own"))


def _add_how(how: Any) -> None:
    add = how.add_argument
    add("-h", "--help", action="help", help=_("say this, and nothing else"))
    add("--watch", action="store_true", help=_("stay, and tell each save or commit"))
    add("--status", action="store_true", help=_("say what was sent, waits or was held"))
    add("--rules", action="store_true", help=_("only ask what is not for showing"))
    add(
        "--service",
        nargs="?",
        const="here",
        choices=("here", *writing.SYSTEMS),
        help=_("write what keeps this running: a systemd unit, a launchd agent or a Windows task"),
    )
    add("--state", metavar="DIR", help=_("where a folder's spool stands"))
    add(
        "--progress",
        choices=("json", "bar", "none"),
        default="bar" if sys.stderr and sys.stderr.isatty() else "none",
        help=_("how to say what happens: JSON lines on standard output, a bar, or not at all"),
    )
