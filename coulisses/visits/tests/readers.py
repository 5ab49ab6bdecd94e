"""Readers of these tests: pages that were answered to them, as the outermost application saw it."""

from coulisses.visits.counting import notes
from coulisses.visits.summing import Summing

FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
GOOGLE = "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)"


def asked(path, *, method="GET", address="203.0.113.5", agent=FIREFOX, **headers):
    """Return a request as ASGI says it; `headers` are named with underscores."""
    said = {"host": "house.example", "user-agent": agent, **headers}
    raw = [(name.replace("_", "-").encode(), value.encode()) for name, value in said.items()]
    return {"method": method, "path": path, "headers": raw, "client": (address, 4711)}


def read(path, **how):
    """Have somebody read a page."""
    notes.page(asked(path, **how))


def stay(path, seconds, **how):
    """Have a page say how long it was in view."""
    notes.stay(asked(f"{path.rstrip('/')}/stay", method="POST", **how), str(seconds).encode())


def begun():
    """Return what adds up, as in a process that has just begun; nothing waits."""
    notes.take_all()
    return Summing()
