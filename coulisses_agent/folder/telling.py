"""A burst of saves as captures, one for each policy, with previews; nothing secret or hidden."""

from __future__ import annotations

import hashlib
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import datetime
from itertools import count
from typing import Any

from coulisses_agent import captures, dates, held
from coulisses_agent.folder import content, order, showing
from coulisses_agent.folder.moved import Burst, Known, Moved
from coulisses_agent.folder.place import Folder
from coulisses_agent.folder.policies import Policy
from coulisses_agent.folder.showing import Seen, Showing
from coulisses_agent.folder.told import Original, Put, Told
from coulisses_agent.git import names
from coulisses_readers.closing import Closing
from coulisses_readers.sandbox import Sandbox

_MOST_LISTED = 20  # files held back that are named one by one
_LINGER = 20.0  # seconds that the child which looks is kept for the next save
_A_DAY = 86400  # seconds; nearer to the beginning of time, Windows knows no hours


class Teller(Closing):
    """Tells the bursts of one folder; a context manager that ends what it started.

    `say` hears what is held back, and why. Looks are taken in a `sandbox` that is given and goes
    on, or else in one of its own.
    """

    def __init__(
        self,
        place: Folder,
        *,
        say: Callable[[str], None],
        seconds: float = 20,
        sandbox: Sandbox | None = None,
    ) -> None:
        self._place, self._say, self._seconds = place, say, seconds
        self._sandbox, self._is_own = sandbox, sandbox is None
        self._used_at = 0.0

    def tell(self, burst: Burst) -> Told:
        """Return what is to be told of a burst. What can't be read any more is left for later."""
        told = self._begun()
        told.known |= burst.touched | dict.fromkeys(burst.forgotten)
        by_policy: dict[Policy, list[Moved]] = {}
        for moved in self._parted(burst.moved, told):
            by_policy.setdefault(self._place.policies.of(moved.path), []).append(moved)
        for policy, group in sorted(by_policy.items(), key=lambda one: one[0].key != "show"):
            if policy.name != "never":
                self._tell_group(told, burst, policy, group)
        return told

    def backlog(self) -> Iterator[Told]:
        """Yield the previews that were put off, newest first; each has to be remembered."""
        while waiting := self._place.memory.unseen(1):
            path, known = waiting[0]
            told = self._begun()
            if self._is_still_told(path, known):
                seen = Showing(self._place, self._child()).backlog(path, known)
                if seen.held:
                    self._hold(told, [], seen.held)
                self._take_in(told, known.version, seen)
                known = replace(known, reason=seen.reason)
            told.known[path] = replace(known, is_unseen=False)
            yield told

    @property
    def is_behind(self) -> bool:
        """Are there previews that were put off?"""
        return bool(self._place.memory.unseen(1))

    def warm(self) -> None:
        """Start the child that looks, while a save settles."""
        if self._sandbox is None:
            sandbox = self._child()
            threading.Thread(
                target=sandbox.look_or_reason, args=(b" ", "a.txt"), daemon=True
            ).start()

    def rest(self) -> None:
        """Keep no process while there is nothing to do for a while."""
        if self._sandbox is not None and time.monotonic() - self._used_at > _LINGER:
            self.close()

    def close(self) -> None:
        """End the child that looks, unless others look through it too."""
        if self._sandbox is not None and self._is_own:
            self._sandbox.close()
            self._sandbox = None

    def _begun(self) -> Told:
        now = self._place.clocks.now()
        facts = {"looked_at": repr(now).encode(), "inode": str(self._place.inode).encode()}
        return Told(now, facts)

    def _child(self) -> Sandbox:
        self._used_at = time.monotonic()
        if self._sandbox is None:
            self._sandbox = Sandbox(seconds=self._seconds)
        return self._sandbox

    def _is_still_told(self, path: bytes, known: Known) -> bool:
        """Is a file told as it was, by the rules of now?"""
        policies = self._place.policies
        return policies.is_told(path) and policies.of(path).key == known.policy

    def _parted(self, moved: Iterable[Moved], told: Told) -> Iterator[Moved]:
        """Tell what was hidden from those who are told now as new, or not at all.

        Renamed from where another policy holds, a file goes there and comes here.
        """
        for one in moved:
            former, policy = one.former, self._place.policies.of(one.path).key
            if former is None or _secret(one):
                yield one
            elif one.was is not None and former.policy != policy:
                there = self._place.policies.of(one.was).key
                told.known[one.was] = None
                if not showing.is_hidden(former, there):
                    yield Moved("removed", one.was, None, former, None, one.at)
                yield replace(one, what="added", was=None, former=None)
            elif not showing.is_hidden(former, policy):
                yield one
            elif one.now is None:
                told.known[one.path] = None
            else:
                told.known |= {one.was: None} if one.was is not None else {}
                yield replace(one, what="added", was=None, former=None)

    def _tell_group(self, told: Told, burst: Burst, policy: Policy, group: list[Moved]) -> None:
        shows = Showing(self._place, self._child(), later=burst.is_past)
        listed: list[dict[str, str]] = []
        changed: list[dict[str, Any]] = []
        taken: list[Moved] = []
        for one in (one for one in group if _secret(one)):
            reason = _secret(one) or ""
            self._remember(told, one, Seen(reason="held"), policy)
            hidden = "" if held.in_name(one.path) else names.path(one.path)
            self._hold(told, listed, {"path": hidden, "reason": reason})
        waiting = order.ordered(one for one in group if not _secret(one))
        for one in waiting[: captures.MOST_CHANGES]:
            seen = shows.of(one)
            if seen.is_restless:
                for path in (one.path, one.was):
                    if path is not None:
                        self._place.again(path)
                continue
            taken.append(one)
            self._remember(told, one, seen, policy)
            if seen.held:
                self._hold(told, listed, seen.held)
            elif seen.change:
                changed.append(seen.change)
                told.originals += _originals(one, seen, policy)
        counted = waiting[captures.MOST_CHANGES :]
        for one in counted:
            self._remember(told, one, shows.remembered(one), policy)
        if changed or counted:
            capture = self._capture(burst, taken + counted, changed, listed, len(counted))
            told.captures.append(Put(capture, policy.name, policy.delay))

    def _capture(
        self,
        burst: Burst,
        moved: list[Moved],
        changed: list[dict[str, Any]],
        listed: list[dict[str, str]],
        more: int,
    ) -> dict[str, Any]:
        now = self._place.clocks.now()
        at = (int(burst.happened_at), _zone(burst.happened_at))
        once = self._once(moved)
        dated_anew = [{"path": "", "reason": "absurd_date"}] * burst.is_dated_anew
        changed.sort(
            key=lambda change: (order.RANKS.get(change["reader"], 6), -order.lines(change))
        )
        return captures.fitted(
            {
                "once": once,
                "happened_at": dates.happened(at, at, now=now)[0],
                "past": burst.is_past,
                "author": {"key": self._keyed("hand"), "name": "", "is_owner": True},
                "source": "folder",
                "revision": self._keyed(once),
                "title": "",
                "body": "",
                "is_merge": False,
                "changes": changed,
                "more": more + max(0, len(listed) - _MOST_LISTED),
                "held": listed[:_MOST_LISTED],
                "missing": dated_anew,
            }
        )

    def _once(self, moved: list[Moved]) -> str:
        """Name what happened, so that it is the same where it is told again from a new memory.

        What happens twice, as when a file comes back from the bin, is told twice.
        """
        made = hashlib.blake2b(digest_size=20)
        for one in sorted(moved, key=lambda one: one.path):
            known = one.now or one.former
            assert known
            gone = b"removed" if one.now is None else b""
            for part in (one.path, str(known.stamp.mtime_ns).encode(), known.digest, gone):
                made.update(len(part).to_bytes(4, "big") + part)
        first = made.hexdigest()
        names_of_it = (f"file:{first}" + (f".{again}" if again else "") for again in count())
        return next(once for once in names_of_it if not self._place.memory.has_told(once))

    def _keyed(self, words: str) -> str:
        return self._place.memory.keyed(words.encode())

    def _remember(self, told: Told, one: Moved, seen: Seen, policy: Policy) -> None:
        if one.was is not None:
            told.known[one.was] = None
        if one.now is None:
            told.known[one.path] = None
        else:
            told.known[one.path] = replace(
                one.now, policy=policy.key, reason=seen.reason, is_unseen=seen.is_unseen
            )
        if one.former and (one.now is None or one.now.version != one.former.version):
            told.outdated.add(one.former.version)
        if one.now:
            self._take_in(told, one.now.version, seen)

    def _take_in(self, told: Told, version: str, seen: Seen) -> None:
        if seen.look:
            told.looks.append((version, seen.look))
        if seen.shown:
            told.previews.append(seen.shown)

    def _hold(self, told: Told, listed: list[dict[str, str]], one: dict[str, str]) -> None:
        told.held.append(one)
        listed.append(one)
        self._say(held.spoken(one))


def _secret(one: Moved) -> str | None:
    """Return why a file is held back for its name, now or before it was renamed; or None."""
    was = held.path_reason(one.was) if one.was is not None else None
    return held.path_reason(one.path) or was


def _originals(one: Moved, seen: Seen, policy: Policy) -> list[Original]:
    """Return the file itself, where all of it could be read and it is no link."""
    now = one.now
    if now is None or now.stamp.is_link or now.stamp.size > content.LARGEST or seen.reason:
        return []
    return [Original(now.version, one.path, now.digest, now.stamp.size, policy.key)]


def _zone(at: float) -> int:
    """Return the minutes by which this machine's clocks were ahead of UTC at a time."""
    ahead = datetime.fromtimestamp(max(at, _A_DAY)).astimezone().utcoffset()
    return int(ahead.total_seconds() // 60) if ahead else 0
