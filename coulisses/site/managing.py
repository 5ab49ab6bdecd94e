"""`coulisses manage`: Django's own commands, on the house that `--data` says."""

import argparse

from coulisses.site import entering


def parser() -> argparse.ArgumentParser:
    """Return what the command line may say."""
    made = argparse.ArgumentParser(
        prog="coulisses manage",
        description="Run one of Django's own commands on a house; for those who keep it.",
    )
    entering.add_data(made)
    made.add_argument("words", nargs=argparse.REMAINDER, metavar="…", help="Django's command")
    return made


def command(argv: list[str]) -> int:
    """Hand the words over to Django."""
    options = parser().parse_args(argv)
    entering.enter(options)
    from django.core.management import ManagementUtility

    ManagementUtility(["coulisses manage", *options.words]).execute()
    return 0
