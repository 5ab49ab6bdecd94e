"""`coulisses restore`: a house from a backup, in a folder of its own, checked before it is used."""

import argparse
import json
from pathlib import Path

from django.utils.translation import gettext as _

from coulisses.lib.refusals import require
from coulisses.site import checking, plain, preparing
from coulisses.site.config import House


def parser() -> argparse.ArgumentParser:
    """Return what the command line may say."""
    made = argparse.ArgumentParser(
        prog="coulisses restore",
        description="Make a house from a backup, in a new folder, and check all of it.",
    )
    made.add_argument("source", metavar="FROM", type=Path, help="a backup: a folder or a .tar.zst")
    made.add_argument("--data", metavar="DIR", type=Path, required=True, help="the new folder")
    made.add_argument("--json", action="store_true", help="say what was found as one line of JSON")
    return made


def command(argv: list[str]) -> int:
    """Restore and check; 1 where something is wrong with what was restored.

    Raises HouseThere, NoBackupThere, BackupDamaged, NoRoomToRestore, OtherDatabase,
    DataFolderUnusable.
    """
    options = parser().parse_args(argv)
    from coulisses.host.backups import restoring
    from coulisses.host.backups.refusals import OtherDatabase

    require(not House.from_environment().database, OtherDatabase)
    made = restoring.restore(options.source, options.data)
    preparing.house(options.data)
    from coulisses.host.backups import rules

    rules.forget_unfinished()
    report = checking.examine(excused=made.gone, heads=made.logs)
    if options.json:
        print(json.dumps(report.spelled()))
    elif report.wrongs:
        checking.say(report)
    else:
        said = _("Restored into %(folder)s and found whole: %(held)s. As of %(when)s.")
        held = plain.held(report)
        print(said % {"folder": options.data, "held": held, "when": made.made_at})
    return 1 if report.wrongs else 0
