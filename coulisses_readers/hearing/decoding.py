"""Sound out of a file, a frame at a time: only the decoders named here, and within bounds."""

from __future__ import annotations

import io
from collections.abc import Iterator

import av
from av.audio.frame import AudioFrame
from av.audio.stream import AudioStream
from av.container import InputContainer
from av.error import FFmpegError
from av.stream import Disposition

from coulisses_readers.look import Unreadable

MAX_SECONDS = 2 * 3600
MAX_CHANNELS = 8
MAX_RATE = 384_000
# Of all channels together: two hours in stereo at 48 kHz.
MAX_SAMPLES = MAX_SECONDS * 48_000 * 2
# An honest sound takes more than this, if not a moment's silence; hours of nothing do not.
_BYTES_A_SECOND = 400
_LONG = 20 * 60  # seconds
# How much of its packets a file may have broken, and how much of its length it may lack.
_BROKEN = 0.02
_LACKING = 0.02
_SLACK = 0.3  # seconds that encoders put before and after a sound, and count or don't

_PCM = {
    *("u8", "s8", "s16le", "s16be", "s24le", "s24be", "s32le", "s32be"),
    *("f32le", "f32be", "f64le", "f64be", "alaw", "mulaw"),
}
_CODECS = {
    **{f"pcm_{kind}": "" for kind in _PCM},
    "mp3": "mp3",
    "mp3float": "mp3",
    "flac": "flac",
    "vorbis": "vorbis",
    "opus": "opus",
    "libopus": "opus",
    "aac": "aac",
    "alac": "alac",
}
"""Decoder to what the format is called; "" where the container has the better name."""


class Source:
    """One sound in a file's bytes; `container` is the name of its demuxer.

    `declared` is how many seconds it says it lasts, 0 if it doesn't. Raises Unreadable: "binary"
    for a film, "too_large" or "bomb" for what has no end, "unreadable".
    """

    def __init__(self, data: bytes, container: str) -> None:
        self._size = len(data)
        self._opened = _open(data, container)
        self._stream = _only_sound(self._opened)
        decoder = self._stream.codec_context.name
        if decoder not in _CODECS:
            raise Unreadable("unreadable")
        self.format = _CODECS[decoder] or container
        self.declared = _declared(self._opened, self._stream)
        # An MP3 may only guess how long it is.
        self._promised = 0.0 if container == "mp3" else self.declared
        self.seconds = 0.0
        self._require_end(self.declared)
        if container == "wav" and _lacks_data(data):
            raise Unreadable("unreadable")

    def frames(self) -> Iterator[AudioFrame]:
        """Yield the sound in frames of one rate, form and layout; `seconds` says how long it was.

        Raises Unreadable also at the end, where a file is shorter than it says.
        """
        kind = None
        for frame in self._decoded():
            kind = kind or _kind(frame)
            if _kind(frame) != kind:
                raise Unreadable("unreadable")
            self.seconds += frame.samples / frame.sample_rate
            self._require_end(self.seconds)
            if self.seconds * frame.sample_rate * frame.layout.nb_channels > MAX_SAMPLES:
                raise Unreadable("too_large")
            yield frame
        if self.seconds < self._promised * (1 - _LACKING) - _SLACK or not self.seconds:
            raise Unreadable("unreadable")

    def _decoded(self) -> Iterator[AudioFrame]:
        packets = broken = 0
        for packet in self._opened.demux(self._stream):
            packets += 1
            try:
                yield from packet.decode()
            except av.error.EOFError:
                break
            except FFmpegError:
                broken += 1
        if broken > max(1, packets * _BROKEN):
            raise Unreadable("unreadable")

    def _require_end(self, seconds: float) -> None:
        if seconds > _LONG and self._size < seconds * _BYTES_A_SECOND:
            raise Unreadable("bomb")
        if seconds > MAX_SECONDS:
            raise Unreadable("too_large")


def _open(data: bytes, container: str) -> InputContainer:
    options = {"codec_whitelist": ",".join(_CODECS)}
    try:
        return av.open(io.BytesIO(data), "r", format=container, options=options)
    except (FFmpegError, ValueError):
        raise Unreadable("unreadable") from None


def _only_sound(opened: InputContainer) -> AudioStream:
    """Return the first sound; a cover is no film, anything else that moves is."""
    if any(not one.disposition & Disposition.attached_pic for one in opened.streams.video):
        raise Unreadable("binary")
    if not opened.streams.audio:
        raise Unreadable("unreadable")
    stream = opened.streams.audio[0]
    context = stream.codec_context
    if not 0 < context.sample_rate <= MAX_RATE or not 0 < context.channels <= MAX_CHANNELS:
        raise Unreadable("unreadable")
    context.thread_count = 1  # the child may not start threads
    return stream


def _declared(opened: InputContainer, stream: AudioStream) -> float:
    if stream.duration is not None and stream.time_base is not None:
        return float(stream.duration * stream.time_base)
    return (opened.duration or 0) / av.time_base


def _lacks_data(data: bytes) -> bool:
    """Whether a WAV is cut short; one that was streamed doesn't know its length and says so."""
    at = 12
    while at + 8 <= len(data):
        size = int.from_bytes(data[at + 4 : at + 8], "little")
        if data[at : at + 4] == b"data":
            return size != 0xFFFFFFFF and at + 8 + size > len(data)
        at += 8 + size + size % 2
    return False


def _kind(frame: AudioFrame) -> tuple[int, str, str]:
    return frame.sample_rate, frame.format.name, frame.layout.name
