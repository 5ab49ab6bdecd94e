"""Sounds as lanes: one line for each take, on one scale of time, to be heard equally loud."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Any

from coulisses_readers.sound import MOST_PEAKS

BARS = 160  # across a lane as long as the longest take
STEP, HEIGHT = 4, 60  # units of a bar and of a lane
LONGEST = 24 * 3600.0  # seconds
QUIETEST, LOUDEST = -70.0, 30.0  # LUFS: the meter's own gate, and more than there can be
WINDOW, SEVERAL = 12, 3  # so many peaks in so many stretches make a difference
APART, FAINT = 1.2, 0.01  # as much as another encoder makes of a peak: times it, and of full scale
SLACK = 0.06  # seconds that encoders put before a sound


@dataclass(frozen=True)
class Sound:
    """What is known of a sound: its length, its loudness (LUFS), and its line.

    `peaks` are the square roots of stretches of equal length, in 255ths. `heard` is how many
    seconds can be listened to, 0 where all of them can.
    """

    seconds: float
    loudness: float | None
    peaks: tuple[int, ...]
    heard: float = 0.0


@dataclass(frozen=True)
class Lane:
    """One take: its side ("before", "after"), what plays it, how loud (0 to 1), its drawn line."""

    side: str
    src: str
    sound: Sound
    volume: float
    line: str

    @property
    def audible(self) -> float:
        """How many seconds of it can be listened to."""
        return self.sound.heard or self.sound.seconds


@dataclass(frozen=True)
class Lanes:
    """One take or two, drawn on a scale of as many seconds as the longest has."""

    takes: Sequence[Lane]
    seconds: float

    width = BARS * STEP
    height = HEIGHT

    @property
    def lengths(self) -> list[float]:
        """The takes' lengths in seconds; one alone where they last equally long."""
        return _without_twins([take.sound.seconds for take in self.takes])

    @property
    def loudnesses(self) -> list[float]:
        """The takes' loudness in LUFS, of those that have one."""
        known = [take.sound.loudness for take in self.takes]
        return _without_twins([one for one in known if one is not None])

    @cached_property
    def differ(self) -> float | None:
        """From which second on two takes look different; None if they don't."""
        return differ(*(take.sound for take in self.takes)) if len(self.takes) == 2 else None

    @property
    def is_matched(self) -> bool:
        """Whether one of them is played more softly, so that both sound equally loud."""
        return any(take.volume < 1 for take in self.takes)

    @property
    def heard(self) -> float:
        """How many seconds can be listened to, 0 where all can."""
        return max(take.sound.heard for take in self.takes)

    @property
    def after(self) -> Lane | None:
        """The take that stands now, if there is one."""
        return next((take for take in self.takes if take.side == "after"), None)


def known(reader: str, facts: Mapping[str, Any]) -> Sound | None:
    """Return what a version's facts say of a sound, None where they don't, or don't make sense."""
    seconds, loudness, line = (facts.get(key) for key in ("seconds", "loudness", "waveform"))
    heard = facts.get("heard")
    if reader != "sound" or not _is_within(seconds, 0.001, LONGEST) or not _is_line(line):
        return None
    return Sound(
        seconds=facts["seconds"],
        loudness=loudness if _is_within(loudness, QUIETEST, LOUDEST) else None,
        peaks=tuple(facts["waveform"]),
        heard=heard if heard and _is_within(heard, 0, LONGEST) else 0.0,
    )


def beside(found: Mapping[str, tuple[str, Sound]]) -> Lanes | None:
    """Return lanes of the takes "before" and "after" as far as known, given as (address, sound)."""
    shown = {side: found[side] for side in ("before", "after") if side in found}
    if not shown:
        return None
    seconds = max(sound.seconds for _src, sound in shown.values())
    loud = [sound.loudness for _src, sound in shown.values() if sound.loudness is not None]
    takes = [
        Lane(side, src, sound, _volume(sound, loud), _line(sound, seconds))
        for side, (src, sound) in shown.items()
    ]
    return Lanes(takes, seconds)


def differ(before: Sound, after: Sound) -> float | None:
    """Return from which second on two takes look different: 0 if all through, None if nowhere.

    Both are seen at the loudness of the softer one. They differ where several peaks of the one are
    not found in the other at the same time: another encoder, or stretches that begin elsewhere,
    make no difference.
    """
    loud = [one.loudness for one in (before, after) if one.loudness is not None]
    one, other = (_Heights(take, _volume(take, loud)) for take in (before, after))
    times = sorted([*one.missing_in(other), *other.missing_in(one)])
    near = WINDOW * max(one.step, other.step)
    for first, last in zip(times, times[SEVERAL - 1 :], strict=False):
        if last - first <= near:
            return round(first, 2) if first > near else 0.0
    return None


class _Heights:
    """A line's heights, of full scale, each of a stretch of `step` seconds."""

    def __init__(self, sound: Sound, volume: float) -> None:
        self.step = sound.seconds / len(sound.peaks)
        self._heights = [(peak / 255) ** 2 * volume for peak in sound.peaks]
        self._seconds = sound.seconds

    def missing_in(self, other: "_Heights") -> Iterator[float]:
        """Yield the times at which this one is higher than the other anywhere near."""
        for index, height in enumerate(self._heights):
            start, end = index * self.step, (index + 1) * self.step
            if end + SLACK > min(self._seconds, other._seconds):
                return
            first, last = int(max(0.0, start - SLACK) / other.step), int((end + SLACK) / other.step)
            if height > max(other._heights[first : last + 1]) * APART + FAINT:
                yield start


def _volume(sound: Sound, loud: Sequence[float]) -> float:
    """Return the factor that makes a take as soft as the softest; none is ever made louder."""
    if sound.loudness is None:
        return 1.0
    return round(10 ** ((min(loud) - sound.loudness) / 20), 4)


def _line(sound: Sound, seconds: float) -> str:
    """Return a path of upright bars, the loudest as tall as the lane allows."""
    count = max(1, round(BARS * sound.seconds / seconds))
    edges = [index * len(sound.peaks) // count for index in range(count + 1)]
    stretches = (sound.peaks[a : max(b, a + 1)] for a, b in pairwise(edges))
    bars = (max(1, round(max(one) / 255 * HEIGHT / 2)) for one in stretches)
    middle = HEIGHT // 2
    return "".join(f"M{STEP * at + 2} {middle - bar}v{2 * bar}" for at, bar in enumerate(bars))


def _without_twins(numbers: list[float]) -> list[float]:
    shown = [round(number, 1) for number in numbers]
    return shown[:1] if len(set(shown)) == 1 else shown


def _is_line(line: Any) -> bool:
    is_short = isinstance(line, list) and 0 < len(line) <= MOST_PEAKS
    return is_short and all(type(one) is int and 0 <= one <= 255 for one in line)


def _is_within(number: Any, low: float, high: float) -> bool:
    return type(number) in (int, float) and low <= number <= high
