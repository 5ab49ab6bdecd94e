"""How a verb comes into a house that stands already: its folder first, then Django."""

import argparse
import os
from pathlib import Path

from django.utils.translation import gettext_lazy as _

from coulisses.lib.refusals import Refusal
from coulisses.site import preparing
from coulisses.site.config import House


class NoHouseThere(Refusal):
    """A folder holds no house."""

    status = 404
    sentence = _("There is no house in %(folder)s: `coulisses open` makes one.")


def add_data(parser: argparse.ArgumentParser) -> None:
    """Add the option that says which house is meant."""
    parser.add_argument(
        "--data",
        metavar="DIR",
        type=Path,
        default=os.environ.get("COULISSES_DATA"),
        required="COULISSES_DATA" not in os.environ,
        help="the house’s folder (otherwise COULISSES_DATA says it)",
    )


def enter(options: argparse.Namespace) -> None:
    """Make Django ready on the house in `--data`. Raises NoHouseThere."""
    folder = Path(options.data).expanduser().absolute()
    house = House.from_environment()
    if not house.database and not (folder / "house.sqlite3").exists():
        raise NoHouseThere(folder=folder)
    preparing.existing_house(folder)


def absolute(path: str) -> str:
    """Return an address with the house's own in front, where the host has said it."""
    from django.conf import settings

    return f"{settings.PUBLIC_URL}{path}"
