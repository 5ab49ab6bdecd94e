"""One spelling for one value, so that a hash means something."""

import json
from datetime import UTC, datetime
from typing import Any


def spell(value: Any) -> bytes:
    """Return the canonical JSON bytes of a value.

    It holds dicts, lists, strings, integers, booleans and None. Floats are refused (TypeError):
    two machines may spell them differently.
    """
    _refuse_floats(value)
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def moment(at: datetime) -> str:
    """Spell an aware datetime in UTC to the microsecond, as it stands in signed bytes."""
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def _refuse_floats(value: Any) -> None:
    if isinstance(value, float):
        raise TypeError("a float has no canonical spelling")
    if isinstance(value, dict):
        for inner in value.values():
            _refuse_floats(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            _refuse_floats(inner)
