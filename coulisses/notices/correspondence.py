"""What letters of notices say: written when they leave, so that nothing taken out is in them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from django.conf import settings
from django.utils import timezone, translation

from coulisses.notices import people, showing, tokens
from coulisses.notices.models import Choice, Mail, Notice
from coulisses.notices.people import Reader
from coulisses.notices.showing import Shown
from coulisses.people import letters, postal
from coulisses.people.letters import Written

NAME = "notices"
LINES = 20  # notices in one letter; the rest is a link away


@dataclass(frozen=True)
class Line:
    """A notice in a letter: what it says, where it leads, and what mutes its thread."""

    shown: Shown
    link: str
    mute: str


def address(box: str, voice: str, letter: str) -> None:
    """Have a letter leave to somebody."""
    letters.address(NAME, [(box, f"{voice}:{letter}")])


def write(keys: Sequence[str]) -> Mapping[str, Written]:
    """Return what the letters of some keys say; of one in which nothing is left, nothing."""
    said: dict[str, Written] = {}
    for key in keys:
        voice, _colon, letter = key.partition(":")
        written = _letter(voice, letter)
        if written:
            said[key] = written
    return said


def _letter(voice: str, letter: str) -> Written | None:
    reader = people.reader_of(voice)
    box = postal.boxes([reader.voice]).get(reader.voice, "") if reader else ""
    if reader is None or not box or not letter:
        return None
    choice = Choice.objects.filter(voice=reader.voice).first() or Choice()
    rows = Notice.objects.filter(letter=letter, voice=reader.voice, read_at=None)
    told = list(rows.select_related("project__studio").order_by("project", "made_at", "pk")[:200])
    if choice.mail == Mail.NONE or not told:
        return None
    language = choice.language or _spoken(told)
    with translation.override(language):
        unmuted = showing.unmuted(reader, told)
        shown = showing.shown(reader, unmuted, at=timezone.now())
    return _written(reader, box, shown, language) if shown else None


def _spoken(told: Sequence[Notice]) -> str:
    """Return the language of whoever never chose one: that of the work they took part in."""
    known = dict(settings.LANGUAGES)
    return next((one.project.language for one in told if one.project.language in known), "en")


def _written(reader: Reader, box: str, shown: list[Shown], language: str) -> Written:
    base, host = settings.PUBLIC_URL, settings.PUBLIC_URL.partition("://")[2].partition(":")[0]
    end = base + tokens.path(reader.voice, box)
    lines = [
        Line(one, base + one.path, one.notice.thread and base + tokens.mute_path(one.notice, box))
        for one in shown[:LINES]
    ]
    works = groupby(lines, lambda line: line.shown.project)
    said = {
        "house": base,
        "works": [(project, list(some)) for project, some in works],
        "first": shown[0],
        "count": len(shown),
        "more": len(shown) - len(lines),
        "link": f"{base}/notices/",
        "choice": f"{base}/notices/choice/",
        "end": end,
    }
    made = letters.composed("notices", said, language=language, html="notices.html")
    headers = {
        "List-Id": f"<notices.{host}>",
        "List-Unsubscribe": f"<{end}end>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        "Precedence": "bulk",
    }
    return Written(made.subject, made.text, made.html, headers, handle=reader.voice)
