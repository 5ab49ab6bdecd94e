"""A plain folder, told: what settles goes into the spool, and from there to the house."""

from __future__ import annotations

import threading
from pathlib import Path

from coulisses_agent.events import Events
from coulisses_agent.folder import memory, policies, running
from coulisses_agent.folder.place import Folder
from coulisses_agent.folder.telling import Teller
from coulisses_agent.folder.told import Told
from coulisses_agent.git import names
from coulisses_agent.house import PATIENCE, Address, House
from coulisses_agent.speech import gettext as _
from coulisses_agent.spool import originals
from coulisses_agent.spool import place as spools
from coulisses_agent.spool.carrier import Carrier
from coulisses_agent.spool.store import Spool


def tell(
    root: Path,
    to: Address,
    token: str,
    state: Path,
    events: Events,
    *,
    title: str,
    watch: bool,
    ending: threading.Event,
) -> None:
    """Tell what a folder holds and, with `watch`, each save; `state` is its spool's folder.

    Without `watch` it returns when the house has all. Raises what the folder and the house refuse.
    """
    with Spool(state) as spool:
        spool.note("folder", str(root))
        spool.note("house", f"{to.root}/@{to.studio}/{to.project}/")
        with spool.writing() as cursor:
            memory.prepare(cursor)
        rules = policies.load(root, say=events.warning)
        if rules.ignored.top:
            top = names.path(rules.ignored.top)
            said = _(
                "This folder is part of the repository %(path)s: its files are told, not "
                "its history, and what that repository ignores is left out."
            )
            events.warning(said % {"path": top})
        place = Folder(root, memory.Memory(spool.connection), rules, say=events.warning)
        with (
            House(to, token, ending=ending, patience=0) as house,
            Carrier(
                house,
                state,
                events,
                title=title,
                ending=ending,
                renewed=lambda: spools.kept_token(state),
                read=place.original,
            ) as carrier,
        ):
            _follow(place, spool, carrier, events, watch=watch, ending=ending)


def _follow(
    place: Folder,
    spool: Spool,
    carrier: Carrier,
    events: Events,
    *,
    watch: bool,
    ending: threading.Event,
) -> None:
    progress = _Progress(events, carrier)
    carrier.nudge()  # a run before this one may have left something
    with Teller(place, say=events.warning) as teller:
        tellings = running.tellings(place, teller, ending=ending, watch=watch, then=progress.past)
        for told in tellings:
            carrier.check()
            if told is not None:
                _put(spool, told)
                progress.put += len(told.captures)
                carrier.nudge()
            progress.say()
    if not watch and not ending.is_set():
        carrier.drain(PATIENCE)
        progress.say()


def _put(spool: Spool, told: Told) -> None:
    """Queue what is to be told and remember it, both or neither."""
    with spool.writing() as cursor:
        for one in told.captures:
            spool.put(cursor, one.capture, policy=one.policy, delay=one.delay)
        for shown in told.previews:
            spool.put_preview(cursor, shown.version, shown.facts, shown.files)
        for file in told.originals:
            named = (file.version, file.path, file.digest, file.bytes)
            originals.put(cursor, *named, policy=file.policy)
        spool.note_held(cursor, told.held)
        told.remember(cursor)


class _Progress:
    """Reports how much of what was put has arrived, and once that all that was there has."""

    def __init__(self, events: Events, carrier: Carrier) -> None:
        self._events, self._carrier = events, carrier
        self._is_past = self._is_done = False
        self._said = (0, 0)
        self.put = 0

    def past(self) -> None:
        """All that was there has been put."""
        self._is_past = True

    def say(self) -> None:
        """Report what is new, as long as the past is on its way."""
        if self._is_done:
            return
        now = min(self._carrier.entries, self.put), self.put
        if now != self._said:
            self._said = now
            self._events.progress("entries", *now)
        if self._is_past and self._carrier.is_idle:
            self._is_done = True
            self._events.done(self._carrier.entries, self._carrier.previews)
