"""What these tests tell: moments and captures of every form, with pictures where asked."""

from datetime import datetime
from io import BytesIO
from typing import Any

from PIL import Image

from coulisses.capture import rules
from coulisses.capture.forms import Author, Capture
from coulisses.lib import ids
from coulisses.log import ledger
from coulisses.log.models import Entry
from coulisses.media import store
from coulisses.media.changes import Change
from coulisses.moments.kinds import MomentTold
from coulisses.projects.models import Project
from coulisses.projects.telling import tell
from coulisses.testing import given
from coulisses_readers import sound as reader_of_sounds

SECRET = "the keel is cracked"


def say(
    project: Project,
    title: str,
    *,
    kind: str = "note",
    body: str = "",
    audience: str = ledger.PUBLIC,
    at: datetime = given.NOON,
    teaser: str = "",
) -> Entry:
    """Tell a moment."""
    fact = MomentTold(kind=kind, title=title, body=body, teaser=teaser)
    by = given.ana().voice_id
    return tell(project, fact, by=by, audience=audience, happened_at=at, told_at=at)


def save(
    project: Project, *changes: dict[str, Any], at: datetime = given.NOON, **told: Any
) -> Entry:
    """Tell a capture of Ana's, as her agent would."""
    capture = Capture(
        once=f"git:{ids.new()}",
        happened_at=at,
        author=Author(key="a" * 16, is_owner=True),
        source="git",
        revision="a" * 40,
        changes=[Change(**one) for one in changes],
        **told,
    )
    (entry,) = rules.take(project, [capture], by_owner=given.ana().voice_id, at=at)
    assert isinstance(entry, Entry)
    return entry


def picture(
    project: Project, name: str, before: str | None = None, facts: dict[str, Any] | None = None
) -> dict[str, Any]:
    """Return a change of `canvas.png`, its previews kept."""
    file = BytesIO()
    Image.new("RGB", (30, 20), "#c0156f").save(file, "WEBP")
    shown = store.Shown(file.getvalue(), 30, 20)
    previews = {"small": shown, "large": shown}
    store.keep(project.work, name, reader="picture", facts=facts or {}, previews=previews)
    return change("canvas.png", "picture", name, before)


def figures(
    project: Project,
    name: str,
    before: str | None = None,
    path: str = "club.csv",
    text: str = "Month\tSubscribers\n",
    **values: float,
) -> dict[str, Any]:
    """Return a change of a table, what it says kept."""
    series = [{"name": key, "value": value, "unit": ""} for key, value in values.items()]
    previews = {"text": store.Shown(text.encode())}
    store.keep(project.work, name, reader="figures", facts={"series": series}, previews=previews)
    return change(path, "figures", name, before)


def club(project: Project, *counts: float, **how: Any) -> list[Entry]:
    """Tell as many states of a table as there are counts; return their entries."""
    entries: list[Entry] = []
    before = None
    for number, count in enumerate(counts):
        name = f"git:{how.get('path', 'club')}{number}"
        change = figures(project, name, before, Subscribers=count, Income=7, **how)
        at = given.minutes(number)
        entries.append(save(project, change, title="Club", at=at))
        before = name
    return entries


def sound(
    project: Project,
    name: str,
    data: bytes,
    before: str | None = None,
    path: str = "refrain.wav",
) -> dict[str, Any]:
    """Return a change of a sound, what its reader finds in it kept."""
    look = reader_of_sounds.look(data, path)
    shown = {variant: store.Shown(one.bytes) for variant, one in look.previews.items()}
    store.keep(project.work, name, reader="sound", facts=dict(look.facts), previews=shown)
    return change(path, "sound", name, before)


def prose(name: str = "git:prose", path: str = "chapter.md") -> dict[str, Any]:
    """Return a change of a text, word by word."""
    words = [["=", "The quay was "], ["-", "dull"], ["+", "<b>empty</b>"], ["…", ""]]
    return {**change(path, "prose", name), "words": words, "added": 1, "removed": 1}


def code(lines: int = 1, path: str = "tide/solver.py") -> dict[str, Any]:
    """Return a change of some code."""
    hunks = [{"header": "def step():", "old": 1, "new": 1, "lines": [["+", "h = <half>"]]}]
    return {**change(path, "code", "git:code"), "hunks": hunks, "added": lines, "removed": 0}


def change(path: str, reader: str, name: str, before: str | None = None) -> dict[str, Any]:
    """Return a change of a file."""
    return {
        "path": path,
        "was": None,
        "what": "changed" if before else "added",
        "reader": reader,
        "before": {"version": before, "bytes": 90} if before else None,
        "after": {"version": name, "bytes": 100},
    }


def everything(slug: str) -> Project:
    """Return a project that has told something of every kind."""
    project = given.project(slug, title="The boat")
    save(project, picture(project, "git:v1"), title="First sketch", at=given.minutes(1))
    second = picture(project, "git:v2", before="git:v1")
    save(project, second, title="Second sketch", at=given.minutes(2))
    for kind in ("progress", "doubt", "failure", "breakthrough", "question", "milestone"):
        say(project, f"A {kind}", kind=kind, body="*words*", at=given.minutes(3))
    save(project, prose(), title="Words", at=given.minutes(200))
    held = [{"path": ".env", "reason": "secret"}]
    save(project, code(), held=held, more=3, title="Lines", at=given.minutes(201))
    save(project, title="Merge branch", is_merge=True, at=given.minutes(202))
    circle = given.tier(project, given.cleo())
    say(project, SECRET, audience=circle.pk, teaser="Of the keel", at=given.minutes(203))
    say(project, "The last plank", at=given.minutes(204))
    return project
