"""What this room holds of somebody: what they said, with its files, and what goes with them."""

from collections.abc import Iterator
from pathlib import Path

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from coulisses.log import ledger
from coulisses.log.models import Entry
from coulisses.media import store
from coulisses.media.models import Preview
from coulisses.people import becoming, holding, leaving
from coulisses.people.holding import Row
from coulisses.people.models import Account, Departure, Voice
from coulisses.people.packing import safe_name
from coulisses.projects import heard, unsaying
from coulisses.projects.models import Project
from coulisses.voices.models import Word
from coulisses.voices.rules import TAKEN_BACK

A_READ = 200  # entries read at once
A_TURN = 25  # words that go in one transaction
SHOWN = ("large", "sound", "text")
ENDINGS = {"image/webp": ".webp", "audio/mpeg": ".mp3", "text/plain": ".txt"}
OURS = ("voice.said", "voice.amended")

holding.keeps(
    "c-said",
    _("What you say under an entry: words, pictures, sounds, attempts, when, and under which name"),
    why=_("because you say it to those who make it; the order is signed"),
    how_long=_("until you take it back; its place in the order stays"),
)


def files(account: Account) -> Iterator[tuple[str, Path]]:
    """Yield each picture, sound and attempt that somebody gave, and its name."""
    for project, entry in _entries(account):
        for name, preview in _files(project, entry):
            yield name, store.location(preview)


@holding.shelf("said", _("What you said"), files=files)
def said(account: Account) -> Iterator[Row]:
    """Yield all that somebody said under entries, with where it stands and its files."""
    for project, entry in _entries(account):
        cue = getattr(entry.fact, "cue", "")
        yield {
            "project": project.title,
            "address": f"{project.path}{cue}#say-{entry.about or entry.position}",
            "kind": entry.kind,
            "told_at": entry.told_at,
            "audience": entry.audience,
            "said": None if entry.is_shredded else entry.fact.spelled(),
            "files": [name for name, _preview in _files(project, entry)],
        }


@holding.at_erasure
def forget_name(voice: Voice, name: str, logs: list[str]) -> None:
    """Have the pages of the projects in whose rooms a voice speaks made anew."""
    for project in Project.objects.filter(room__in=logs):
        heard.stir(project)


@leaving.first
def unsay_some(account: Account, asked: Departure) -> bool:
    """Take out some of what an account said that wishes to withdraw all; say whether more waits.

    What was said around works that are withdrawn goes with them, whoever said it.
    """
    if not asked.withdraws:
        return False
    own, by = becoming.voices_of(account.voice_id), account.voice_id
    theirs = Word.objects.filter(is_gone=False, voice__in=own)
    some = list(theirs.select_related("project__room").order_by("pk")[:A_TURN])
    with transaction.atomic():
        for word in some:
            now = timezone.now()
            unsaying.unsay(word.project, word.position, reason=TAKEN_BACK, by=by, at=now)
    return bool(some)


def _entries(account: Account) -> Iterator[tuple[Project, Entry]]:
    spoke = becoming.voices_of(account.voice_id)
    for voice, log in [(one, log) for one in spoke for log in ledger.logs_of(one)]:
        project = Project.objects.select_related("studio", "room").filter(room=log).first()
        after = 0
        while project:
            found = ledger.by_voice(log, voice, after=after, limit=A_READ)
            yield from ((project, entry) for entry in found if entry.kind in OURS)
            if len(found) < A_READ:
                break
            after = found[-1].position


def _files(project: Project, entry: Entry) -> list[tuple[str, Preview]]:
    shown = entry.fact.shows()
    if not shown:
        return []
    rows = Preview.objects.filter(
        version__log=project.room_id, version__name__in=list(shown), variant__in=SHOWN
    )
    place = f"said/{safe_name(f'{project.studio.slug}-{project.slug}')}/{entry.position}"
    found = rows.select_related("version").order_by("version__name", "variant")
    return [
        (f"{place}-{number}-{one.variant}{ENDINGS.get(one.mime, '')}", one)
        for number, one in enumerate(found, start=1)
    ]
