"""Makes a film of a file's versions, in a process of its own: `python -m coulisses_readers.reel`.

What to do comes as one line of JSON on standard input:

    {"frames": [{"path", "label", "seconds"}], "width", "height", "ground": "#rrggbb", "to"}

A frame of a text has `runs` in place of a `path`, as `editing` knows them; "fonts" are then the
paths of those that it is set in.
A `label` that is not empty is burnt into its frame. After each frame its number is printed on a
line. The film (H.264 in MP4) stands at `to` when the status is 0, and can be played while it loads.
The process gives itself bounds on time and memory; pictures that cannot be read are passed over.
"""

from __future__ import annotations

import contextlib
import json
import os
import sys
from fractions import Fraction
from typing import Any

from PIL import Image, ImageDraw, ImageFont

from coulisses_readers import limits, typed

FPS = 24
_MAX_SECONDS = 900  # of processor time
_MAX_MEMORY = 3 << 30
_MAX_SIDE = 4096
_MARGIN = 0.035  # of the shorter side
_INK, _SHADE = (255, 252, 244), (20, 18, 16, 190)


def main() -> int:
    """Read what to do, do it, and return a status."""
    asked = sys.stdin.readline()
    if not asked:  # whoever was to ask has died
        return 1
    said = json.loads(asked)
    _limit()
    try:
        return _make(said)
    except BrokenPipeError:
        return 3  # who asked has gone


def _make(said: dict[str, Any]) -> int:
    import av

    width, height = (min(_MAX_SIDE, int(said[side]) // 2 * 2) for side in ("width", "height"))
    shown = 0
    with av.open(said["to"], "w", format="mp4", options={"movflags": "+faststart"}) as film:
        stream = film.add_stream("libx264", rate=FPS)
        stream.width, stream.height, stream.pix_fmt = width, height, "yuv420p"
        stream.options = {"preset": "veryfast", "crf": "20", "threads": "1"}
        stream.time_base = Fraction(1, FPS)
        at = 0
        for number, one in enumerate(said["frames"], start=1):
            picture = _frame(one, width, height, said)
            if picture is not None:
                shown += 1
                frame = av.VideoFrame.from_image(picture)
                for _ in range(max(1, round(one["seconds"] * FPS))):
                    frame.pts, at = at, at + 1
                    film.mux(stream.encode(frame))
            print(number, flush=True)
        film.mux(stream.encode(None))
    return 0 if shown else 4


def _frame(
    one: dict[str, Any], width: int, height: int, said: dict[str, Any]
) -> Image.Image | None:
    """A version as the film shows it, with its number; None if unreadable."""
    if "runs" in one:
        whole: Image.Image | None = typed.page(one["runs"], (width, height), said["fonts"])
    else:
        whole = _fitted(one, width, height, said["ground"])
    if whole and one["label"]:
        _burn(whole, one["label"])
    return whole


def _fitted(one: dict[str, Any], width: int, height: int, ground: str) -> Image.Image | None:
    """A picture in the middle of the film's ground, as large as it fits; None if unreadable."""
    try:
        with Image.open(one["path"], formats=("WEBP",)) as picture:
            seen = picture.convert("RGBA")
    except (OSError, ValueError):
        return None
    scale = min(width / seen.width, height / seen.height)
    size = (max(1, round(seen.width * scale)), max(1, round(seen.height * scale)))
    seen = seen.resize(size, Image.Resampling.LANCZOS)
    whole = Image.new("RGB", (width, height), ground)
    whole.paste(seen, ((width - size[0]) // 2, (height - size[1]) // 2), seen)
    return whole


def _burn(whole: Image.Image, label: str) -> None:
    """Put a number into the lower left corner, on a shade so that it reads on any picture."""
    room = round(min(whole.size) * _MARGIN)
    font = ImageFont.load_default(size=round(min(whole.size) * 0.05))
    draw = ImageDraw.Draw(whole, "RGBA")
    left, top, right, bottom = draw.textbbox((0, 0), label, font=font)
    x, y = room, whole.height - room - (bottom - top)
    pad = room // 2
    box = (x - pad, y - pad, x + right - left + pad, y + bottom - top + pad)
    draw.rounded_rectangle(box, radius=pad, fill=_SHADE)
    draw.text((x - left, y - top), label, font=font, fill=_INK)


def _limit() -> None:
    with contextlib.suppress(AttributeError):  # Windows has no such word
        os.nice(10)
    for name, most in (
        ("RLIMIT_CORE", 0),
        ("RLIMIT_CPU", _MAX_SECONDS),
        ("RLIMIT_AS", _MAX_MEMORY),
    ):
        limits.limit(name, most, most)


if __name__ == "__main__":
    sys.exit(main())
