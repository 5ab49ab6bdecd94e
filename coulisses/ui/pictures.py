"""What an entry shows of files: its changes and pictures, with the previews that exist."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from coulisses.log.kinds import Fact
from coulisses.log.models import Log
from coulisses.media.models import Preview, Version
from coulisses.ui import figures, lanes, repainted
from coulisses.ui.lanes import Sound

MOST_PAGES = 100_000  # of a document
A_SIGHT = 1_000  # lines that a picture or a sound counts for
SENSES = {"picture", "sound"}

Sizes = dict[str, tuple[int, int]]
"""A version's previews: variant to width and height in pixels."""


@dataclass(frozen=True)
class Kept:
    """What is known of a version: its previews' sizes, and why there are none.

    `changed` is the share of a picture's surface that is new, in thousandths; `where` is the box
    that holds it, None where nobody knows or where it is nearly all. `series` are a table's.
    `pages` counts a document's pages, and `changed_pages` are the numbers of those that are new.
    `sound` is what is known of a sound.
    """

    sizes: Sizes
    reason: str = ""
    is_shredded: bool = False
    changed: int = 0
    where: repainted.Box | None = None
    series: tuple[figures.Series, ...] = ()
    pages: int = 0
    changed_pages: tuple[int, ...] = ()
    sound: Sound | None = None

    @property
    def state(self) -> tuple[Any, ...]:
        """What a rendered card depends on."""
        seen = (
            *(self.reason, self.is_shredded, self.changed, self.where or (), self.series),
            *(self.pages, self.changed_pages, self.sound),
        )
        return (*sorted(self.sizes.items()), *seen)


@dataclass(frozen=True)
class Picture:
    """A picture that an entry shows: its addresses, the small one's size, words for it."""

    small: str
    large: str
    width: int
    height: int
    large_width: int
    large_height: int
    alt: str = ""


def kept(log: Log, names: Iterable[str]) -> dict[str, Kept]:
    """Return what is known of these versions, in two queries however many they are."""
    wanted = set(names)
    if not wanted:
        return {}
    versions = Version.objects.filter(log=log, name__in=wanted)
    sizes: dict[int, Sizes] = {}
    for preview in Preview.objects.filter(version__in=versions).order_by("variant"):
        sizes.setdefault(preview.version_id, {})[preview.variant] = (preview.width, preview.height)
    return {one.name: _kept(one, sizes.get(one.pk, {})) for one in versions}


def _kept(one: Version, sizes: Sizes) -> Kept:
    changed, pages = one.facts.get("changed"), one.facts.get("pages")
    is_share = type(changed) is int and 0 < changed <= 1000
    turned, reason = one.facts.get("changed_pages"), one.facts.get("reason")
    return Kept(
        sizes=sizes,
        reason=reason if isinstance(reason, str) else "",
        is_shredded=one.is_shredded,
        changed=changed if is_share else 0,
        where=repainted.where(one.facts),
        series=figures.series(one.facts),
        pages=pages if _is_page(pages) else 0,
        changed_pages=tuple(number for number in _listed(turned) if _is_page(number)),
        sound=lanes.known(one.reader, one.facts),
    )


def _is_page(number: Any) -> bool:
    return type(number) is int and 0 < number <= MOST_PAGES


def _listed(fact: Any) -> list[Any]:
    return fact if isinstance(fact, list) else []


def names(fact: Fact) -> set[str]:
    """Return every version name that a fact mentions, before and after."""
    sides = [change.get(side) for change in changes_of(fact) for side in ("before", "after")]
    return {side["version"] for side in sides if side} | fact.shows()


def changes_of(fact: Fact) -> list[dict[str, Any]]:
    """Return a fact's changes; an empty list for kinds that have none."""
    return getattr(fact, "changes", [])


def weight(fact: Fact) -> int:
    """Return what a fact's changes weigh, in lines; what is seen or heard outweighs any code."""
    changes = changes_of(fact)
    lines = sum((one.get("added") or 0) + (one.get("removed") or 0) for one in changes)
    seen = any(one["reader"] in SENSES and one.get("after") for one in changes)
    return lines + (A_SIGHT if seen else 0)


def pictures_of(fact: Fact) -> list[dict[str, Any]]:
    """Return the pictures put beside words; an empty list for kinds that have none."""
    return getattr(fact, "pictures", [])


def version_at(fact: Fact, index: int, side: str) -> str | None:
    """Return the version that the address /412/picture/<index>/<side>/… stands for, if any."""
    sound = getattr(fact, "sound", None)
    shown: list[dict[str, Any]] = [
        *({"after": picture} for picture in pictures_of(fact)),
        *changes_of(fact),
        *([{"after": sound}] if sound else []),
    ]
    found = shown[index].get(side) if index < len(shown) else None
    return found["version"] if found else None


def picture(
    address: str, index: int, side: str, version: Kept | None, alt: str = ""
) -> Picture | None:
    """Return a picture when its previews are there."""
    if version is None or version.is_shredded or "small" not in version.sizes:
        return None
    base = f"{address}/picture/{index}/{side}/"
    large = version.sizes.get("large", version.sizes["small"])
    variant = "large" if "large" in version.sizes else "small"
    return Picture(f"{base}small", f"{base}{variant}", *version.sizes["small"], *large, alt)


def changes(fact: Fact, address: str, known: Mapping[str, Kept]) -> list[dict[str, Any]]:
    """Return a fact's changes, each with `index` and what is known of its files.

    `pictures` are those "before" and "after"; `repainted` is the share that changed between them,
    in thousandths, 0 where nobody knows; `place` says where, and `frame` lies over the picture.
    `figures` are those of a table that moved; `lanes` are its sounds, None where it has none.
    """
    numbered = enumerate(changes_of(fact), start=len(pictures_of(fact)))
    return [_row(change, index, address, known) for index, change in numbered]


def _row(
    change: dict[str, Any], index: int, address: str, known: Mapping[str, Kept]
) -> dict[str, Any]:
    sides = {
        side: known.get(change[side]["version"]) for side in ("before", "after") if change.get(side)
    }
    shown = {side: picture(address, index, side, one) for side, one in sides.items()}
    heard = {side: _heard(address, index, side, one) for side, one in sides.items()}
    now = sides.get("after")
    return {
        **change,
        "index": index,
        "pictures": {side: one for side, one in shown.items() if one},
        **_repainted(now if "before" in sides else None, shown.get("after")),
        "figures": _figures(change, sides) if change["reader"] == "figures" else [],
        "lanes": lanes.beside({side: one for side, one in heard.items() if one}),
        "text": bool(now and "text" in now.sizes),
        "reason": change.get("reason") or (now.reason if now else ""),
        "is_taken_out": bool(now and now.is_shredded),
    }


def _repainted(version: Kept | None, shown: Picture | None) -> dict[str, Any]:
    """Return how much of a picture changed, where in words, and the frame over what is shown."""
    where = version.where if version and version.changed else None
    size = (shown.large_width, shown.large_height) if shown else None
    return {
        "repainted": version.changed if version else 0,
        "place": repainted.place(where) if where else "",
        "frame": repainted.frame(where, *size) if where and size else None,
    }


def _figures(change: Mapping[str, Any], sides: Mapping[str, Kept | None]) -> list[figures.Figure]:
    was, now = sides.get("before", Kept({})), sides.get("after")
    if now is None or now.is_shredded:
        return []
    return figures.changed(change, was.series if was and not was.reason else None, now.series)


def _heard(address: str, index: int, side: str, version: Kept | None) -> tuple[str, Sound] | None:
    """Return a sound's address and what is known of it, when its preview is there."""
    if version is None or version.is_shredded or version.sound is None:
        return None
    has_preview = "sound" in version.sizes
    return (f"{address}/picture/{index}/{side}/sound", version.sound) if has_preview else None


def told(fact: Fact, address: str, known: Mapping[str, Kept]) -> list[Picture]:
    """Return the pictures that a maker put beside words."""
    listed = enumerate(pictures_of(fact))
    found = (
        picture(address, index, "after", known.get(one["version"]), one.get("alt", ""))
        for index, one in listed
    )
    return [one for one in found if one]


def first_small(fact: Fact, address: str, known: Mapping[str, Kept]) -> str:
    """Return the small address of the first picture that an entry shows; "" where none is."""
    shown = [change["pictures"].get("after") for change in changes(fact, address, known)]
    shown += told(fact, address, known)
    return next((picture.small for picture in shown if picture), "")


def heard(fact: Fact, address: str, known: Mapping[str, Kept]) -> lanes.Lanes | None:
    """Return the sound that a maker put beside words, None where it has none."""
    sound = getattr(fact, "sound", None)
    if not sound:
        return None
    index = len(pictures_of(fact)) + len(changes_of(fact))
    found = _heard(address, index, "after", known.get(sound["version"]))
    return lanes.beside({"after": found} if found else {})
