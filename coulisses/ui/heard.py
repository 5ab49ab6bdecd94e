"""What voices say in a project's room, as HTML: each kind's template in `entries/`, as for cards.

A template finds `entry`, `fact`, `project`, `voice` (the name; empty: somebody), `is_team`,
`is_mine`, `said` (what was said about it, by kind), `hidden` (the reason; None where it is shown),
`sees_hidden` (the team and the author do), `may_hide` (makers, others' words), `may_know` (makers,
words of guests of whom nobody has said that they are a person), `may_hold` (owners, words of
whoever is not of the team), `may_shun` (whoever has a voice,
others' words whose author they see), `is_shunned`, `mark` (by whom, for scripts) and `address`;
`became` are the entries of the work, by position, that this one became, and how, as far as these
readers see them. A room may add what else one of its kinds shows (`adds`).
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.template.loader import render_to_string, select_template
from django.utils import timezone, translation
from django.utils.crypto import salted_hmac
from django.utils.safestring import SafeString, mark_safe

from coulisses.log import ledger
from coulisses.log.ledger import Curtained
from coulisses.log.models import Entry
from coulisses.people import becoming, shunning
from coulisses.people import rows as voices
from coulisses.people.models import Guest, Voice
from coulisses.projects import heard, pseudonyms, trail
from coulisses.projects.models import Project
from coulisses.ui.entries import latest
from coulisses.ui.objects import CURTAINED, instant

Known = Entry | Curtained
IN_THE_ROOM = {"entry.shredded": "heard.taken"}  # kinds that a work log draws as cards of its own

Add = Callable[[Project, Sequence[Entry]], Mapping[int, Mapping[str, Any]]]

_adds: dict[str, Add] = {}


def adds(kind: str) -> Callable[[Add], Add]:
    """Have `add(project, entries)` say what else templates of a kind find, by position.

    It is given all entries of that kind at once: a constant number of queries, whoever reads.
    """

    def enrol(add: Add) -> Add:
        _adds[kind] = add
        return add

    return enrol


def pieces(
    project: Project,
    entries: Sequence[Entry],
    *,
    language: str,
    audiences: frozenset[str],
    at: datetime,
    voice: str = "",
    is_team: bool = False,
    is_maker: bool = False,
    is_owner: bool = False,
) -> list[SafeString]:
    """Return each entry's HTML, in the same order, in a constant number of queries.

    `voice` is the reader's, whose own words are marked as theirs; `is_team` says that they see
    what is hidden. To others its author is nobody: a name can be an insult, too, and what a room is
    kept by says nothing of whom.
    """
    positions = [one.position for one in entries]
    said = ledger.sequels(project.room, positions, audiences=audiences, at=at)
    names: dict[str, Any] = dict(voices.names({one.by for one in entries}))
    masked = pseudonyms.of(project, {one.by for one in entries} - names.keys())
    names |= {one: known.name for one, known in masked.items()}
    hidden = heard.hidden(project, positions)
    mine = set(becoming.voices_of(voice)) if voice else set()
    mine |= {one for one, known in masked.items() if known.owner in mine}
    shunned = shunning.shunned_by(voice) - mine
    team = team_of(project, {one.by for one in entries})
    became = trail.seen(project, positions, audiences=audiences)
    sees = {one.by: is_team or one.by in mine for one in entries}
    shown = {
        one.position: names.get(one.by, "")
        for one in entries
        if one.position not in hidden or sees[one.by]
    }
    unknown = _unknown({one.by for one in entries}) if is_maker else set()
    more = _more(project, entries)
    return [
        piece(
            project,
            one,
            language=language,
            said=latest(said.get(one.position, ())),
            became=_shows_in(one, became.get(one.position, {})),
            voice=shown.get(one.position, ""),
            is_team=one.by in team,
            is_mine=one.by in mine,
            hidden=hidden.get(one.position),
            sees_hidden=sees[one.by],
            may_hide=is_maker and one.by not in team,
            may_know=one.by in unknown,
            may_hold=is_owner and one.by not in team,
            may_shun=bool(voice) and one.by not in mine and one.position in shown,
            is_shunned=one.by in shunned,
            mark=mark(project, one.by) if shown.get(one.position) else "",
            **more.get(one.position, {}),
        )
        for one in entries
    ]


def _more(project: Project, entries: Sequence[Entry]) -> dict[int, Mapping[str, Any]]:
    """Return what rooms add to entries of their kinds; nothing to what was taken back."""
    found: dict[int, Mapping[str, Any]] = {}
    for kind in sorted({one.kind for one in entries} & _adds.keys()):
        found |= _adds[kind](
            project, [one for one in entries if one.kind == kind and not one.is_shredded]
        )
    return found


def _shows_in(entry: Entry, became: dict[int, str]) -> dict[int, str]:
    """Return what an entry became; a lead that is kept became nothing while its doubt is open."""
    cue = getattr(entry.fact, "cue", 0)
    return {at: how for at, how in became.items() if (at, how) != (cue, "kept")}


def piece(project: Project, entry: Entry, *, language: str, **context: Any) -> SafeString:
    """Return the HTML of one entry of a room."""
    kind = entry.fact.kind_name
    named = "heard.shredded" if entry.is_shredded else IN_THE_ROOM.get(kind, kind)
    with translation.override(language):
        template = select_template([f"entries/{named}.html", "entries/heard.plain.html"])
        address = f"{project.path}{heard.place(entry)}"
        said = {"entry": entry, "fact": entry.fact, "project": project, "address": address}
        html = template.render({**said, **context}).strip()
        if context.get("is_shunned"):
            html = render_to_string("entries/heard.shunned.html", {"html": mark_safe(html)})  # noqa: S308
        return mark_safe(html.strip())  # noqa: S308


def mark(project: Project, voice: str) -> str:
    """Return by what a script on a page knows a voice again within one project, and nowhere else.

    A stream is the same for all: whoever muted somebody folds their words away by it.
    """
    return salted_hmac("coulisses.ui.heard", f"{project.room_id}:{voice}").hexdigest()[:16]


def render(project: Project, known: Sequence[Known], language: str) -> list[str]:
    """Return what a room's stream hands out: as `pieces`, for the audiences of these entries."""
    told = [one for one in known if isinstance(one, Entry)]
    audiences = ledger.OUTSIDE | {one.audience for one in told}
    drawn = pieces(project, told, language=language, audiences=audiences, at=timezone.now())
    html = dict(zip((one.position for one in told), drawn, strict=True))
    return [html.get(one.position, "") for one in known]


def spelled(project: Project, one: Known, *, base: str) -> dict[str, Any]:
    """Return what a program reads of an entry of a room: place, kind, hour, and what it is about.

    `cue` is the entry of the work that it speaks of, None where of none.
    """
    if isinstance(one, Curtained):
        return {"position": one.position, "kind": CURTAINED, "cue": None, "at": None, "url": ""}
    cue = getattr(one.fact, "cue", None)
    url = f"{base}{project.path}{heard.place(one)}"
    at = instant(one.told_at)
    return {"position": one.position, "kind": one.kind, "cue": cue, "at": at, "url": url}


def _unknown(asked: set[str]) -> set[str]:
    """Return which of these voices are guests of whom it is not known that they are people."""
    guests = Guest.objects.filter(voice__in=asked, verified_at=None)
    return set(guests.values_list("voice", flat=True))


def team_of(project: Project, asked: set[str]) -> set[str]:
    """Return which of these voices belong to the project's team, by what they became, too."""
    known = Voice.objects.filter(pk__in=asked)
    as_itself = known.filter(account__roles__studio=project.studio_id)
    since = known.filter(became__account__roles__studio=project.studio_id)
    return set((as_itself | since).values_list("pk", flat=True)) if asked else set()
