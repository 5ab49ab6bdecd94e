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
    made.add_argument("--slug", default="", help="its address there (otherwise the one it had)")
    made.add_argument("--key", default="", metavar="VKEY", help="the only key that may have signed")
    return made


def command(argv: list[str]) -> int:
    """Take the project in, in the name of the studio's first owner.

    Raises NoHouseThere, StudioNotFound, and what `arriving.arrive` raises.
    """
    options = parser().parse_args(argv)
    entering.enter(options)
    from coulisses.lib.refusals import require
    from coulisses.projects import addresses
    from coulisses.projects.models import Role, Studio
    from coulisses.projects.refusals import StudioNotFound
    from coulisses.transfers import arriving
    from coulisses.transfers.kinds import ProjectArrived

    studio = Studio.objects.filter(slug=options.studio).first()
    owners = Role.objects.filter(studio=studio or addresses.studio_at(options.studio), role="owner")
    owner = owners.select_related("studio", "account__voice").order_by("pk").first()
    require(owner, StudioNotFound)
    assert owner
    named = {"slug": options.slug, "vkey": options.key}
    place = options.source.expanduser().absolute()
    project = arriving.arrive(place, owner.studio, by=owner.account, at=datetime.now(UTC), **named)
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
