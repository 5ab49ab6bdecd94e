"""The sound that is listened to: an MP3 of it, without a word about where it comes from."""

from __future__ import annotations

import io
import time
from fractions import Fraction

import av
from av.audio.frame import AudioFrame

from coulisses_readers.hearing import mp3
from coulisses_readers.hearing.graphs import Filters

# LAME takes a second for half a minute of noise in stereo: longer sounds are made lighter.
_IN_STEREO = 6 * 60  # seconds
_FAST = "7"
_PATIENCE = 11.0  # seconds by the clock; then the excerpt ends where it is


class Excerpt:
    """Encodes frames like `first`; `seconds` is how long the sound says it is, 0 if nothing.

    It ends after `mp3.MAX_SECONDS`, or when encoding has taken too long: `seconds` says where.
    """

    def __init__(self, first: AudioFrame, seconds: float) -> None:
        is_light = seconds > _IN_STEREO
        layout = "mono" if is_light or first.layout.nb_channels == 1 else "stereo"
        rate = 32_000 if is_light else mp3.nearest_rate(first.sample_rate)
        self._file = io.BytesIO()
        plain = {"id3v2_version": "0", "fflags": "bitexact"}
        self._container = av.open(self._file, "w", format="mp3", options=plain)
        options = {"compression_level": _FAST}
        self._stream = self._container.add_stream("libmp3lame", rate=rate, options=options)
        self._stream.codec_context.thread_count = 1  # the child may not start any
        self._stream.layout = layout
        self._stream.bit_rate = 128_000 if layout == "stereo" else 64_000
        shape = f"sample_fmts=s16p:sample_rates={rate}:channel_layouts={layout}"
        self._filters = Filters(first, ("aformat", shape), ("asetnsamples", "n=1152:p=0"))
        self._until = time.monotonic() + _PATIENCE
        self._is_over = False
        self.seconds = 0.0

    def add(self, frame: AudioFrame) -> None:
        """Encode one frame more, unless the excerpt is over."""
        if not self._is_over:
            self._encode(frame)
            too_long = self.seconds >= mp3.MAX_SECONDS - 1
            self._is_over = too_long or time.monotonic() > self._until

    def finish(self) -> bytes:
        """Return the MP3."""
        if not self._is_over:
            self._encode(None)
        self._container.mux(self._stream.encode(None))
        self._container.close()
        return self._file.getvalue()

    @property
    def is_whole(self) -> bool:
        """Whether it is all of the sound."""
        return not self._is_over

    def _encode(self, frame: AudioFrame | None) -> None:
        for out in self._filters.put(frame):
            self.seconds += out.samples / out.sample_rate
            self._container.mux(self._stream.encode(out))


def moment() -> bytes:
    """An MP3 of a tenth of a second of silence."""
    frame = AudioFrame(format="s16", layout="mono", samples=4800)
    frame.planes[0].update(bytes(frame.planes[0].buffer_size))
    frame.sample_rate, frame.time_base, frame.pts = 48_000, Fraction(1, 48_000), 0
    excerpt = Excerpt(frame, 0.0)
    excerpt.add(frame)
    return excerpt.finish()
