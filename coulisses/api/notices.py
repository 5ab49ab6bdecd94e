"""What concerns a token's account, and how it hears of it: the pages' own rules."""

from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from ninja import Status

from coulisses.api import paging, standing
from coulisses.api.rooms import Room
from coulisses.api.schemas_notices import ChoiceIn, ChoiceOut, MutedListOut, NoticesOut
from coulisses.notices import people, queries, rules
from coulisses.notices.models import Choice
from coulisses.notices.people import Reader
from coulisses.projects.models import Token
from coulisses.ui import addresses

router = Room("notices", auth=standing.WORKS)


@router.get("/notices", response=NoticesOut, auth=standing.READS)
def listed(request: HttpRequest, after: paging.Place = "", limit: paging.Limit = 50) -> Any:
    """Read what one was told of, the newest first: what can be read no more is left out."""
    page = queries.page(_reader(request), after=after, limit=limit, at=timezone.now())
    base = addresses.base(request)
    found = [
        {
            "number": one.notice.pk,
            "sentence": one.sentence,
            "words": one.words,
            "at": one.notice.made_at,
            "is_read": one.notice.read_at is not None,
            "thread": one.notice.thread,
            "url": f"{base}{one.path}",
        }
        for one in page.shown
    ]
    return {"notices": found, "next": paging.note(request, page.older)}


@router.put("/notices/{int:number}/read", response={204: None})
def read(request: HttpRequest, number: int) -> Any:
    """Say that one has read a notice; again is as once."""
    rules.read(_reader(request).voice, number, at=timezone.now())
    return Status(204, None)


@router.put("/notices/read", response={204: None})
def read_all(request: HttpRequest) -> Any:
    """Say that one has read all of them."""
    rules.read_all(_reader(request).voice, at=timezone.now())
    return Status(204, None)


@router.get("/notices/choice", response=ChoiceOut, auth=standing.READS)
def choice(request: HttpRequest) -> Any:
    """Read how one is told: by letters, outside quiet hours, on the clocks of a zone."""
    return _choice(queries.choice(_reader(request).voice))


@router.put("/notices/choice", response=ChoiceOut)
def choose(request: HttpRequest, said: ChoiceIn) -> Any:
    """Choose how one is told; what is on its way goes by it, too."""
    voice = _reader(request).voice
    return _choice(rules.choose(voice, **said.model_dump(), at=timezone.now()))


@router.get("/notices/muted", response=MutedListOut, auth=standing.READS)
def muted(request: HttpRequest) -> Any:
    """Read which threads one has muted, the latest first; two hundred at most."""
    base = addresses.base(request)
    rows = queries.muted(_reader(request).voice)[: queries.MOST_MUTED]
    found = [
        {
            "number": one.pk,
            "studio": one.project.studio.slug,
            "project": one.project.slug,
            "thread": one.thread,
            "at": one.at,
            "url": f"{base}{one.project.path}{one.place}",
        }
        for one in rows
    ]
    return {"muted": found}


@router.put("/notices/{int:number}/mute", response={204: None})
def mute(request: HttpRequest, number: int) -> Any:
    """Be told no more of the thread that a notice is of."""
    rules.mute_of(_reader(request).voice, number, at=timezone.now())
    return Status(204, None)


@router.delete("/notices/muted/{int:number}", response={204: None})
def unmute(request: HttpRequest, number: int) -> Any:
    """Be told of a muted thread again."""
    rules.unmute(_reader(request).voice, number)
    return Status(204, None)


def _reader(request: HttpRequest) -> Reader:
    token: Token = request.auth  # type: ignore[attr-defined]
    return people.Reader(token.account.voice_id, token.account_id)


def _choice(known: Choice) -> dict[str, Any]:
    names = ("mail", "quiet_from", "quiet_until", "zone", "language")
    return {name: getattr(known, name) for name in names}
