"""`coulisses admit`: names a project's members by hand, until membership can be bought."""

import argparse
from datetime import UTC, datetime

from coulisses.site import entering


def parser() -> argparse.ArgumentParser:
    """Return what the command line may say."""
    made = argparse.ArgumentParser(
        prog="coulisses admit",
        description="Let somebody into a circle of a project's members, and print a link "
        "that signs them in once.",
    )
    entering.add_data(made)
    made.add_argument("--project", metavar="STUDIO/PROJECT", required=True, help="whose circle")
    made.add_argument("--tier", default="wings", help="the circle's name; made if it is new")
    made.add_argument("--email", required=True, help="whom: an account is made if it is new")
    made.add_argument("--name", default="", help="how a new account signs")
    return made


def command(argv: list[str]) -> int:
    """Admit the account and print its link. Raises ProjectNotFound."""
    options = parser().parse_args(argv)
    entering.enter(options)
    from coulisses.people import rules as people
    from coulisses.people.models import Account
    from coulisses.projects import rules, sight

    now = datetime.now(UTC)
    studio, _, slug = options.project.strip("/").removeprefix("@").partition("/")
    project = sight.find(studio, slug)
    account = Account.objects.filter(email=options.email).first()
    if account is None:
        name = options.name or options.email.partition("@")[0]
        account = people.welcome(name=name, email=options.email, at=now)
    tier = project.tiers.filter(name=options.tier).first()
    rules.admit(tier or rules.open_tier(project, name=options.tier), account)
    secret = people.sign_in_link(account, at=now)
    print(entering.absolute(f"/enter/{secret}"))
    return 0
