"""Sound sent through ffmpeg's filters, one thread and one way in and out."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from av.audio.frame import AudioFrame
from av.error import BlockingIOError, EOFError
from av.filter import Graph


class Filters:
    """Filters in a row, given as (name, options), for frames like `first`."""

    def __init__(self, first: AudioFrame, *row: tuple[str, str]) -> None:
        self._graph = Graph()
        self._graph.threads = 1  # the child may not start any
        last = self._graph.add_abuffer(
            sample_rate=first.sample_rate,
            format=first.format.name,
            layout=first.layout.name,
            channels=first.layout.nb_channels,
            time_base=Fraction(1, first.sample_rate),
        )
        for name, options in row:
            following = self._graph.add(name, options)
            last.link_to(following)
            last = following
        last.link_to(self._graph.add("abuffersink"))
        self._graph.configure()

    def put(self, frame: AudioFrame | None) -> Iterator[AudioFrame]:
        """Send one frame in, or None at the end, and yield what comes out."""
        self._graph.push(frame)
        while True:
            try:
                out = self._graph.pull()
            except (BlockingIOError, EOFError):
                return
            assert isinstance(out, AudioFrame)
            yield out
