"""Idempotency keys, as HTTP's own draft has them: said again, the answer is the first one's."""

import hashlib
import re

from coulisses.api.refusals import IdempotencyKeyMalformed
from coulisses.lib.refusals import require

KEY = re.compile(r"[\x21-\x7e]{1,100}")


def once(key: str | None) -> str | None:
    """Return what a moment is told once by. Raises IdempotencyKeyMalformed."""
    if key is None:
        return None
    require(KEY.fullmatch(key), IdempotencyKeyMalformed)
    return f"api:{key}"


def once_uploaded(key: str | None) -> str | None:
    """Return what an upload is told once by. Raises IdempotencyKeyMalformed."""
    said = once(key)
    return said and f"api:{hashlib.sha256(said.encode()).hexdigest()[:40]}"
