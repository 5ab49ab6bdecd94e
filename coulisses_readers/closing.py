"""What is let go of in the end: closed by hand, or by leaving a `with`."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import Self


class Closing(ABC):
    """A context manager that closes itself, whatever happened meanwhile."""

    @abstractmethod
    def close(self) -> None:
        """Let go of what it holds; nothing is asked of it afterwards."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_what_happened: object) -> None:
        self.close()
