"""Files that come in by themselves: from a phone, a browser, a program. Read here, not kept.

What a reader sees of a file is kept, as an agent's previews are; the file itself is dropped.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from coulisses.capture import forms, rules
from coulisses.capture.models import Piece, PieceVersion, Waiting
from coulisses.capture.refusals import LinkNotAccepted
from coulisses.lib import ids, text
from coulisses.lib.refusals import Refusal, require
from coulisses.log.models import Entry
from coulisses.media import changes, reading, store
from coulisses.media.looking import eye
from coulisses.media.models import Version
from coulisses.media.reading import UploadTooLarge
from coulisses.projects.models import Project
from coulisses_readers import registry
from coulisses_readers.look import Look, Preview, Unreadable

LARGEST = 30 * 1024 * 1024  # bytes; the house's own limit for a request stands before it
LONGEST_LINK = 2_000


@dataclass(frozen=True)
class Upload:
    """A file on its way in; `words` are said with it, `link` leads to where it is worked on."""

    name: str
    data: bytes
    words: str = ""
    link: str = ""


def take(
    project: Project,
    upload: Upload,
    *,
    by: str,
    at: datetime,
    happened_at: datetime | None = None,
    once: str | None = None,
    is_proposed: bool = False,
    **how: Any,
) -> Entry | Waiting:
    """Tell one state of one file: the next of its life where the project knows its name.

    The same bytes under the same name are told once. `how` may say `audience`, `policy`, `delay`;
    with `is_proposed`, a contributor's, it waits for a maker.
    Raises UploadHeld, UploadTooLarge, LinkNotAccepted, AudienceUnknown.
    """
    name = reading.name_of(upload.name)
    require(len(upload.data) <= LARGEST, UploadTooLarge, name=name, mib=LARGEST >> 20)
    words, link = text.clean_line(upload.words), _link(upload.link)
    look = reading.look(upload.data, name)
    reading.require_no_secret(name, look, [words])
    former = _former(project, name)
    compared = _compared(project, former, look, name)
    version = f"upload:{ids.new()}"
    facts = {**look.facts, **registry.of_version(compared)}
    store.keep(project.work, version, reader=look.reader, facts=facts, previews=reading.shown(look))
    change = changes.Change.model_validate(
        {
            "path": name,
            "what": "changed" if former else "added",
            "reader": look.reader,
            "before": _state(former) if former else None,
            "after": {"version": version, "bytes": len(upload.data)},
            "reason": look.reason,
            **registry.of_change(compared),
        }
    )
    digest = hashlib.sha256(b"\0".join([name.encode(), upload.data])).hexdigest()
    capture = forms.Capture(
        once=once or f"upload:{digest}",
        happened_at=happened_at or at,
        author=forms.Author(key=digest[:32], is_owner=True),
        source="link" if link else "upload",
        revision=digest[:32],
        title=words,
        link=link,
        changes=[change],
        **how,
    )
    try:
        (told,) = rules.take(project, [capture], by_owner=by, at=at, is_proposed=is_proposed)
    except Refusal:
        store.forget(project.work, [version])
        raise
    if not (told.is_new if isinstance(told, Entry) else told.unseen.filter(version=version)):
        store.forget(project.work, [version])  # told before, by another name of the same state
    return told


def _link(said: str) -> str:
    link = text.clean_line(said)
    if not link:
        return ""
    try:
        parts = urlsplit(link)
        is_address = parts.scheme in ("http", "https") and bool(parts.hostname)
        is_address = is_address and "@" not in parts.netloc
    except ValueError:
        is_address = False
    require(is_address and len(link) <= LONGEST_LINK and " " not in link, LinkNotAccepted)
    return link


def _former(project: Project, path: str) -> Version | None:
    """Return what stands at this path now, if anything does."""
    piece = Piece.objects.filter(project=project, path=path, is_current=True).first()
    if piece is None:
        return None
    latest = PieceVersion.objects.filter(piece=piece).order_by("-position", "-index").first()
    if latest is None or not latest.version:
        return None
    return Version.objects.filter(log=project.work, name=latest.version).first()


def _state(version: Version) -> Mapping[str, Any]:
    size = version.facts.get("bytes")
    is_size = type(size) is int and 0 <= size <= changes.MOST_BYTES
    return {"version": version.name, "bytes": size if is_size else 0}


def _compared(project: Project, former: Version | None, look: Look, name: str) -> dict[str, Any]:
    before = _look_of(former) if former and former.reader == look.reader else None
    try:
        return eye().compare(before, replace(look, previews=_small(look.previews)), name)
    except Unreadable:
        return {}


def _look_of(version: Version) -> Look:
    """Return what was shown of a version, as far as comparing needs it."""
    kept = {one.variant: one for one in version.previews.filter(variant__in=["small", "text"])}
    read = {variant: store.kept(one).read() for variant, one in kept.items()}
    words = read.pop("text", None)
    return Look(
        version.reader,
        version.facts,
        {
            variant: Preview(data, kept[variant].mime, kept[variant].width, kept[variant].height)
            for variant, data in read.items()
        },
        None if words is None else words.decode("utf-8", "replace"),
    )


def _small(previews: Mapping[str, Preview]) -> Mapping[str, Preview]:
    return {variant: shown for variant, shown in previews.items() if variant == "small"}
