"""How loud a sound is, and how it looks as a line: ffmpeg's own EBU R128 meter, read as it runs."""

from __future__ import annotations

import math
from array import array
from itertools import pairwise

from av.audio.frame import AudioFrame

from coulisses_readers.hearing.graphs import Filters

# How many peaks are taken a second, of a sound up to so many seconds: enough to draw, no more.
_PEAKS = ((60, 100), (600, 10), (math.inf, 1))
_UNKNOWN = 300  # seconds: what a sound that says no length is taken for
_GATE = -70.0  # LUFS; what is never above is silence to the meter
_LEVELS = "metadata=1:reset=1:measure_perchannel=none:measure_overall=Peak_level"


class Meter:
    """Measures frames like `first`; `seconds` is how long the sound says it is, 0 if nothing."""

    def __init__(self, first: AudioFrame, seconds: float) -> None:
        often = next(rate for most, rate in _PEAKS if (seconds or _UNKNOWN) <= most)
        self._peaks = array("d")
        self._loudness = _GATE
        self._filters = Filters(
            first,
            ("ebur128", "metadata=1:framelog=quiet"),
            ("asetnsamples", f"n={max(1, first.sample_rate // often)}:p=0"),
            ("astats", _LEVELS),
        )

    def hear(self, frame: AudioFrame | None) -> None:
        """Measure one frame more; None at the end."""
        for out in self._filters.put(frame):
            said = out.metadata
            self._peaks.append(_amplitude(said.get("lavfi.astats.Overall.Peak_level", "-inf")))
            self._loudness = _number(said.get("lavfi.r128.I", ""), self._loudness)

    @property
    def loudness(self) -> float | None:
        """Integrated loudness in LUFS (ITU-R BS.1770, EBU R128); None of silence or a moment."""
        return round(self._loudness, 1) if self._loudness > _GATE else None

    @property
    def peak(self) -> float | None:
        """The highest sample in dBFS; None of silence."""
        highest = max(self._peaks, default=0.0)
        return round(20 * math.log10(highest), 1) if highest > 0 else None

    def waveform(self, most: int) -> list[int]:
        """At most so many stretches of equal length: the square root of each peak, in 255ths."""
        peaks, count = self._peaks, min(most, len(self._peaks))
        edges = [index * len(peaks) // count for index in range(count)] + [len(peaks)]
        stretches = (max(peaks[a:b]) for a, b in pairwise(edges))
        return [min(255, round(255 * math.sqrt(peak))) for peak in stretches]


def _amplitude(decibels: str) -> float:
    return float(10 ** (_number(decibels, -math.inf) / 20))


def _number(said: str, otherwise: float) -> float:
    try:
        number = float(said)
    except ValueError:
        return otherwise
    return otherwise if math.isnan(number) else number
