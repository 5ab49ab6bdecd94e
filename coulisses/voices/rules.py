"""What may happen to what voices say: verbs."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from itertools import zip_longest
from typing import Any

from django.db import transaction

from coulisses.lib import text
from coulisses.lib.refusals import Refusal, require
from coulisses.log import ledger
from coulisses.log.models import Entry
from coulisses.people import becoming
from coulisses.projects import closed, gates, heard, invites, sight, unsaying
from coulisses.projects.gates import Waits
from coulisses.projects.models import Project
from coulisses.projects.refusals import RoomNotOpen
from coulisses.projects.sight import Sight
from coulisses.voices import files, spots
from coulisses.voices.files import Uploads
from coulisses.voices.kinds import VoiceAmended, VoiceSaid
from coulisses.voices.models import Word
from coulisses.voices.refusals import (
    NothingSaid,
    NotYourWords,
    OnlyWorkIsSpokenOf,
    SaidAnewEnough,
    SaidTooLong,
    TakenBackAlready,
    ThreadUnknown,
    WatchersListen,
    WordNotFound,
)

LONGEST = 5_000  # characters of what is said in one go
LONGEST_ALT = 500
NOTHING = Uploads()
MOST_ANEW = 30  # times that words are changed: pages read all of them with the first
TAKEN_BACK = "taken_back"  # the reason of what its author took back
TAKEN_OUT = "taken_out"  # … and of what an owner of the studio took out


def require_open(project: Project, seen: Sight, entry: Entry) -> None:
    """Raise WatchersListen, RoomNotOpen, RoomClosed or OnlyWorkIsSpokenOf where nothing is said."""
    require(not seen.is_viewer, WatchersListen)
    require(project.is_raised and not project.withdrawn_at, RoomNotOpen)
    closed.require_open(project, seen.audiences)
    require(may_be_spoken_of(entry), OnlyWorkIsSpokenOf)
    invites.require_words(entry)


def may_be_spoken_of(entry: Entry) -> bool:
    """Whether something may be said under an entry: it shows work, and speaks of no other."""
    return not entry.is_shredded and entry.about is None and bool(entry.topic)


def draft(
    entry: Entry,
    *,
    words: str = "",
    to: int = 0,
    at: Mapping[str, str] | None = None,
    has_files: bool = False,
) -> VoiceSaid:
    """Return what somebody would say under an entry of the work, without its files.

    `to` is any word of the thread that it answers in, `at` a place as a form names it.
    Raises SaidTooLong, NothingSaid, ThreadUnknown, PlaceUnknown.
    """
    words = text.unstacked(text.clean(words)).strip()
    require(len(words) <= LONGEST, SaidTooLong, most=LONGEST)
    require(text.is_seen(words) or has_files, NothingSaid)
    place = spots.read(at or {}, entry.fact)
    return VoiceSaid(cue=entry.position, words=words, to=_thread(entry, to) if to else 0, at=place)


def say(
    project: Project,
    entry: Entry,
    fact: VoiceSaid,
    *,
    by: str,
    at: datetime,
    role: str = "",
    given: Uploads = NOTHING,
) -> Entry:
    """Say what `draft` made under an entry of the work; `role` is the voice's in the studio.

    Raises what `files` and gates raise (`Waits`: it is kept, with its files), StudioFull.
    """
    if not role:
        gates.would_let_through(project, fact, by=by, at=at)
        files.require_few(project, by, given)
    kept = files.keep(project, files.looked_at(given))
    whole = replace(fact, **_shown(given, kept), is_maker=bool(role))
    try:
        if not role:
            gates.pass_through(project, whole, by=by, at=at)
        return heard.note(project, whole, by=by, at=at, audience=entry.audience)
    except Waits:
        raise
    except Refusal:
        files.forget(project, kept)
        raise


def _shown(given: Uploads, kept: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """Return kept files as `voice.said` has them."""
    left, words = (
        iter(kept),
        [text.shorten(text.clean_line(one), LONGEST_ALT) for one in given.alts],
    )
    pairs = zip_longest(given.pictures, words[: len(given.pictures)], fillvalue="")
    return {
        "pictures": [files.picture(next(left), alt) for _picture, alt in pairs],
        "attempt": next(left) if given.attempt else {},
        "sound": files.sound(next(left)) if given.sound else {},
    }


def amend(
    project: Project, word: Word, *, words: str, by: str, at: datetime, role: str = ""
) -> Entry:
    """Put what was said into other words; the old ones stay one click away.

    `role` is what the voice is in the studio now, whatever it was as it said them.

    Raises NotYourWords, TakenBackAlready, SaidAnewEnough, SaidTooLong, NothingSaid, what gates
    raise.
    """
    entry = _own(project, word, by)
    anew = Entry.objects.filter(log=project.room_id, about=word.position)
    require(
        anew.filter(kind=VoiceAmended.kind_name).count() < MOST_ANEW, SaidAnewEnough, most=MOST_ANEW
    )
    words = text.unstacked(text.clean(words)).strip()
    require(len(words) <= LONGEST, SaidTooLong, most=LONGEST)
    require(text.is_seen(words) or entry.fact.shows(), NothingSaid)
    fact = VoiceAmended(about=word.position, cue=word.cue, words=words)
    if not role:
        gates.pass_through(project, fact, by=by, at=at)
    return heard.note(project, fact, by=by, at=at, audience=word.audience)


@transaction.atomic
def take_back(project: Project, word: Word, *, by: str, at: datetime, is_owner: bool) -> None:
    """Take out for good what was said: its author does, or an owner of the studio.

    Raises NotYourWords, TakenBackAlready.
    """
    is_own = becoming.is_theirs(word.voice, by)
    require(is_own or is_owner, NotYourWords)
    require(not word.is_gone, TakenBackAlready)
    reason = TAKEN_BACK if is_own else TAKEN_OUT
    unsaying.unsay(project, word.position, reason=reason, by=by, at=at)


def find(project: Project, position: int, seen: Sight) -> Word:
    """Return what stands at a place in the room, for whoever may read it. Raises WordNotFound."""
    word = Word.objects.filter(project=project, position=position).first()
    is_open = project.is_raised and not project.withdrawn_at
    is_open = is_open and not closed.hides(project, seen.audiences)
    require(word and is_open and word.audience in seen.audiences, WordNotFound)
    assert word
    return word


def asked(user: Any, studio: str, slug: str, position: int) -> tuple[Project, Sight, Word]:
    """Return a project, what a request's user sees of it, and what was said at a place there.

    Raises ProjectNotFound, ProjectMoved, WordNotFound.
    """
    project, seen = sight.asked(user, studio, slug)
    return project, seen, find(project, position, seen)


def _thread(entry: Entry, to: int) -> int:
    """Return the thread that an answer belongs to: an answer to an answer is one to its first."""
    known = Word.objects.filter(project__work=entry.log_id, cue=entry.position, position=to)
    thread = known.values_list("thread", flat=True).first()
    require(thread, ThreadUnknown)
    assert thread
    return thread


def _own(project: Project, word: Word, by: str) -> Entry:
    require(becoming.is_theirs(word.voice, by), NotYourWords)
    require(not word.is_gone, TakenBackAlready)
    return ledger.find(project.room, word.position)
