"""What was read lately of projects, by the state it was read from."""

from collections import OrderedDict
from collections.abc import Callable
from threading import Lock
from typing import Any, Generic, TypeVar
from weakref import WeakSet

from coulisses.projects.models import Project

T = TypeVar("T")


class Recent(Generic[T]):
    """At most so many results, the latest used; safe between threads.

    A key begins with a project's and must name everything a result follows from: nothing is ever
    taken out for being stale, only when words leave a project.
    """

    everywhere: "WeakSet[Recent[Any]]" = WeakSet()

    def __init__(self, most: int) -> None:
        self._most = most
        self._held: OrderedDict[tuple[Any, ...], T] = OrderedDict()
        self._lock = Lock()
        self.everywhere.add(self)

    def get(self, key: tuple[Any, ...], read: Callable[[], T]) -> T:
        """Return what was read under this key; read it now if it was not, outside the lock."""
        with self._lock:
            if key in self._held:
                self._held.move_to_end(key)
                return self._held[key]
        found = read()
        with self._lock:
            self._held[key] = found
            while len(self._held) > self._most:
                self._held.popitem(last=False)
        return found

    def forget(self, project: Project) -> None:
        """Drop what was read of a project."""
        with self._lock:
            for key in [key for key in self._held if key[0] == project.pk]:
                del self._held[key]


def forget(project: Project) -> None:
    """Drop all that this process keeps of a project: an entry of it loses its words."""
    for recent in Recent.everywhere:
        recent.forget(project)
