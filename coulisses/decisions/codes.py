"""Codes that open a vote: said in a room, on a poster, over a stream; kept as digests."""

import re
from datetime import timedelta
from typing import Any

from django.utils.crypto import constant_time_compare, salted_hmac

from coulisses.decisions.models import Decision
from coulisses.decisions.refusals import CodeTooShort, CodeWrong
from coulisses.lib import calm, lines
from coulisses.lib.calm import TooOften
from coulisses.lib.refusals import require

KEPT = "votes"  # the session's key: positions of the votes that its code has opened
MOST_KEPT = 50
MOST_TRIES = 30  # wrong ones from one connection, behind which a whole class may sit
WITHIN = timedelta(hours=1)
_sound = re.compile(r"[A-Z0-9]{6,40}")


def clean(code: str) -> str:
    """Return a code as it is compared: capitals and digits alone. Raises CodeTooShort."""
    bare = _bare(code)
    require(_sound.fullmatch(bare), CodeTooShort)
    return bare


def digest(code: str) -> str:
    """Return what is kept of a clean code."""
    return salted_hmac("coulisses.decisions", code, algorithm="sha256").hexdigest()


def is_opened(request: Any, decision: Decision) -> bool:
    """Return whether this browser has said the code of a vote."""
    return decision.pk in request.session.get(KEPT, [])


def require_code(request: Any, decision: Decision, code: str) -> None:
    """Let a browser in that says the code, from now on. Raises CodeWrong; TooOften after many."""
    if is_opened(request, decision):
        return
    name = f"vote-code:{decision.pk}:{lines.of(request.META.get('REMOTE_ADDR', ''))}"
    require(not calm.is_spent(name, most=MOST_TRIES), TooOften)
    if not constant_time_compare(digest(_bare(code)), decision.code):
        calm.is_calm(name, most=MOST_TRIES, within=WITHIN)
        raise CodeWrong
    request.session[KEPT] = [*request.session.get(KEPT, []), decision.pk][-MOST_KEPT:]


def _bare(code: str) -> str:
    return re.sub(r"[\s\-–_.]", "", code).upper()
