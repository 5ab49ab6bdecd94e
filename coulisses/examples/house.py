"""The few things that an example asks of a house, by the client that anybody may use."""

import json
from collections.abc import Iterator
from typing import Any

from coulisses_client import Project, Refused, Unreachable
from coulisses_client.line import Line
from coulisses_client.words import Entry
from coulisses_readers.closing import Closing

__all__ = ["House", "Refused", "Unreachable"]

PATIENCE = 20.0  # seconds without an answer


class House(Closing):
    """One project of a house; use it in a `with`. Methods raise Refused, or Unreachable."""

    def __init__(self, to: str, token: str, studio: str, project: str) -> None:
        """Know where the house is and who asks; nothing is sent yet."""
        self._line = Line(to, token, patience=PATIENCE)
        self._project = Project(self._line, studio, project)
        self.unknown, self.show = self._project.unknown, self._project.show

    def close(self) -> None:
        """Hang up."""
        self._line.close()

    def open_project(self, **said: str) -> None:
        """Make sure that the project is there: title, line, craft, language."""
        self._project.open(**said)

    def entries(self) -> Iterator[Entry]:
        """Yield what was told so far, in order."""
        return self._project.entries()

    def capture(self, said: dict[str, Any]) -> int:
        """Tell one capture and return its position."""
        return int(self._project.capture([json.dumps(said).encode()])["results"][0]["position"])

    def tell(self, key: str, said: dict[str, Any]) -> int:
        """Tell a moment, once for its key, and return its position."""
        return int(self._project.tell(**said, key=key)["position"])

    def pin(self, position: int) -> None:
        """Pin an entry."""
        self._project.pin(position)

    def title(self, first: int, sentence: str) -> None:
        """Put a sentence over the sitting that begins at a position."""
        self._project.title(first, sentence)
