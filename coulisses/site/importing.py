"""`coulisses import`: takes an exported project into this house, with its numbers and proof."""

import argparse
from datetime import UTC, datetime
from pathlib import Path

from django.utils.translation import gettext as _

from coulisses.site import entering


def parser() -> argparse.ArgumentParser:
    """Return what the command line may say."""
    made = argparse.ArgumentParser(
        prog="coulisses import",
        description="Take what `coulisses export --whole` wrote into a studio of this house. All "
        "of it is checked before anything is kept; no account comes with it.",
    )
    entering.add_data(made)
    made.add_argument("source", metavar="FROM", type=Path, help="the exported folder, or its .zip")
    made.add_argument("--studio", metavar="SLUG", required=True, help="into which studio")
    made.add_argument("--owner", default="", metavar="WHO", help="whose the studio is to be, where "
                      "it is not there yet: an account's name or e-mail address")  # fmt: skip
    made.add_argument("--slug", default="", help="its address there (otherwise the one it had)")
    made.add_argument("--key", default="", metavar="VKEY", help="the only key that may have signed")
    return made


def command(argv: list[str]) -> int:
    """Take the project in, in the name of the studio's first owner.

    Raises NoHouseThere, and what `settling.place` and `arriving.arrive` raise.
    """
    options = parser().parse_args(argv)
    entering.enter(options)
    from coulisses.transfers import arriving, settling
    from coulisses.transfers.kinds import ProjectArrived

    studio, owner = settling.place(options.studio, owner=options.owner)
    named = {"slug": options.slug, "vkey": options.key}
    place = options.source.expanduser().absolute()
    project = arriving.arrive(place, studio, by=owner, at=datetime.now(UTC), **named)
    fact = project.work.entries.select_related("sealed").latest("position").fact
    assert isinstance(fact, ProjectArrived)
    print(entering.absolute(project.path))
    trust = _(
        "Its log is whole: %(size)s entries, as this key signed them there:\n"
        "  %(vkey)s\n"
        "Whether that is the old house's key, its people say (proof/vkey of the project's old "
        "address)."
    )
    print(trust % {"size": fact.size, "vkey": fact.vkey})
    return 0
