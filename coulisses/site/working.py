"""`coulisses work`: a process that does what a house does by itself, and answers nobody."""

import argparse
import signal
import threading
from pathlib import Path

from django.utils.translation import gettext as _

from coulisses.site import ending, entering, options, preparing


def parser() -> argparse.ArgumentParser:
    """Return what the command line may say."""
    made = argparse.ArgumentParser(
        prog="coulisses work",
        description="Make films, send letters, sweep and whatever else a house does by itself, "
        "beside processes that serve it with --no-errands. Several may work at once.",
    )
    entering.add_data(made)
    options.add_places(made)
    return made


def command(argv: list[str]) -> int:
    """Work until told to end. Raises DataFolderUnusable, DiskFull."""
    said = parser().parse_args(argv)
    ending.at_once()
    options.take_places(said)
    preparing.house(preparing.folder(Path(said.data)))
    from coulisses.site import clockwork

    is_ending = threading.Event()
    for one in (signal.SIGINT, signal.SIGTERM):
        signal.signal(one, lambda _number, _frame: is_ending.set())
    runner = clockwork.Clockwork()
    runner.start()
    print(_("This process does what the house does by itself; it answers nobody."), flush=True)
    is_ending.wait()
    runner.end()
    return 0
