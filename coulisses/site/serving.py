"""`coulisses serve`: the house without an agent, in one process or several."""

import argparse
import os
import signal
import socket
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from coulisses.site import children, ending, listening, preparing
from coulisses.site import options as places
from coulisses.site.options import port

if TYPE_CHECKING:
    from coulisses.site.server import Server

FRESH = 1.0  # seconds a worker must live; one that dies sooner waits before it is started again
LAST_WORDS = 1.7  # seconds in which workers end


def parser() -> argparse.ArgumentParser:
    """Return what the command line may say."""
    made = argparse.ArgumentParser(
        prog="coulisses serve",
        description="Keep a house open that no folder feeds; its data folder is made if missing.",
    )
    made.add_argument("--data", metavar="DIR", type=Path, required=True, help="the house’s folder")
    made.add_argument("--host", default="127.0.0.1", help="where to listen (127.0.0.1)")
    made.add_argument("--port", type=port, help="where to listen (8008, or the next free one)")
    made.add_argument("--public-url", metavar="URL", default="", help="as the world knows it")
    made.add_argument("--workers", type=int, default=1, help="processes that share the work (1)")
    made.add_argument(
        "--no-errands",
        action="store_true",
        help="only answer: what a house does by itself, `coulisses work` does",
    )
    places.add_places(made)
    return made


def command(argv: list[str]) -> int:
    """Serve until told to end. Raises PortTaken, AddressUnusable, DataFolderUnusable, DiskFull."""
    options = parser().parse_args(argv)
    ending.at_once()
    folder = preparing.folder(options.data)
    places.take_places(options)
    if options.no_errands:
        os.environ["COULISSES_ERRANDS"] = "no"
    sockets = listening.listen(options.host, options.port)
    preparing.house(folder, public_url=options.public_url)
    address = listening.address(sockets)
    print("\n".join([f"{address}/", listening.reach(sockets), *_first_host(address)]), flush=True)
    if options.workers > 1:
        return _with_workers(sockets, options.workers)
    house().run(sockets=[sockets])
    return 0


def _first_host(address: str) -> list[str]:
    """Return what is said of a house that nobody keeps yet."""
    from django.conf import settings
    from django.db import connection

    from coulisses.host import beginning

    link = beginning.link(at=datetime.now(UTC))
    connection.close()
    if link is None:
        return []
    said = _("Nobody keeps this house yet. Whoever opens this link does (once, within a day):")
    return [said, f"{settings.PUBLIC_URL or address}{link}"]


def house() -> "Server":
    """Return a server for this process; Django must be set up."""
    from django.conf import settings

    from coulisses.site import asgi, server

    return server.make(asgi.House(settings.HOUSE))


def _with_workers(sockets: socket.socket, count: int) -> int:
    """Keep workers that share one listening socket; the kernel deals connections out."""
    is_ending: list[int] = []
    for one in (signal.SIGINT, signal.SIGTERM):
        signal.signal(one, lambda number, _frame: is_ending.append(number))
    descriptor = sockets.fileno()
    environment = {"COULISSES_DATA": os.environ["COULISSES_DATA"]}

    def worker() -> subprocess.Popen[str]:
        command = ["coulisses.site.worker", str(descriptor)]
        return children.start(command, environment=environment, descriptors=[descriptor])

    began = time.monotonic()
    working = [worker() for _ in range(count)]
    while not is_ending:
        time.sleep(0.1)
        for place, child in enumerate(working):
            if child.poll() is not None and time.monotonic() - began > FRESH:
                print(f"worker {child.pid} ended; another one takes its place", file=sys.stderr)
                began = time.monotonic()
                working[place] = worker()
    children.end(working, within=LAST_WORDS)
    return 0
