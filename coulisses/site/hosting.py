"""`coulisses host`: names who keeps a house, and lets them in."""

import argparse
from datetime import UTC, datetime

from coulisses.site import entering


def parser() -> argparse.ArgumentParser:
    """Return what the command line may say."""
    made = argparse.ArgumentParser(
        prog="coulisses host",
        description="Name a host of the house, and print a link that signs them in once. "
        "Without --email, list the hosts that there are.",
    )
    entering.add_data(made)
    made.add_argument("--email", metavar="E", help="whom: an account is made if it is new")
    made.add_argument("--name", default="", help="how a new account signs")
    return made


def command(argv: list[str]) -> int:
    """Name the host and print a link, or list the hosts. Raises NoHouseThere."""
    options = parser().parse_args(argv)
    entering.enter(options)
    from coulisses.people import hosting, rules
    from coulisses.people.models import Account

    if not options.email:
        for host in Account.objects.filter(is_host=True).select_related("voice").order_by("pk"):
            print(f"{host.voice.name} {host.email or ''}".strip())
        return 0
    now = datetime.now(UTC)
    account = hosting.name(options.email, called=options.name, at=now)
    print(entering.absolute(f"/enter/{rules.sign_in_link(account, at=now)}"))
    return 0
