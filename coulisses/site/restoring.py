"""`coulisses restore`: a house from a backup, in a folder of its own, checked before it is used."""

import argparse
import json
import shutil
from pathlib import Path

from django.utils.translation import gettext as _

from coulisses.lib.refusals import Refusal, require
from coulisses.site import checking, plain, preparing
from coulisses.site.config import House

DUMP = "house.dump"


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
    DatabaseNotEmpty, DatabaseFailed, ToolMissing, DataFolderUnusable.
    """
    options = parser().parse_args(argv)
    from coulisses.host.backups import restoring

    data = options.data.expanduser().absolute()
    made = restoring.restore(options.source, data, look=_require_same_kind)
    if (data / DUMP).exists():
        _load(data)
    preparing.house(data)
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
        print(said % {"folder": data, "held": held, "when": made.made_at})
    return 1 if report.wrongs else 0


def _require_same_kind(room: Path) -> None:
    """Raise OtherDatabase where the backup's rows and this house's database are not of one kind."""
    from coulisses.host.backups.refusals import OtherDatabase

    is_dump = (room / DUMP).exists()
    kind = "PostgreSQL" if is_dump else "SQLite"
    require(is_dump == bool(House.from_environment().database), OtherDatabase, kind=kind)


def _load(data: Path) -> None:
    """Put PostgreSQL's rows where they belong; where that fails, nothing is left here."""
    preparing.existing_house(data)
    from coulisses.host.backups import rows

    try:
        rows.load(data / DUMP)
        (data / DUMP).unlink()
    except Refusal:
        shutil.rmtree(data)
        raise
