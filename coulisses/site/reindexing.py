"""`coulisses reindex`: makes what search knows anew from the logs, the house open or not."""

import argparse

from django.utils.translation import gettext as _

from coulisses.site import entering


def parser() -> argparse.ArgumentParser:
    """Return what the command line may say."""
    made = argparse.ArgumentParser(
        prog="coulisses reindex",
        description="Make the index that search looks into anew from the logs. The house may be "
        "open: until it is done, less is found. Nothing else changes.",
    )
    entering.add_data(made)
    return made


def command(argv: list[str]) -> int:
    """Make the index anew and print how much each project has in it. Raises NoHouseThere."""
    entering.enter(parser().parse_args(argv))
    from coulisses.search import rebuilding

    rebuilding.empty()
    total = 0
    for project, count in rebuilding.fill():
        print(f"{project.path}  {count}")
        total += count
    print(_("%(count)s entries can be found.") % {"count": total})
    return 0
