"""What one voice told in all the projects where it speaks, with the files that it showed there."""

from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from django.utils.translation import gettext_lazy as _

from coulisses.log import ledger
from coulisses.log.models import Entry
from coulisses.media import store
from coulisses.media.models import Preview
from coulisses.people import holding
from coulisses.people.holding import Row
from coulisses.people.models import Account
from coulisses.people.packing import safe_name
from coulisses.projects.models import Project

A_READ = 200  # entries read at once
SHOWN = ("large", "sound", store.ORIGINAL)
ENDINGS = {"image/webp": ".webp", "audio/mpeg": ".mp3"}


def files(account: Account) -> Iterator[tuple[str, Path]]:
    """Yield each picture, sound and kept original of what somebody told, and its name."""
    for project, entry in entries(account):
        for name, preview in _files(project, entry):
            yield name, store.location(preview)


@holding.shelf("told", _("What you told"), files=files)
def told(account: Account) -> Iterator[Row]:
    """Yield every entry that somebody told: its words, its cue number, its files."""
    for project, entry in entries(account):
        yield {
            "project": project.title,
            "position": entry.position,
            "address": f"{project.path}{entry.position}",
            "kind": entry.kind,
            "happened_at": entry.happened_at,
            "told_at": entry.told_at,
            "audience": entry.audience,
            "said": None if entry.is_shredded else entry.fact.spelled(),
            "files": [name for name, _preview in _files(project, entry)],
        }


def entries(account: Account) -> Iterator[tuple[Project, Entry]]:
    """Yield all that an account's voice told, project by project, a few hundred rows at a time."""
    for log in ledger.logs_of(account.voice_id):
        project = Project.objects.select_related("studio", "work").filter(work=log).first()
        after = 0
        while project:
            found = ledger.by_voice(log, account.voice_id, after=after, limit=A_READ)
            for entry in found:
                yield project, entry
            if len(found) < A_READ:
                break
            after = found[-1].position


def _files(project: Project, entry: Entry) -> list[tuple[str, Preview]]:
    shown = entry.fact.shows()
    if not shown:
        return []
    rows = Preview.objects.filter(
        version__log=project.work_id, version__name__in=list(shown), variant__in=SHOWN
    )
    paths = _paths(entry)
    place = f"files/{safe_name(f'{project.studio.slug}-{project.slug}')}/{entry.position}"
    found = rows.select_related("version").order_by("version__name", "variant")
    return [
        (f"{place}-{number}-{_name(one, paths.get(one.version.name, ''))}", one)
        for number, one in enumerate(found, start=1)
    ]


def _name(preview: Preview, path: str) -> str:
    file = PurePosixPath(path).name
    if preview.variant == store.ORIGINAL:
        return safe_name(f"original-{file}")
    return safe_name(PurePosixPath(file).stem or preview.variant) + ENDINGS.get(preview.mime, "")


def _paths(entry: Entry) -> dict[str, str]:
    """Return what the files were called whose versions an entry brought, where it says so."""
    changes = getattr(entry.fact, "changes", [])
    after = ((one.get("after") or {}, one.get("path", "")) for one in changes)
    return {state["version"]: path for state, path in after if "version" in state}
