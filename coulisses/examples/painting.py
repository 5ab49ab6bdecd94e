"""A made-up painter tells forty states of a still life to a house, with her doubts between them.

`python -m coulisses.examples.painting --to URL --studio S --project P`, with a token of the studio
in COULISSES_TOKEN. Started again, it goes on where it stopped and tells nothing twice.
"""

import argparse
import hashlib
import io
import json
import os
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cached_property
from typing import Any

from PIL import Image, ImageStat

from coulisses.examples import picture, story
from coulisses.examples.house import House, Refused, Unreachable
from coulisses.examples.palettes import PALETTES
from coulisses.examples.steps import Moment, Morning, Note, State
from coulisses_readers import prose, repainted

CANVAS, PALETTE = "toile.png", "palette.md"
SMALL = 640  # pixels wide
HAND = hashlib.sha256(story.PAINTER.encode()).hexdigest()[:16]


@dataclass(frozen=True)
class Version:
    """A state of a file: its name in the log, its size in bytes, and what it looks like."""

    name: str
    size: int
    seen: Image.Image | None = None
    words: str = ""

    @property
    def state(self) -> dict[str, Any]:
        """What a change says of it."""
        return {"version": self.name, "bytes": self.size}

    @cached_property
    def small(self) -> bytes:
        """Its small preview, which the next state is compared with too."""
        assert self.seen
        size = (SMALL, SMALL * self.seen.height // self.seen.width)
        return _webp(self.seen.resize(size, Image.Resampling.LANCZOS), 76)


def painted(seen: Image.Image) -> Version:
    """Save the canvas as the painter's camera does, without sending it."""
    file = io.BytesIO()
    seen.save(file, "PNG", compress_level=1)
    return Version(_name(file.getvalue()), file.tell(), seen=seen)


def written(words: str) -> Version:
    """Save the palette's note."""
    data = words.encode()
    return Version(_name(data), len(data), words=words)


def changed(before: Version | None, after: Version) -> dict[str, Any]:
    """Return how much of the canvas was repainted, in thousandths, and where."""
    return repainted.difference(before.small, after.small) if before else {}


class Telling:
    """Tells the story in order, leaving out what the house has heard."""

    def __init__(
        self, house: House, *, monday: datetime, mornings: Sequence[Morning] = story.MORNINGS
    ) -> None:
        """Ask the house what it was told; `monday` is the day after the last sitting."""
        self._house, self._monday, self._mornings = house, monday, mornings
        self._unknown = house.unknown(_onces(mornings))
        told = list(house.entries())
        self._captures = [one["position"] for one in told if one["kind"] == "capture.taken"]
        self._moments = {
            one["title"]: one["position"] for one in told if one["kind"] == "moment.told"
        }
        self._titled = {one["title"] for one in told if one["kind"] == "sitting.titled"}
        self._pins = sum(one["kind"] == "entry.pinned" for one in told)
        self._canvas: Version | None = None
        self._palette: Version | None = None
        self._names: list[str] = []
        self._notes = 0

    @property
    def is_over(self) -> bool:
        """Whether the house has heard all of it."""
        moments = [step for one in self._mornings for step in one.steps if isinstance(step, Moment)]
        return (
            not self._unknown
            and all(moment.title in self._moments for moment in moments)
            and all(morning.sentence in self._titled for morning in self._mornings)
            and self._pins >= sum(moment.is_pinned for moment in moments)
        )

    def tell(self) -> Iterator[None]:
        """Tell step after step."""
        states, pinned = picture.states(), 0
        for morning in self._mornings:
            for number, step in enumerate(morning.steps):
                at = self._when(morning.days_before, step.hour)
                if isinstance(step, Moment):
                    position = self._tell_moment(step, at)
                    pinned += step.is_pinned
                    if step.is_pinned and pinned > self._pins:
                        self._house.pin(position)
                elif isinstance(step, State):
                    position = self._tell_state(next(states), at)
                else:
                    position = self._tell_note(at)
                if number == 0 and morning.sentence not in self._titled:
                    self._house.title(position, morning.sentence)
                yield

    def _tell_state(self, seen: Image.Image, at: datetime) -> int:
        before, after = self._canvas, painted(seen)
        self._canvas = after
        self._names.append(after.name)
        once = f"example:painting:{len(self._names):02}"
        if once not in self._unknown:
            return self._captured()
        facts = {"reader": "picture", "width": seen.width, "height": seen.height}
        facts |= {"bytes": after.size, "colour": _colour(seen)}
        facts |= changed(before, after)
        shown = {"small": (after.small, "image/webp"), "large": (_webp(seen, 72), "image/webp")}
        self._house.show(after.name, facts, shown)
        change = _change(CANVAS, "picture", before, after)
        return self._house.capture(self._save(once, at, len(self._names), change))

    def _tell_note(self, at: datetime) -> int:
        before, after = self._palette, written(PALETTES[self._notes])
        self._palette, self._notes = after, self._notes + 1
        once = f"example:palette:{self._notes:02}"
        if once not in self._unknown:
            return self._captured()
        look = prose.look(after.words.encode(), PALETTE)
        text = (after.words.encode(), "text/plain; charset=utf-8")
        self._house.show(after.name, {"reader": "prose", **look.facts}, {"text": text})
        change = _change(PALETTE, "prose", before, after)
        runs = prose.word_diff(before.words if before else "", after.words)
        change["words"] = prose.excerpt(runs)
        lines = [before.words.splitlines() if before else [], after.words.splitlines()]
        change["removed"] = sum(line not in lines[1] for line in lines[0])
        change["added"] = sum(line not in lines[0] for line in lines[1])
        return self._house.capture(self._save(once, at, self._notes, change))

    def _tell_moment(self, moment: Moment, at: datetime) -> int:
        if moment.title in self._moments:
            return self._moments[moment.title]
        said = {"kind": moment.kind, "title": moment.title, "body": moment.body, "past": True}
        said["happened_at"] = at.isoformat()
        if moment.shows:
            alt = f"La toile, état {moment.shows} : {moment.title.lower()}"
            said["pictures"] = [{"version": self._names[moment.shows - 1], "alt": alt}]
        key = hashlib.sha256(moment.title.encode()).hexdigest()[:16]
        return self._house.tell(f"painting:{key}", said)

    def _captured(self) -> int:
        """Return where the capture now told again stands; they were told in this order."""
        return int(self._captures[len(self._names) + self._notes - 1])

    def _when(self, days_before: int, hour: str) -> datetime:
        hours, minutes = hour.split(":")
        since = timedelta(hours=int(hours), minutes=int(minutes), seconds=11)
        return self._monday - timedelta(days=days_before) + since

    def _save(self, once: str, at: datetime, number: int, change: dict[str, Any]) -> dict[str, Any]:
        return {
            "once": once,
            "happened_at": at.isoformat(),
            "past": True,
            "author": {"key": HAND, "name": story.PAINTER, "is_owner": True},
            "source": "folder",
            "revision": f"v{number}",
            "changes": [change],
        }


def last_monday(now: datetime) -> datetime:
    """Return the midnight that began the week of a moment."""
    day = now.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    return day - timedelta(days=day.weekday())


def main(argv: Sequence[str] | None = None) -> int:
    """Tell the painting; return 0, 2 without a token, or 1 when the house refused."""
    options = _parser().parse_args(argv)
    token = options.token or os.environ.get("COULISSES_TOKEN", "")
    if not token:
        _say("warning", text="A token of the studio is needed: --token or COULISSES_TOKEN.")
        return 2
    try:
        with House(options.to, token, options.studio, options.project) as house:
            _tell(house, is_said=options.progress == "json")
    except (Refused, Unreachable) as error:
        _say("warning", text=str(error))
        return 1
    return 0


def _tell(house: House, *, is_said: bool) -> None:
    house.open_project(
        title=story.TITLE, line=story.LINE, craft=story.CRAFT, language=story.LANGUAGE
    )
    telling = Telling(house, monday=last_monday(datetime.now(UTC)))
    total = sum(len(morning.steps) for morning in story.MORNINGS)
    began = time.monotonic()
    for done, _ in enumerate([] if telling.is_over else telling.tell(), start=1):
        rate = done / max(0.001, time.monotonic() - began)
        if is_said:
            left = round((total - done) / rate)
            facts = {"done": done, "total": total, "rate": round(rate, 1), "eta": left}
            _say("progress", what="entries", **facts)
    if is_said:
        _say("done", entries=total, previews=total)


def _parser() -> argparse.ArgumentParser:
    made = argparse.ArgumentParser(prog="python -m coulisses.examples.painting")
    made.add_argument("--to", metavar="URL", required=True, help="a house")
    made.add_argument("--token", metavar="T", help="or COULISSES_TOKEN in the environment")
    made.add_argument("--studio", metavar="S", required=True)
    made.add_argument("--project", metavar="P", required=True)
    made.add_argument("--title", help="of no use here: the picture has its own")
    made.add_argument("--progress", choices=("json", "none"), default="none")
    return made


def _onces(mornings: Sequence[Morning]) -> list[str]:
    steps = [step for morning in mornings for step in morning.steps]
    states = sum(isinstance(step, State) for step in steps)
    notes = sum(isinstance(step, Note) for step in steps)
    return [
        *(f"example:painting:{number + 1:02}" for number in range(states)),
        *(f"example:palette:{number + 1:02}" for number in range(notes)),
    ]


def _change(path: str, reader: str, before: Version | None, after: Version) -> dict[str, Any]:
    return {
        "path": path,
        "what": "changed" if before else "added",
        "reader": reader,
        "before": before.state if before else None,
        "after": after.state,
    }


def _name(data: bytes) -> str:
    return f"folder:{hashlib.sha256(data).hexdigest()}"


def _webp(image: Image.Image, quality: int) -> bytes:
    file = io.BytesIO()
    image.save(file, "WEBP", quality=quality, method=3)
    return file.getvalue()


def _colour(image: Image.Image) -> str:
    red, green, blue = (round(mean) for mean in ImageStat.Stat(image.resize((48, 32))).mean)
    return f"#{red:02x}{green:02x}{blue:02x}"


def _say(event: str, **facts: Any) -> None:
    sys.stdout.write(json.dumps({"event": event, **facts}, ensure_ascii=False) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
