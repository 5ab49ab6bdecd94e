"""`coulisses check`: verifies a whole house in its place, open or not."""

import argparse
import json
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from coulisses.lib.refusals import Refusal
from coulisses.site import entering, plain

if TYPE_CHECKING:
    from coulisses.host.backups.checking import Report


def parser() -> argparse.ArgumentParser:
    """Return what the command line may say."""
    made = argparse.ArgumentParser(
        prog="coulisses check",
        description="Verify a house: the database, each log from its first entry to its root, "
        "the guards, every file, and the key that signs. Changes nothing.",
    )
    entering.add_data(made)
    made.add_argument("--json", action="store_true", help="say what was found as one line of JSON")
    return made


def command(argv: list[str]) -> int:
    """Check the house; 1 where something is wrong. Raises NoHouseThere."""
    options = parser().parse_args(argv)
    entering.enter(options)
    report = examine()
    if options.json:
        print(json.dumps(report.spelled()))
    else:
        say(report)
    return 1 if report.wrongs else 0


def examine(**how: Any) -> "Report":
    """Check the house that Django is set up for, and the key that it signs with."""
    from coulisses.host.backups import checking
    from coulisses.log import keys
    from coulisses.log.models import Log

    report = checking.examine(**how)
    log = Log.objects.first()
    if log and keys.is_made():  # it is made when it is first asked for
        try:
            keys.signer(log)
        except Refusal as refusal:
            report.add(str(refusal))
    return report


def say(report: "Report") -> None:
    """Print what was found."""
    for wrong in report.wrongs:
        print(_("WRONG: %(wrong)s") % {"wrong": wrong})
    held = plain.held(report)
    if report.wrongs:
        print(_("Something is wrong in this house (%(held)s).") % {"held": held})
    else:
        print(_("This house is whole: %(held)s.") % {"held": held})
