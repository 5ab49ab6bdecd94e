"""The reader of sound: how long, how loud, how it looks as a line, and an MP3 to listen to."""

from __future__ import annotations

from itertools import chain
from pathlib import PurePosixPath
from typing import Any

from coulisses_readers.hearing import mp3
from coulisses_readers.look import Look, Preview, Unreadable
from coulisses_readers.registry import HEAD, Reader
from coulisses_readers.text import is_text

MOST_PEAKS = 480
_MATROSKA, _CLUSTER = b"\x1a\x45\xdf\xa3", b"\x1f\x43\xb6\x75"
_CONTAINERS = {
    ".wav": "wav",
    ".wave": "wav",
    ".aif": "aiff",
    ".aiff": "aiff",
    ".aifc": "aiff",
    ".flac": "flac",
    ".mp3": "mp3",
    ".ogg": "ogg",
    ".oga": "ogg",
    ".opus": "ogg",
    ".m4a": "mov",
    ".m4b": "mov",
    ".aac": "aac",
    ".weba": "matroska",
}
"""Suffix to the one demuxer that is tried; what the first bytes say goes first."""


def look(data: bytes, name: str) -> Look:
    """The variant "sound" (MP3 without metadata, 20 minutes at most) and the sound's facts.

    Facts: seconds; loudness (LUFS) and peak (dBFS), None of silence; channels, rate (Hz), format,
    bytes; waveform (at most MOST_PEAKS stretches of equal length, the square root of each one's
    peak in 255ths); heard, the seconds of the variant where it is shorter. No tag is read.
    """
    from coulisses_readers.hearing import decoding, encoding, measuring

    container = _container(data[:HEAD]) or _CONTAINERS.get(PurePosixPath(name.lower()).suffix)
    if container is None:
        raise Unreadable("unreadable")
    source = decoding.Source(data, container)
    frames = source.frames()
    first = next(frames)
    meter = measuring.Meter(first, source.declared)
    excerpt = encoding.Excerpt(first, source.declared)
    for frame in chain([first], frames):
        meter.hear(frame)
        excerpt.add(frame)
    meter.hear(None)
    made = excerpt.finish()
    facts: dict[str, Any] = {
        "bytes": len(data),
        "format": source.format,
        "seconds": round(source.seconds, 2),
        "channels": first.layout.nb_channels,
        "rate": first.sample_rate,
        "loudness": meter.loudness,
        "peak": meter.peak,
        "waveform": meter.waveform(MOST_PEAKS),
    }
    if not excerpt.is_whole:
        facts["heard"] = round(excerpt.seconds, 2)
    return Look("sound", facts, {"sound": Preview(made, "audio/mpeg", 0, 0)})


def _container(head: bytes) -> str | None:
    """The demuxer for a file that begins like this, where it says so."""
    if head[:4] in (b"RIFF", b"RF64") and head[8:12] == b"WAVE":
        return "wav"
    if head[:4] == b"FORM" and head[8:12] in (b"AIFF", b"AIFC"):
        return "aiff"
    if head[:4] == b"fLaC":
        return "flac"
    if head[:4] == b"OggS" and any(kind in head[:64] for kind in (b"vorbis", b"OpusHead", b"FLAC")):
        return "ogg"
    if head[4:8] == b"ftyp" and head[8:12] in (b"M4A ", b"M4B "):
        return "mov"
    if head[:4] == _MATROSKA and _is_heard_alone(head):
        return "matroska"
    return "mp3" if head[:3] == b"ID3" or _is_mp3(head) else None


def _is_heard_alone(head: bytes) -> bool:
    """Whether a WebM that begins like this, as browsers record, has sound and no picture."""
    tracks = head.partition(_CLUSTER)[0]  # what follows is sound, and may spell anything
    is_heard = any(codec in tracks for codec in (b"A_OPUS", b"A_VORBIS"))
    return is_heard and not any(codec in tracks for codec in (b"V_VP", b"V_AV", b"V_MPEG"))


def _is_mp3(head: bytes) -> bool:
    first = mp3.frame_at(head, 0)
    return first is not None and mp3.frame_at(head, first[0]) is not None


def _is_fit(head: bytes) -> bool:
    # A name that ends in .wav over text (a large-file pointer, say) is text.
    return not head or not is_text(head)


def _warm() -> None:
    from coulisses_readers.hearing import encoding

    # PyAV loads parts of itself when they are first used: one small look uses them all.
    look(encoding.moment(), "moment.mp3")


READER = Reader(
    name="sound",
    look=look,
    rank=15,
    suffixes=frozenset(_CONTAINERS),
    is_magic=lambda head: _container(head) is not None,
    is_fit=_is_fit,
    warm=_warm,
)
