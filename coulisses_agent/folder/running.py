"""From a folder's first look to its last save: what is to be told, in the order of its telling."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator

from coulisses_agent.folder.place import Folder
from coulisses_agent.folder.telling import Teller
from coulisses_agent.folder.told import Told


def _nothing() -> None:
    """Do nothing."""


def tellings(
    place: Folder,
    teller: Teller,
    *,
    ending: threading.Event,
    watch: bool,
    then: Callable[[], None] = _nothing,
) -> Iterator[Told | None]:
    """Yield what is to be told: the past, then each burst, and in between what was put off.

    Each has to be remembered before the next is asked for. While there is nothing to tell, None is
    yielded about twice a second, so that whoever asks can do something else. `then` is called once,
    when all that was there has been told, with its previews. Raises FolderAway.
    """
    for burst in place.past():
        if ending.is_set():
            return
        yield teller.tell(burst)
    if not watch:
        for told in teller.backlog():
            if ending.is_set():
                return
            yield told
        then()
        return
    yield from _followed(place, teller, ending, then)


def _followed(
    place: Folder, teller: Teller, ending: threading.Event, then: Callable[[], None]
) -> Iterator[Told | None]:
    is_done = False
    for burst in place.follow(ending, may_wait=lambda: not teller.is_behind):
        if burst is not None:
            yield teller.tell(burst)
        elif teller.is_behind:
            yield next(teller.backlog())
        else:
            if not is_done:
                is_done = True
                then()
            if place.is_expecting:
                teller.warm()
            teller.rest()
            yield None
