"""Brainstorms held by makers' programs: phases, the clock, the screen, families, what is kept."""

from typing import Any

from django.http import HttpRequest, QueryDict
from django.utils import timezone
from ninja import Status

from coulisses.api import walls
from coulisses.api.brainstorms import ONE, WALL
from coulisses.api.rooms import Room
from coulisses.api.schemas_brainstorms import BrainstormOut, FamilyOut, IdeaOut
from coulisses.api.schemas_brainstorms_held import (
    AcceptIn,
    ConclusionOut,
    DoorsIn,
    ExtensionIn,
    FamilyIn,
    FateIn,
    GatheredIn,
    JoinedIn,
    MergedIn,
    NameHiddenIn,
    PhaseIn,
    ProposalsOut,
    RenamedIn,
    ScreenIn,
    TwinIn,
)
from coulisses.api.schemas_desk import Number
from coulisses.api.schemas_room import ReasonIn, RestIn
from coulisses.api.standing import READS, WORKS
from coulisses.brainstorms import (
    closing,
    driving,
    gathering,
    gestures,
    hands,
    hosting,
    naming,
    settling,
)
from coulisses.brainstorms.models import Brainstorm, Likening, ProposedFamily, Twin
from coulisses.log import ledger
from coulisses.projects import keeping

FAMILIES = f"{WALL}/families"
FAMILY = f"{FAMILIES}/{{int:family}}"
PROPOSED = f"{WALL}/proposals"
MOST = 100  # of what is proposed

router = Room("brainstorms", auth=WORKS)


@router.post(f"{WALL}/phase", response=BrainstormOut)
def begin(request: HttpRequest, studio: str, project: str, said: PhaseIn) -> Any:
    """Begin a phase; what was written in silence is thrown, and a vote that ends is counted."""
    stand, of, account = walls.held(request, studio, project)
    hosting.begin(of, by=account.voice_id, at=timezone.now(), **said.model_dump())
    return walls.spelled(stand)


@router.post(f"{WALL}/extension", response=BrainstormOut)
def extend(request: HttpRequest, studio: str, project: str, said: ExtensionIn) -> Any:
    """Give the phase more time; one whose time is up goes on from now."""
    stand, of, account = walls.held(request, studio, project)
    hosting.extend(of, minutes=said.minutes, by=account.voice_id, at=timezone.now())
    return walls.spelled(stand)


@router.post(f"{WALL}/stop", response=BrainstormOut)
def stop(request: HttpRequest, studio: str, project: str) -> Any:
    """Have everything stand still."""
    stand, of, account = walls.held(request, studio, project)
    hosting.stop(of, by=account.voice_id, at=timezone.now())
    return walls.spelled(stand)


@router.post(f"{WALL}/going-on", response=BrainstormOut)
def go_on(request: HttpRequest, studio: str, project: str) -> Any:
    """Have it go on, with what was left of the time."""
    stand, of, account = walls.held(request, studio, project)
    hosting.go_on(of, by=account.voice_id, at=timezone.now())
    return walls.spelled(stand)


@router.put(f"{WALL}/screen", response={204: None})
def screen(request: HttpRequest, studio: str, project: str, said: ScreenIn) -> Any:
    """Choose what the big screen shows, until the next phase begins."""
    _stand, of, _account = walls.held(request, studio, project)
    driving.show(of, said.show, idea=said.idea)
    return Status(204, None)


@router.patch(f"{WALL}/doors", response=BrainstormOut)
def doors(request: HttpRequest, studio: str, project: str, said: DoorsIn) -> Any:
    """Take no more ideas, or take them again; look at them first or not; lend the table to all."""
    stand, of, _account = walls.held(request, studio, project)
    if said.is_closed is not None:
        driving.close(of, is_closed=said.is_closed)
    if said.looks_first is not None:
        driving.look_first(of, looks=said.looks_first)
    if said.who_gathers:
        gathering.lend(of, said.who_gathers)
    return walls.spelled(stand)


@router.put(f"{ONE}/hiding", response={204: None})
def hide(request: HttpRequest, studio: str, project: str, position: Number, said: ReasonIn) -> Any:
    """Take an idea down: its author and the team still read it, and all read why."""
    _stand, of, account = walls.held(request, studio, project)
    told: dict[str, Any] = {"by": account.voice_id, "at": timezone.now()}
    keeping.hands().hide(of.project, position, reason=said.reason, **told)
    return Status(204, None)


@router.delete(f"{ONE}/hiding", response={204: None})
def restore(request: HttpRequest, studio: str, project: str, position: Number) -> Any:
    """Have an idea stand again that was taken down."""
    _stand, of, account = walls.held(request, studio, project)
    told: dict[str, Any] = {"by": account.voice_id, "at": timezone.now()}
    keeping.hands().restore(of.project, position, **told)
    return Status(204, None)


@router.post(f"{ONE}/rest", response={204: None})
def hush(request: HttpRequest, studio: str, project: str, position: Number, said: RestIn) -> Any:
    """Ask whoever threw an idea to rest: they read why, and nobody else learns who it is."""
    _stand, of, account = walls.held(request, studio, project)
    told: dict[str, Any] = {"by": account.voice_id, "at": timezone.now()}
    voice = ledger.find(of.project.room, position).by
    keeping.hands().hush(of.project, voice, hours=said.hours, reason=said.reason, **told)
    return Status(204, None)


@router.put(f"{ONE}/fate", response=IdeaOut)
def settle(request: HttpRequest, studio: str, project: str, position: Number, said: FateIn) -> Any:
    """Say what becomes of an idea: whether it is kept, why, and who takes it on."""
    stand, of, account = walls.held(request, studio, project)
    by, at = account.voice_id, timezone.now()
    settling.settle(of, position, by=by, at=at, **said.model_dump())
    return walls.one(stand, of, position, by)


@router.delete(f"{ONE}/fate", response={204: None})
def unsettle(request: HttpRequest, studio: str, project: str, position: Number) -> Any:
    """Take back what was said of an idea."""
    _stand, of, account = walls.held(request, studio, project)
    settling.undo(of, position, by=account.voice_id, at=timezone.now())
    return Status(204, None)


@router.post(f"{WALL}/closing", response={201: ConclusionOut})
def close(request: HttpRequest, studio: str, project: str) -> Any:
    """End a brainstorm, and tell in its work log, and in that of its work, what it came to."""
    stand, of, account = walls.held(request, studio, project)
    told = closing.close(of, by=account.voice_id, at=timezone.now())
    kept = [one["idea"] for one in getattr(told.fact, "kept", [])]
    place = told.position
    return Status(201, {"position": place, "kept": kept, "url": stand.url(place)})


@router.post(FAMILIES, response={201: FamilyOut})
def begin_family(request: HttpRequest, studio: str, project: str, said: FamilyIn) -> Any:
    """Begin a family, with ideas in it or none yet."""
    _stand, of, account = walls.held(request, studio, project)
    by, at = account.voice_id, timezone.now()
    position = gestures.begin(of, said.name, said.ideas, by=by, at=at)
    return Status(201, walls.family(of, position))


@router.patch(FAMILY, response=FamilyOut)
def rename(request: HttpRequest, studio: str, project: str, family: Number, said: RenamedIn) -> Any:
    """Give a family another name."""
    _stand, of, account = walls.held(request, studio, project)
    gestures.rename(of, family, said.name, by=account.voice_id, at=timezone.now())
    return walls.family(of, family)


@router.put(f"{FAMILY}/name/hiding", response=FamilyOut)
def hide_name(
    request: HttpRequest, studio: str, project: str, family: Number, said: NameHiddenIn
) -> Any:
    """Hide what others than the team called a family, with a reason; it is called otherwise."""
    _stand, of, account = walls.held(request, studio, project)
    told: dict[str, Any] = {"by": account.voice_id, "at": timezone.now()}
    naming.hide(of, family, name=said.name, reason=said.reason, **told)
    return walls.family(of, family)


@router.post(f"{FAMILY}/joining", response={204: None})
def join(request: HttpRequest, studio: str, project: str, family: Number, said: JoinedIn) -> Any:
    """Put all ideas of a family into another, or into none, and let it go."""
    _stand, of, account = walls.held(request, studio, project)
    gestures.join(of, family, said.into, by=account.voice_id, at=timezone.now())
    return Status(204, None)


@router.post(f"{WALL}/gathering", response={204: None})
def gather(request: HttpRequest, studio: str, project: str, said: GatheredIn) -> Any:
    """Put ideas into a family, or out of any: so one is split, too."""
    _stand, of, account = walls.held(request, studio, project)
    gestures.move(of, said.ideas, said.family, by=account.voice_id, at=timezone.now())
    return Status(204, None)


@router.post(f"{WALL}/merging", response={204: None})
def merge(request: HttpRequest, studio: str, project: str, said: MergedIn) -> Any:
    """Have an idea stand for others that say the same; all authors stay. Before the vote."""
    _stand, of, account = walls.held(request, studio, project)
    gestures.merge(of, said.ideas, said.into, by=account.voice_id, at=timezone.now())
    return Status(204, None)


@router.post(f"{WALL}/undoing", response={204: None})
def undo(request: HttpRequest, studio: str, project: str) -> Any:
    """Undo what the token's account did last with ideas and families."""
    _stand, of, account = walls.held(request, studio, project)
    gestures.undo(of, by=account.voice_id, at=timezone.now())
    return Status(204, None)


@router.get(PROPOSED, response=ProposalsOut, auth=READS)
def proposals(request: HttpRequest, studio: str, project: str) -> Any:
    """Read which families and which pairs are proposed, and how far the look for them is."""
    _stand, of, _account = walls.held(request, studio, project)
    return _proposed(of)


@router.post(PROPOSED, response={202: ProposalsOut})
def propose(request: HttpRequest, studio: str, project: str) -> Any:
    """Have the house look for families and pairs, on its own machine."""
    _stand, of = _at_table(request, studio, project, "propose")
    return Status(202, _proposed(of))


@router.post(f"{PROPOSED}/families/{{int:number}}", response={204: None})
def accept(request: HttpRequest, studio: str, project: str, number: Number, said: AcceptIn) -> Any:
    """Begin a family that is proposed, under its name or another."""
    _at_table(request, studio, project, "accept", proposal=number, name=said.name)
    return Status(204, None)


@router.delete(f"{PROPOSED}/families/{{int:number}}", response={204: None})
def dismiss(request: HttpRequest, studio: str, project: str, number: Number) -> Any:
    """Let a proposed family be."""
    _at_table(request, studio, project, "dismiss", proposal=number)
    return Status(204, None)


@router.post(f"{PROPOSED}/twins/{{int:number}}", response={204: None})
def as_one(request: HttpRequest, studio: str, project: str, number: Number, said: TwinIn) -> Any:
    """Have one of two that say the same stand for both."""
    _at_table(request, studio, project, "as-one", twin=number, into=said.into)
    return Status(204, None)


@router.delete(f"{PROPOSED}/twins/{{int:number}}", response={204: None})
def as_two(request: HttpRequest, studio: str, project: str, number: Number) -> Any:
    """Say that two ideas are two; they are not proposed again."""
    _at_table(request, studio, project, "as-two", twin=number)
    return Status(204, None)


def _at_table(
    request: HttpRequest, studio: str, project: str, act: str, **said: object
) -> tuple[Any, Brainstorm]:
    """Do what a form of the table does."""
    stand, of, account = walls.held(request, studio, project)
    form = QueryDict(mutable=True)
    form.update({"act": act, **{name: str(value) for name, value in said.items()}})
    hands.act(hands.Hand(of, account.voice_id, timezone.now(), is_maker=True), form)
    return stand, of


def _proposed(of: Brainstorm) -> dict[str, Any]:
    look = Likening.objects.filter(project=of.project).first()
    families = ProposedFamily.objects.filter(project=of.project).order_by("pk")
    twins = Twin.objects.filter(project=of.project, is_dismissed=False)
    return {
        "state": look.state if look else "none",
        "done": look.done if look else 0,
        "total": look.total if look else 0,
        "families": [
            {"number": one.pk, "name": one.name, "ideas": one.ideas} for one in families[:MOST]
        ],
        "twins": [
            {"number": one.pk, "ideas": [one.position, one.other], "likeness": one.likeness}
            for one in twins.order_by("-likeness", "pk")[:MOST]
        ],
    }
