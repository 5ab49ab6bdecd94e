"""What voices say under entries: read by anybody, said by whose token it is, in its own studio."""

from collections.abc import Sequence
from typing import Any, cast

from django.http import HttpRequest
from django.utils import timezone
from ninja import File, Form, Status, UploadedFile

from coulisses.api import paging, standing
from coulisses.api.paging import ByNumber
from coulisses.api.rooms import Room
from coulisses.api.schemas_desk import Number
from coulisses.api.schemas_voices import AmendIn, SayIn, ShowIn, SpotIn, WordOut, WordsOut
from coulisses.api.standing import ANYBODY, Standing
from coulisses.lib.refusals import require
from coulisses.log import ledger
from coulisses.log.models import Entry
from coulisses.people import rows as people
from coulisses.projects import closed, heard
from coulisses.voices import rules
from coulisses.voices.files import Upload, Uploads
from coulisses.voices.kinds import VoiceSaid
from coulisses.voices.models import Word
from coulisses.voices.refusals import WordNotFound

PROJECT = "/projects/{studio}/{project}"
UNDER = f"{PROJECT}/entries/{{int:position}}"
ONE = f"{PROJECT}/voices/{{int:word}}"

router = Room("voices")


@router.get(f"{UNDER}/voices", response=WordsOut, auth=ANYBODY)
def threads(
    request: HttpRequest, studio: str, project: str, position: Number, cursor: ByNumber
) -> Any:
    """Read the words that begin threads under an entry; their answers are asked for by each."""
    stand = standing.reader(request, studio, project)
    stand.entry(position)
    firsts = Word.objects.filter(project=stand.project, cue=position, is_first=True)
    return _page(request, stand, firsts, cursor)


@router.get(f"{ONE}/answers", response=WordsOut, auth=ANYBODY)
def answers(request: HttpRequest, studio: str, project: str, word: Number, cursor: ByNumber) -> Any:
    """Read the answers of the thread that a word belongs to."""
    stand = standing.reader(request, studio, project)
    found = rules.find(stand.project, word, stand.sight)
    said = Word.objects.filter(project=stand.project, thread=found.thread, is_first=False)
    return _page(request, stand, said, cursor)


@router.get(ONE, response=WordOut, auth=ANYBODY)
def one(request: HttpRequest, studio: str, project: str, word: Number) -> Any:
    """Read something that was said, with the words it had before it was said anew."""
    stand = standing.reader(request, studio, project)
    return _one(stand, rules.find(stand.project, word, stand.sight))


@router.post(f"{UNDER}/voices", response={201: WordOut})
def say(request: HttpRequest, studio: str, project: str, position: Number, said: SayIn) -> Any:
    """Say something under an entry of the token's own studio, in the name of its account."""
    stand, account = standing.teammate(request, studio, project)
    spot = _spot(said.at)
    word = _said(stand, position, account.voice_id, words=said.words, to=said.to, spot=spot)
    return Status(201, word)


@router.post(f"{UNDER}/attempts", response={201: WordOut})
def show(
    request: HttpRequest,
    studio: str,
    project: str,
    position: Number,
    file: File[UploadedFile],
    said: Form[ShowIn],
) -> Any:
    """Show a file beside the work (one's own drawing, remix, patch; a picture, a sound note).

    The house keeps what can be looked at of it, not the file. It is decoded while one waits.
    """
    stand, account = standing.teammate(request, studio, project)
    spoken: dict[str, Any] = {"words": said.words, "to": said.to, "spot": {}}
    word = _said(stand, position, account.voice_id, given=_upload(said, file), **spoken)
    return Status(201, word)


@router.patch(ONE, response=WordOut)
def amend(request: HttpRequest, studio: str, project: str, word: Number, said: AmendIn) -> Any:
    """Put what the token's account said into other words."""
    stand, account = standing.teammate(request, studio, project)
    found = rules.find(stand.project, word, stand.sight)
    who: dict[str, Any] = {"by": account.voice_id, "role": stand.sight.role}
    rules.amend(stand.project, found, words=said.words, at=timezone.now(), **who)
    return _one(stand, found)


@router.delete(ONE, response={204: None})
def take_back(request: HttpRequest, studio: str, project: str, word: Number) -> Any:
    """Take back for good what the token's account said; an owner takes out what anybody did."""
    stand, account = standing.teammate(request, studio, project)
    found = rules.find(stand.project, word, stand.sight)
    by, is_owner = account.voice_id, stand.sight.is_owner
    rules.take_back(stand.project, found, by=by, at=timezone.now(), is_owner=is_owner)
    return Status(204, None)


def _said(
    stand: Standing,
    position: int,
    by: str,
    *,
    words: str,
    to: int,
    spot: dict[str, str],
    given: Uploads = rules.NOTHING,
) -> dict[str, Any]:
    entry = stand.entry(position)
    rules.require_open(stand.project, stand.sight, entry)
    fact = rules.draft(entry, words=words, to=to, at=spot, has_files=bool(given))
    at, role = timezone.now(), stand.sight.role
    told = rules.say(stand.project, entry, fact, by=by, at=at, role=role, given=given)
    return _one(stand, Word.objects.get(project=stand.project, position=told.position))


def _upload(said: ShowIn, file: UploadedFile) -> Uploads:
    upload = cast(Upload, file)
    if said.what == "picture":
        return Uploads([upload], [said.alt])
    return Uploads(sound=upload) if said.what == "sound" else Uploads(attempt=upload)


def _spot(said: SpotIn | None) -> dict[str, str]:
    """Return a place as a form names it."""
    known = said.model_dump(exclude_none=True) if said else {}
    return {name: str(value) for name, value in known.items()}


def _page(request: HttpRequest, stand: Standing, rows: Any, cursor: ByNumber) -> dict[str, Any]:
    project, is_open = stand.project, stand.project.is_raised and not stand.project.withdrawn_at
    is_open = is_open and not closed.hides(project, stand.sight.audiences)
    found = list(rows.filter(position__gt=cursor.after).order_by("position")[: cursor.limit + 1])
    words, following = paging.page(request, found if is_open else [], cursor.limit)
    shown = {one.position: one for one in words if one.audience in stand.sight.audiences}
    told = _told(stand, list(shown))
    names = people.names({one.by for one in told.values()})
    hidden = heard.hidden(project, list(shown))
    positions = list(shown)
    anew = ledger.sequels(
        project.room, positions, audiences=stand.sight.audiences, at=timezone.now()
    )
    voices = [
        _spelled(stand, word, told[position], names, hidden.get(position), anew.get(position, ()))
        for position, word in shown.items()
        if position in told
    ]
    return {"voices": voices, "next": following}


def _one(stand: Standing, word: Word) -> dict[str, Any]:
    word = Word.objects.get(pk=word.pk)
    told = _told(stand, [word.position]).get(word.position)
    require(told, WordNotFound)
    assert told
    at, eyes = timezone.now(), stand.sight.audiences
    anew = ledger.sequels(stand.project.room, [word.position], audiences=eyes, at=at)
    said = [one for one in anew.get(word.position, ()) if one.kind == "voice.amended"]
    hidden = heard.hidden(stand.project, [word.position]).get(word.position)
    names = people.names({told.by})
    spelled = _spelled(stand, word, told, names, hidden, said)
    is_seen = spelled["state"] == "said" or (hidden is not None and stand.sight.is_team)
    before = [getattr(one.fact, "words", "") for one in [told, *said] if not one.is_shredded]
    return spelled | {"earlier": before[:-1] if is_seen else []}


def _told(stand: Standing, positions: list[int]) -> dict[int, Entry]:
    eyes, at = stand.sight.audiences, timezone.now()
    found = heard.read(stand.project, audiences=eyes, at=at, positions=positions)
    return {one.position: one for one in found}


def _spelled(
    stand: Standing,
    word: Word,
    told: Entry,
    names: dict[str, str],
    hidden: str | None,
    sequels: Sequence[Entry],
) -> dict[str, Any]:
    fact, is_gone = told.fact, word.is_gone or told.is_shredded
    is_known = hidden is None or stand.sight.is_team  # a name can be an insult, too
    is_seen = not is_gone and is_known
    anew = [one for one in sequels if one.kind == "voice.amended" and not one.is_shredded]
    words = getattr((anew or [told])[-1].fact, "words", "")
    files = fact.files() if is_seen and isinstance(fact, VoiceSaid) else [{}, {}]
    said = [_shown(stand, word, number, one) if one else None for number, one in enumerate(files)]
    return {
        "position": word.position,
        "cue": word.cue,
        "thread": word.thread,
        "to": 0 if word.is_first else word.thread,
        "words": words if is_seen else "",
        "by": names.get(told.by, "") if is_known else "",
        "is_maker": word.is_maker,
        "state": "gone" if is_gone else "said" if hidden is None else "hidden",
        "reason": hidden or "",
        "is_anew": bool(anew) and is_seen,
        "at": dict(getattr(fact, "at", {})) if is_seen else {},
        "pictures": said[:-2],
        "attempt": said[-2],
        "sound": said[-1],
        "told_at": word.at,
        "url": stand.url(f"said/{word.thread}/#say-{word.position}"),
    }


def _shown(stand: Standing, word: Word, number: int, one: dict[str, Any]) -> dict[str, Any]:
    """Return one of a word's files by its number, and where what is shown of it stands."""
    is_note = "reader" not in one and "width" not in one
    is_heard = is_note or one.get("reader") == "sound"
    variant = "large" if one.get("width", 0) else "sound" if is_heard else "text"
    return {
        "name": one.get("name", ""),
        "alt": one.get("alt", ""),
        "width": one.get("width", 0),
        "height": one.get("height", 0),
        "url": stand.url(f"said/{word.position}/file/{number}/{variant}"),
    }
