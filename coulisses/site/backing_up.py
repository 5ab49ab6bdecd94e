"""`coulisses backup`: a copy of a house, open or not, and the proof that it restores."""

import argparse
import sys
from datetime import UTC, datetime
from pathlib import Path

from django.utils.translation import gettext as _

from coulisses.lib.refusals import require
from coulisses.site import entering, plain


def parser() -> argparse.ArgumentParser:
    """Return what the command line may say."""
    made = argparse.ArgumentParser(
        prog="coulisses backup",
        description="Copy a house into a new folder, or into one file that ends in .tar.zst; "
        "the house may be open. The copy holds the keys: keep it as safe as the house.",
    )
    entering.add_data(made)
    made.add_argument("to", metavar="TO", type=Path, nargs="?", help="a new folder, or a .tar.zst")
    made.add_argument(
        "--prove",
        action="store_true",
        help="restore the copy (without TO: the newest) into a folder that passes, and check it",
    )
    return made


def command(argv: list[str]) -> int:
    """Make the copy, prove it, or both.

    Raises NoHouseThere, BackupExists, PlaceInside, PlaceUnusable, ProofFailed, and on PostgreSQL
    ToolMissing, DatabaseFailed.
    """
    wanted = parser()
    options = wanted.parse_args(argv)
    if options.to is None and not options.prove:
        wanted.error("say where to: a new folder, or a file that ends in .tar.zst")
    entering.enter(options)
    from coulisses.host.backups import rules
    from coulisses.host.backups.refusals import NoBackupThere

    now = datetime.now(UTC)
    backup = rules.make(options.to, at=now) if options.to else rules.newest()
    require(backup, NoBackupThere, place=options.data, reason="none was made")
    assert backup
    if options.to:
        print(_("Backed up to %(place)s: %(held)s.") % {"place": backup.place,
              "held": plain.held(backup)})  # fmt: skip
        warned = _("It holds the keys that sign the logs and the sessions: keep it safe.")
        print(warned, file=sys.stderr)
    if options.prove:
        rules.prove(backup, at=datetime.now(UTC))
        said = _("Proved: restored into a folder of its own and found whole (%(held)s).")
        print(said % {"held": plain.held(backup)})
    return 0
