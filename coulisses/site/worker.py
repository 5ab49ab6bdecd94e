"""One of several processes that serve a house: `python -m coulisses.site.worker DESCRIPTOR`."""

import os
import socket
import sys
from pathlib import Path

from coulisses.site import ending, preparing, serving


def main(descriptor: int) -> None:
    """Serve from a listening socket that the parent shares."""
    ending.at_once()
    preparing.existing_house(Path(os.environ["COULISSES_DATA"]))
    serving.house().run(sockets=[socket.socket(fileno=descriptor)])


if __name__ == "__main__":
    main(int(sys.argv[1]))
