"""What is known of today's readers: marks that mean nothing tomorrow, in memory alone.

A mark is a hash of a network address and of what a browser says of itself, with a salt that is
made anew each day and written nowhere. It tells two pages of one reader apart, and no more.
"""

import hashlib
import ipaddress
import secrets
from collections import Counter, defaultdict
from datetime import date

from coulisses.visits.counting import Note
from coulisses.visits.models import Reading, Source

MOST_MARKS = 200_000  # of a day, in a process; who comes later makes no visit
MOST_OF_AN_ADDRESS = 50  # visits of a project's day from one network address
MOST_SOURCES = 50  # hosts of a project's day; the rest are one
MOST_ENTRIES = 200  # entries of a project's day that are counted by themselves
MOST_STAYS = 100  # of a reader's day
OTHERS = "*"


class Today:
    """A day of this process."""

    def __init__(self, on: date) -> None:
        self.on = on
        self._salt = secrets.token_bytes(16)
        self._seen: dict[str, set[bytes]] = defaultdict(set)
        self._count = 0
        self._addresses: Counter[bytes] = Counter()
        self._stays: Counter[bytes] = Counter()
        self._hosts: dict[str, set[str]] = {}
        self._entries: dict[str, set[int]] = {}

    def is_new(self, project: str, note: Note) -> bool:
        """Whether this is a reader's first page of the day in a project: a visit."""
        mark = self._mark(note.address.encode(), note.agent)
        if mark in self._seen[project]:
            return False
        place = self._mark(_network(note.address), project.encode())
        is_much = self._addresses[place] >= MOST_OF_AN_ADDRESS or self._count >= MOST_MARKS
        if is_much:
            return False
        self._addresses[place] += 1
        self._count += 1
        self._seen[project].add(mark)
        return True

    def may_stay(self, project: str, position: int, note: Note) -> bool:
        """Whether a stay is believed: of whoever read here today, on a page that was read."""
        mark = self._mark(note.address.encode(), note.agent)
        if mark not in self._seen.get(project, ()) or position not in self._entries.get(
            project, ()
        ):
            return False
        self._stays[mark] += 1
        return self._stays[mark] <= MOST_STAYS

    def source(self, project: str, host: str) -> str:
        """Return under which name a source is counted: its own, while there are few."""
        if project not in self._hosts:
            rows = Source.objects.filter(project=project, on=self.on)
            self._hosts[project] = set(rows.values_list("host", flat=True))
        known = self._hosts[project]
        if host not in known and len(known) >= MOST_SOURCES:
            return OTHERS
        known.add(host)
        return host

    def has_room(self, project: str, position: int) -> bool:
        """Whether an entry is counted by itself today."""
        if project not in self._entries:
            rows = Reading.objects.filter(project=project, on=self.on)
            self._entries[project] = set(rows.values_list("position", flat=True))
        known = self._entries[project]
        if position not in known and len(known) >= MOST_ENTRIES:
            return False
        known.add(position)
        return True

    def _mark(self, *parts: bytes) -> bytes:
        made = hashlib.blake2b(b"\0".join(parts), digest_size=8, key=self._salt)
        return made.digest()


def _network(address: str) -> bytes:
    """Return what belongs to one line: an address, or the first half of one of IPv6."""
    if ":" not in address:
        return address.encode()
    try:
        return ipaddress.IPv6Address(address.partition("%")[0]).packed[:8]
    except ValueError:
        return address.encode()
