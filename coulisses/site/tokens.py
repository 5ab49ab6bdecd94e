"""`coulisses token`: a secret with which a studio's work is told by the API."""

import argparse
from datetime import UTC, datetime, timedelta

from coulisses.site import entering

MOST_DAYS = 3650


def parser() -> argparse.ArgumentParser:
    """Return what the command line may say."""
    made = argparse.ArgumentParser(
        prog="coulisses token",
        description="Print a new API token of a studio, and nothing else. It is shown only now.",
    )
    entering.add_data(made)
    made.add_argument("--studio", metavar="SLUG", required=True, help="the studio’s address")
    made.add_argument("--label", default="", help="what it is for, to tell tokens apart")
    made.add_argument(
        "--scope",
        action="append",
        choices=["read", "tell", "desk", "manage"],
        help="what it may do, one each: read and tell where nothing is said",
    )
    made.add_argument("--days", type=int, default=0, help="for how many days; 0: until revoked")
    return made


def command(argv: list[str]) -> int:
    """Print a token of the studio, in its first owner's name. Raises StudioNotFound."""
    options = parser().parse_args(argv)
    entering.enter(options)
    from coulisses.lib.refusals import require
    from coulisses.projects import addresses, rules, scopes
    from coulisses.projects.models import Role, Studio
    from coulisses.projects.refusals import StudioNotFound

    slug = options.studio
    studio = Studio.objects.filter(slug=slug).first() or addresses.studio_at(slug)
    owners = Role.objects.filter(studio=studio, role="owner")
    owner = owners.select_related("studio", "account").order_by("pk").first()
    require(owner, StudioNotFound)
    assert owner
    now = datetime.now(UTC)
    can = options.scope or scopes.DEFAULT
    until = now + timedelta(days=min(options.days, MOST_DAYS)) if options.days > 0 else None
    made = {"label": options.label, "can": can, "until": until}
    print(rules.issue_token(owner.studio, owner.account, **made, at=now))
    return 0
