"""Looks at the projects that were sent, and brings in those whose owner is sure."""

import logging
import time
from collections.abc import Callable
from typing import Any

from django.utils import timezone, translation

from coulisses.lib.refusals import Refusal, require
from coulisses.lib.text import clean_line, shorten
from coulisses.projects.models import Project
from coulisses.projects.refusals import OnlyTheOwner
from coulisses.transfers import arriving, crates, furnishing, looking, sources
from coulisses.transfers.jobs import SAID_EVERY, Unwanted
from coulisses.transfers.looking import Looked
from coulisses.transfers.models import Crate
from coulisses.transfers.refusals import NoFolderThere

_logger = logging.getLogger(__name__)


def work() -> bool:
    """Do what is next for one crate; return whether there was any."""
    crate = crates.claim(timezone.now())
    if crate is None:
        return False
    with translation.override(crate.language):
        try:
            _do(crate)
        except Unwanted:
            pass
        except NoFolderThere:
            crates.refuse(crate, str(NoFolderThere(place=crate.name)))
        except OSError:
            _logger.exception("a project could not be looked at or brought in")
            crates.put_off(crate)
        except Refusal as refusal:
            crates.refuse(crate, str(refusal))
    crates.empty_if_over(crate)
    return True


def _do(crate: Crate) -> None:
    alive, at = _alive(crate), timezone.now()
    require(crate.studio in crates.studios_of(crate.account), OnlyTheOwner)
    with crates.whole(crate) as place:
        if crate.state == "looking":
            with sources.opened(place, bounds=sources.Bounds()) as source:
                looked = looking.look(source, crate.studio, by=crate.account, at=at, alive=alive)
            crates.show(crate, _said(looked))
            return
        arriving.arrive(
            place,
            crate.studio,
            by=crate.account,
            at=at,
            bounds=sources.Bounds(),
            alive=alive,
            also=lambda project: _put_down(crate, project),
        )


def _put_down(crate: Crate, project: Project) -> None:
    if not crates.put_down(crate, project):
        raise Unwanted


def _said(looked: Looked) -> dict[str, Any]:
    """Return what a page says of an export that holds."""
    head, words = looked.head, looked.head.said.get("words")
    title = words.get("title") if isinstance(words, dict) else ""
    return {
        "title": shorten(clean_line(title), 200) if isinstance(title, str) else "",
        "entries": head.checkpoint.size,
        "files": looked.weight.files + looked.beside.files,
        "bytes": looked.weight.bytes + looked.beside.bytes,
        "voices": len(looked.voices),
        "vkey": head.verifier.vkey(),
        "address": furnishing.arrived(head).address[:300],
        "is_raised": looked.found.raised_at is not None,
    }


def _alive(crate: Crate) -> Callable[[float], None]:
    said_at = time.monotonic()

    def say(done: float) -> None:
        nonlocal said_at
        if time.monotonic() - said_at >= SAID_EVERY:
            if not crates.keep_alive(crate, done, at=timezone.now()):
                raise Unwanted
            said_at = time.monotonic()

    return say
