"""Moments told, pins and titles put on them."""

from typing import Annotated, Any

from django.http import HttpRequest
from django.utils import timezone
from ninja import Header, Status

from coulisses.api import keys, standing
from coulisses.api.refusals import BodyMalformed
from coulisses.api.rooms import Room
from coulisses.api.schemas import (
    MomentIn,
    PictureIn,
    PinIn,
    Proposed,
    SittingIn,
    SoundIn,
    Told,
)
from coulisses.api.standing import Standing
from coulisses.lib.refusals import require
from coulisses.log.models import Entry
from coulisses.moments import proposing, rules, sending
from coulisses.moments.models import Draft
from coulisses.moments.pictures import Picture
from coulisses.moments.refusals import OnlyMakersTellThePast
from coulisses.moments.sounds import Sound
from coulisses.pins import rules as pins
from coulisses.sittings import rules as sittings

WORDS = ("kind", "title", "body", "audience", "teaser", "asks", "learnt")

router = Room("moments")


@router.post("/projects/{studio}/{project}/moments", response={201: Told, 202: Proposed})
def tell(
    request: HttpRequest,
    studio: str,
    project: str,
    said: MomentIn,
    idempotency_key: Annotated[str | None, Header(alias="Idempotency-Key")] = None,
) -> Any:
    """Tell a moment. Sent again with the same Idempotency-Key, it is told once, answered alike.

    What a contributor tells is a proposal (202) until a maker of the team has looked at it.
    """
    stand, account = standing.teammate(request, studio, project)
    now, once = timezone.now(), keys.once(idempotency_key)
    words = {
        **said.model_dump(include={*WORDS}),
        "pictures": [_picture(one) for one in said.pictures],
        "sound": _sound(said.sound),
    }
    if said.attachments:
        for name in ("past", "pictures", "sound"):
            if getattr(said, name):
                raise BodyMalformed(where=name, why="goes with no attachments")
        who: dict[str, Any] = {"happened_at": said.happened_at, "once": once, "at": now}
        return _became(stand, sending.send(stand.project, account, words, said.attachments, **who))
    if not stand.sight.is_maker:
        require(not said.past, OnlyMakersTellThePast)
        became = proposing.propose(
            stand.project, account, words, happened_at=said.happened_at, once=once, at=now
        )
        return _became(stand, became)
    told = rules.tell(
        stand.project,
        **words,
        past=said.past,
        by=account.voice_id,
        happened_at=said.happened_at or now,
        told_at=now,
        once=once,
    )
    return _became(stand, told)


@router.post("/projects/{studio}/{project}/pins", response=Told)
def pin(request: HttpRequest, studio: str, project: str, said: PinIn) -> Any:
    """Pin an entry: it belongs to the short reading of the project."""
    stand, account = standing.maker(request, studio, project)
    pins.pin(stand.project, said.position, by=account.voice_id, at=timezone.now())
    return {"position": said.position, "url": stand.url(said.position)}


@router.post("/projects/{studio}/{project}/sittings", response=Told)
def title(request: HttpRequest, studio: str, project: str, said: SittingIn) -> Any:
    """Put a sentence over the sitting that begins at a position; an empty one takes it off."""
    stand, account = standing.maker(request, studio, project)
    sittings.title(stand.project, said.first, said.title, by=account.voice_id, at=timezone.now())
    return {"position": said.first, "url": stand.url(f"sittings/{said.first}")}


def _picture(said: str | PictureIn) -> Picture:
    return Picture(said) if isinstance(said, str) else Picture(said.version, said.alt)


def _sound(said: str | SoundIn | None) -> Sound | None:
    if said is None:
        return None
    return Sound(said) if isinstance(said, str) else Sound(said.version, said.words)


def _became(stand: Standing, became: Entry | Draft) -> Any:
    if isinstance(became, Entry):
        return Status(201, {"position": became.position, "url": stand.url(became.position)})
    url = f"{stand.base}{became.desk}preview/"
    return Status(202, {"proposal": became.pk, "url": url})
