"""Sounds of every format, made here by real encoders; broken, lying and hostile ones too."""

from __future__ import annotations

import io
import math
import struct
from array import array
from collections.abc import Callable
from fractions import Fraction
from typing import Any

import av
from av.filter import Graph

RATE = 48_000
WHO, WHERE = "Ana-of-the-attic", "+48.8566+002.3522"
TAGS = {"artist": WHO, "title": f"for {WHO}", "comment": WHERE, "location": WHERE, "encoder": WHO}
FORMATS = {
    "wav": ("wav", "pcm_s16le"),
    "24.wav": ("wav", "pcm_s24le"),
    "32.wav": ("wav", "pcm_s32le"),
    "float.wav": ("wav", "pcm_f32le"),
    "aiff": ("aiff", "pcm_s16be"),
    "flac": ("flac", "flac"),
    "mp3": ("mp3", "libmp3lame"),
    "ogg": ("ogg", "vorbis"),
    "opus": ("ogg", "libopus"),
    "m4a": ("ipod", "aac"),
    "alac.m4a": ("ipod", "alac"),
    "aac": ("adts", "aac"),
    "weba": ("webm", "libopus"),
}
"""What a name ends in, to how it is written: container and codec."""
_RECORDED = {"webm": ("webm", "libopus"), "mp4": ("mp4", "aac")}


def tone(decibels: float = -23.0, hertz: float = 997.0) -> Callable[[float], float]:
    """A sine whose peaks are at `decibels` of full scale."""
    height = 10 ** (decibels / 20)
    return lambda at: height * math.sin(2 * math.pi * hertz * at)


def silence(at: float) -> float:
    """Nothing at any time."""
    return 0.0


def sound(
    ending: str = "wav",
    seconds: float = 2.0,
    wave: Callable[[float], float] | None = None,
    *,
    layout: str = "stereo",
    rate: int = RATE,
    tags: dict[str, str] | None = None,
    options: dict[str, str] | None = None,
) -> bytes:
    """A sound in a format of FORMATS; `wave` gives its height, -1 to 1, at each second."""
    container, codec = {**FORMATS, **_RECORDED}[ending]
    file = io.BytesIO()
    with av.open(file, "w", format=container, options=options or {}) as out:
        out.metadata.update(tags or {})
        how = {"strict": "experimental"} if codec == "vorbis" else {}
        stream: Any = out.add_stream(codec, rate=rate, options=how)
        stream.layout = layout
        for frame in _frames(stream, seconds, wave or tone(), layout, rate):
            out.mux(stream.encode(frame))
        out.mux(stream.encode(None))
    return file.getvalue()


def recorded(ending: str, seconds: float = 2.0) -> bytes:
    """A note as browsers record it, without knowing how long it will be.

    Chromium writes WebM that says no length, Safari MP4 in pieces under a brand of films.
    """
    if ending == "webm":
        return sound("webm", seconds, options={"live": "1"})
    return sound("mp4", seconds, options={"movflags": "frag_keyframe+empty_moov+default_base_moof"})


def _frames(stream: Any, seconds: float, wave: Callable[[float], float], layout: str, rate: int):
    heights = array("f", (wave(index / rate) for index in range(round(seconds * rate))))
    whole = av.AudioFrame(format="fltp", layout=layout, samples=len(heights))
    whole.sample_rate, whole.time_base, whole.pts = rate, Fraction(1, rate), 0
    for plane in whole.planes:
        plane.update(heights.tobytes())
    graph = Graph()
    last = graph.add_abuffer(
        sample_rate=rate, format="fltp", layout=layout, time_base=Fraction(1, rate)
    )
    size = stream.codec_context.frame_size or 4096
    shape = f"sample_fmts={stream.format.name}:sample_rates={rate}:channel_layouts={layout}"
    for name, options in (("aformat", shape), ("asetnsamples", f"n={size}:p=0")):
        following = graph.add(name, options)
        last.link_to(following)
        last = following
    last.link_to(graph.add("abuffersink"))
    graph.configure()
    for pushed in (whole, None):
        graph.push(pushed)
        while True:
            try:
                yield graph.pull()
            except (av.error.BlockingIOError, av.error.EOFError):
                break


def film(ending: str = "mp4") -> bytes:
    """A moving picture with sound."""
    seen, heard_as = ("libvpx", "libopus") if ending == "webm" else ("libx264", "aac")
    file = io.BytesIO()
    with av.open(file, "w", format=ending) as out:
        moving: Any = out.add_stream(seen, rate=10)
        moving.width, moving.height, moving.pix_fmt = 32, 32, "yuv420p"
        heard: Any = out.add_stream(heard_as, rate=RATE)
        heard.layout = "stereo"
        for frame in _frames(heard, 1, tone(), "stereo", RATE):
            out.mux(heard.encode(frame))
        for index in range(10):
            picture = av.VideoFrame(32, 32, "yuv420p")
            picture.pts = index
            out.mux(moving.encode(picture))
        out.mux(moving.encode(None))
        out.mux(heard.encode(None))
    return file.getvalue()


def bomb(*, is_lying: bool = False) -> bytes:
    """A FLAC of three hours of silence in some kilobytes; `is_lying`, it says it has no end."""
    file, rate, block = io.BytesIO(), 8_000, 65_535
    with av.open(file, "w", format="flac") as out:
        stream: Any = out.add_stream("flac", rate=rate, options={"frame_size": str(block)})
        stream.layout = "mono"
        frame = av.AudioFrame(format="s16", layout="mono", samples=block)
        frame.sample_rate = rate
        frame.planes[0].update(bytes(block * 2))
        for index in range(3 * 3600 * rate // block):
            frame.pts, frame.time_base = index * block, Fraction(1, rate)
            out.mux(stream.encode(frame))
        out.mux(stream.encode(None))
    made = bytearray(file.getvalue())
    if is_lying:
        made[21] &= 0xF0
        made[22:26] = bytes(4)
    return bytes(made)


def wav_that_claims(seconds: int, data: bytes) -> bytes:
    """A WAV whose head promises more than it holds."""
    head = data.index(b"data") + 4
    size = struct.pack("<I", seconds * RATE * 4)
    return data[:head] + size + data[head + 4 :]


def untagged(data: bytes) -> bool:
    """Whether nothing of TAGS is in these bytes, in any spelling that tags have."""
    spelled = [word.encode(code) for word in (WHO, WHERE) for code in ("utf-8", "utf-16-le")]
    return not any(word in data for word in spelled)
