"""Where a house listens, and who can reach it there."""

import errno
import ipaddress
import socket

from django.utils.translation import gettext as _

from coulisses.site.refusals import AddressUnusable, PortTaken

DEFAULT_PORT = 8008
NEXT_PORTS = 20  # tried after the default one
BACKLOG = 4096  # connections that may wait to be accepted
EVERYWHERE = {"0.0.0.0", "::", ""}


def listen(host: str, port: int | None) -> socket.socket:
    """Return a socket that listens; without a port, the default one or the next that is free.

    Raises PortTaken and AddressUnusable.
    """
    if port is not None:
        return _listen(host, port)
    for candidate in range(DEFAULT_PORT, DEFAULT_PORT + NEXT_PORTS):
        try:
            return _listen(host, candidate)
        except PortTaken:
            continue
    raise PortTaken(host=host, port=f"{DEFAULT_PORT}-{DEFAULT_PORT + NEXT_PORTS - 1}")


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.socket(family, socket.SOCK_STREAM)
    try:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind((host, port))
        listening.listen(BACKLOG)
    except (OSError, OverflowError) as error:
        listening.close()
        if isinstance(error, OSError) and error.errno == errno.EADDRINUSE:
            raise PortTaken(host=host, port=port) from error
        reason = getattr(error, "strerror", None) or str(error)
        raise AddressUnusable(host=host, port=port, reason=reason) from error
    return listening


def address(listening: socket.socket) -> str:
    """Return the address under which this machine itself reaches the house, without a slash."""
    host, port = listening.getsockname()[:2]
    if host in EVERYWHERE:
        host = "::1" if listening.family == socket.AF_INET6 else "127.0.0.1"
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def reach(listening: socket.socket) -> str:
    """Return a sentence that says who can reach the house."""
    host, port = listening.getsockname()[:2]
    if host in EVERYWHERE:
        seen = f"http://{_own_address()}:{port}/"
        return _("Everybody on this machine’s networks can reach it, at %(url)s") % {"url": seen}
    place = ipaddress.ip_address(host)
    if place.is_loopback:
        return _("Only this machine can reach it.")
    if place.is_private:
        return _("Everybody on the network of %(host)s can reach it.") % {"host": host}
    return _("Everybody on the internet can reach it, unless a firewall stands before.")


def _own_address() -> str:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))  # for documentation only; nothing is sent
        except OSError:
            return socket.gethostname()
        return str(probe.getsockname()[0])
