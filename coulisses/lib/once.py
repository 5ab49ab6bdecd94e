"""Once: what an act on behalf of many asks again for each of them, it asks once.

    with once.for_all():
        ...  # here a function that is `asked` is called once for each of its arguments

It holds for one thread and as long as that act; nothing outlives it.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from typing import Any, ParamSpec, TypeVar, cast

P = ParamSpec("P")
T = TypeVar("T")

_known: ContextVar[dict[Any, Any] | None] = ContextVar("once", default=None)


@contextmanager
def for_all() -> Iterator[None]:
    """Have what is asked within be asked once. What it changes itself must not be among that."""
    token = _known.set({})
    try:
        yield
    finally:
        _known.reset(token)


def asked(ask: Callable[P, T]) -> Callable[P, T]:
    """Have a question be answered as it was before, within one act; what it raises is not kept."""

    @wraps(ask)
    def answer(*given: P.args, **named: P.kwargs) -> T:
        known = _known.get()
        if known is None:
            return ask(*given, **named)
        key = (ask, given, tuple(sorted(named.items())))
        if key not in known:
            known[key] = ask(*given, **named)
        return cast("T", known[key])

    return answer
