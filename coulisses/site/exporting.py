"""`coulisses export`: a project as a folder that anybody can read, with its proof."""

import argparse
import sys
from datetime import UTC, datetime
from pathlib import Path

from django.utils.translation import gettext as _

from coulisses.site import entering


def parser() -> argparse.ArgumentParser:
    """Return what the command line may say."""
    made = argparse.ArgumentParser(
        prog="coulisses export",
        description="Write a project into a new folder (or a .zip, or a .tar.zst) that is read "
        "offline, served as a static site, and verified by `coulisses verify`.",
    )
    entering.add_data(made)
    made.add_argument("project", metavar="STUDIO/PROJECT", help="which project")
    made.add_argument("to", metavar="TO", type=Path, help="a new folder, a .zip or a .tar.zst")
    made.add_argument(
        "--whole",
        action="store_true",
        help="also what members alone may read and every original that is kept: for the owner, "
        "and for `coulisses import` into another house; never for the public web",
    )
    return made


def command(argv: list[str]) -> int:
    """Export the project.

    Raises NoHouseThere, ProjectNotFound, StillRehearsed, PlaceTaken, BeingMade, NoRoomToExport,
    PlaceUnwritable.
    """
    options = parser().parse_args(argv)
    entering.enter(options)
    from coulisses.projects import sight
    from coulisses.transfers import form, making

    studio, _slash, slug = options.project.strip("/").removeprefix("@").partition("/")
    project = sight.find(studio, slug)
    sent = form.Sent(project, options.whole, datetime.now(UTC))
    to = options.to.expanduser().absolute()
    size = making.make(sent, to, base=entering.absolute(""))
    print(_("Exported to %(place)s: %(size)s entries.") % {"place": to, "size": size})
    if options.whole:
        warned = _("It holds what members alone may read: keep it as safe as the house.")
        print(warned, file=sys.stderr)
    return 0
