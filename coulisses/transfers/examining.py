"""Looks at all of an export before anything of it is written: believes nothing that it says."""

import json
import re
import sys
from base64 import b64decode
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any

from coulisses.lib import canonical, leaf, notes
from coulisses.lib.notes import Checkpoint, Verifier
from coulisses.lib.refusals import require
from coulisses.lib.tree import Frontier, leaf_hash
from coulisses.log.kinds import Bygone, Fact
from coulisses.log.ledger import LONGEST, PUBLIC
from coulisses.projects.telling import AHEAD
from coulisses.transfers import facts, form, sources
from coulisses.transfers.refusals import (
    EntryUnread,
    FolderDamaged,
    FormTooNew,
    NotAsSigned,
    OnlyPublic,
    SignedByAnother,
)
from coulisses.transfers.sources import Source

ORIGIN = "coulisses/"
ID = re.compile(r"[a-z0-9]{26}")
REMAINS = {"kind": 64, "topic": 16, "by": 26, "audience": 26}  # the longest of each
MOST_NOTE = 64 * 1024
MOST_TIERS = 1_000
SHREDDED = "entry.shredded"


@dataclass(frozen=True)
class Line:
    """One entry of an export: its columns, and its sealed bytes unless it was shredded."""

    position: int
    leaf: bytes
    kind: str
    topic: str
    about: int | None
    by: str
    audience: str
    happened_at: datetime
    told_at: datetime
    past: bool
    once: str | None
    fact: Fact
    salt: bytes = b""
    content: bytes = b""

    @property
    def is_shredded(self) -> bool:
        """Whether its words are gone."""
        return not self.content


@dataclass(frozen=True)
class Head:
    """What an export is: what it says of itself, and which key signed how much of which log."""

    said: dict[str, Any]
    people: dict[str, Any]
    verifier: Verifier
    checkpoint: Checkpoint
    note: str
    tiers: dict[str, str]

    @property
    def log_id(self) -> str:
        """The log's id, as the signed checkpoint says it."""
        return self.checkpoint.origin.removeprefix(ORIGIN)


@dataclass
class Found:
    """What was met on the way through a log; `audiences` are those of its entries, in order."""

    voices: set[str] = field(default_factory=set)
    audiences: list[str] = field(default_factory=list)
    signed: dict[str, dict[str, str]] = field(default_factory=dict)
    first: Line | None = None
    raised_at: datetime | None = None


def head(source: Source, *, vkey: str = "") -> Head:
    """Read what an export is, and check who signed it.

    With `vkey` only that key will do. Raises FolderDamaged, FormTooNew, OnlyPublic, NotAsSigned,
    SignedByAnother.
    """
    said = sources.read_json(source, form.PROJECT)
    require(said.get("form") == form.NAME, FolderDamaged, name=form.PROJECT)
    require(said.get("version") == form.VERSION, FormTooNew)
    require(said.get("kind") == form.WHOLE, OnlyPublic)
    verifier, checkpoint, note = _signed(source)
    require(not vkey or vkey == verifier.vkey(), SignedByAnother, vkey=verifier.vkey())
    require(checkpoint.size > 0, NotAsSigned, what=form.CHECKPOINT)
    people = sources.read_json(source, form.PEOPLE)
    return Head(said, people, verifier, checkpoint, note, _tiers(said))


def room(source: Source, head_: Head) -> Head | None:
    """Read which room log goes with a project's, None where an older house packed it without.

    The same key signed both. Raises FolderDamaged, NotAsSigned.
    """
    if not head_.said.get("room"):
        return None
    verifier, checkpoint, note = _signed(source)
    is_theirs = verifier.public_key == head_.verifier.public_key
    is_other = verifier.name != head_.verifier.name
    require(is_theirs and is_other, NotAsSigned, what=f"{form.ROOM}/{form.CHECKPOINT}")
    return replace(head_, verifier=verifier, checkpoint=checkpoint, note=note)


def _signed(source: Source) -> tuple[Verifier, Checkpoint, str]:
    """Return the key of a log, what it signed, and the note. Raises NotAsSigned, FolderDamaged."""
    key = b"".join(sources.pieces(source, form.VKEY, most=MOST_NOTE))
    note = b"".join(sources.pieces(source, form.CHECKPOINT, most=MOST_NOTE))
    try:
        verifier = Verifier.from_vkey(key.decode().removesuffix("\n"))
        checkpoint = Checkpoint.parse(notes.open_note(note, [verifier]))
    except (notes.NoteRefused, UnicodeDecodeError):
        raise NotAsSigned(what=form.CHECKPOINT) from None
    log_id = verifier.name.removeprefix(ORIGIN)
    is_one = checkpoint.origin == verifier.name == f"{ORIGIN}{log_id}" and ID.fullmatch(log_id)
    require(is_one, NotAsSigned, what=form.CHECKPOINT)
    return verifier, checkpoint, note.decode()


def log(
    source: Source,
    head_: Head,
    draw: Callable[[Line], None],
    *,
    at: datetime,
    alive: Callable[[int], None],
) -> Found:
    """Recompute a log to its signed root, and read and draw what each entry says.

    `draw` is handed every line and raises Unreadable for what no page could show.
    `alive` is called with each position. Raises NotAsSigned, EntryUnread, FolderDamaged.
    """
    found, gone, said = Found(), set[int](), set[int]()
    for line in lines(source, head_, at=at):
        alive(line.position)
        found.audiences.append(sys.intern(line.audience))
        found.first = found.first or line
        released_by = getattr(line.fact, "released_by", "") or line.by
        require(not released_by or ID.fullmatch(released_by), EntryUnread, position=line.position)
        found.voices |= {line.by, released_by} - {""}
        found.signed |= facts.signed_files(line.fact)
        if line.kind == "curtain.raised" and found.raised_at is None:
            found.raised_at = line.told_at
        # Who shreds may be shredded too, for its reason: in the end one stands that says so.
        if line.kind == SHREDDED and line.about and line.about < line.position:
            said.add(line.about)
        if line.is_shredded:
            gone.add(line.position)
        try:
            draw(line)
        except facts.Unreadable:
            raise EntryUnread(position=line.position) from None
    require(gone <= said, NotAsSigned, what=f"{min(gone - said, default=0)}")
    return found


def lines(source: Source, head_: Head, *, at: datetime) -> Iterator[Line]:
    """Yield every entry, each checked against its leaf, and at the end the tree's root.

    Raises NotAsSigned, EntryUnread, FolderDamaged.
    """
    frontier, size = Frontier(), head_.checkpoint.size
    for position, shown in enumerate(sources.read_lines(source, form.LOG), start=1):
        require(position <= size, NotAsSigned, what=position)
        line = _line(shown, head_, position, at)
        frontier = frontier.append(line.leaf)
        yield line
    is_whole = frontier.size == size and frontier.root() == head_.checkpoint.root
    require(is_whole, NotAsSigned, what=f"{frontier.size} / {size}")


def _line(shown: dict[str, Any], head_: Head, position: int, at: datetime) -> Line:
    try:
        given = b64decode(shown["leaf"], validate=True)
        once = shown.get("once")
        is_sound = shown["position"] == position and len(given) == 32
        if shown["state"] == "shredded":
            line = _shredded(shown["remains"], position, given)
        else:
            line = _sealed(shown, head_.log_id, position, given, once)
    except facts.Unreadable:
        raise EntryUnread(position=position) from None
    except (ValueError, KeyError, TypeError, RecursionError, OverflowError):
        raise NotAsSigned(what=position) from None
    require(is_sound, NotAsSigned, what=position)
    audiences = {PUBLIC, *head_.tiers}
    is_somebody = not line.by or ID.fullmatch(line.by)
    is_told = line.told_at <= at + AHEAD and is_somebody and line.audience in audiences
    is_keyed = line.once is None or (isinstance(line.once, str) and 0 < len(line.once) <= 128)
    is_timed = line.happened_at - line.told_at <= AHEAD
    require(is_told and is_keyed and is_timed, EntryUnread, position=position)
    return line


def _sealed(
    shown: dict[str, Any], log_id: str, position: int, given: bytes, once: str | None
) -> Line:
    salt, content = (b64decode(shown[name], validate=True) for name in ("salt", "content"))
    committed = leaf.commitment(salt, content)
    if given != leaf_hash(leaf.leaf_data(log_id, position, committed)) or len(content) > LONGEST:
        raise ValueError
    said = json.loads(content)
    if canonical.spell(said) != content:
        raise ValueError
    fact = facts.read(said["kind"], said["body"])
    return Line(
        position=position,
        leaf=given,
        kind=said["kind"],
        topic=_text(fact.filed_under(), 16),
        about=fact.speaks_of(),
        by=_text(said["by"], 26),
        audience=_text(said["audience"], 26),
        happened_at=_time(said["happened_at"]),
        told_at=_time(said["told_at"]),
        past=_flag(said["past"]),
        once=once,
        fact=fact,
        salt=salt,
        content=content,
    )


def _shredded(remains: dict[str, Any], position: int, given: bytes) -> Line:
    texts = {name: _text(remains[name], most) for name, most in REMAINS.items()}
    about = remains["about"]
    if about is not None and (type(about) is not int or not 1 <= about <= facts.GREATEST):
        raise ValueError
    return Line(
        position=position,
        leaf=given,
        kind=texts["kind"],
        topic=texts["topic"],
        by=texts["by"],
        audience=texts["audience"],
        about=about,
        happened_at=_time(remains["happened_at"]),
        told_at=_time(remains["told_at"]),
        past=_flag(remains["past"]),
        once=remains["once"],
        fact=Bygone({}),
    )


def _tiers(said: dict[str, Any]) -> dict[str, str]:
    listed = said.get("tiers")
    try:
        if not isinstance(listed, list) or len(listed) > MOST_TIERS:
            raise ValueError
        tiers = {one["id"]: _text(one["name"], 100) for one in listed}
        if not all(ID.fullmatch(one) and one != PUBLIC for one in tiers):
            raise ValueError
    except (ValueError, KeyError, TypeError):
        raise FolderDamaged(name=form.PROJECT) from None
    return tiers


def _text(said: Any, most: int) -> str:
    if not isinstance(said, str) or len(said) > most or "\x00" in said:
        raise ValueError
    said.encode()  # half a character is a ValueError too
    return said


def _flag(said: Any) -> bool:
    if not isinstance(said, bool):
        raise ValueError
    return said


def _time(said: Any) -> datetime:
    """Read a time as it is signed: in UTC, to the microsecond."""
    at = datetime.fromisoformat(_text(said, 40)).astimezone(UTC)
    if canonical.moment(at) != said:
        raise ValueError
    return at
