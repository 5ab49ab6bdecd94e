"""Problem documents (RFC 9457): refusals as programs read them."""

from http import HTTPStatus
from typing import Any

from coulisses.lib.refusals import Refusal

TYPE = "application/problem+json"


def document(refusal: Refusal) -> dict[str, Any]:
    """Return a refusal as a problem document, in the language that is active."""
    return spell(refusal.status, name=refusal.name(), sentence=str(refusal))


def spell(status: int, *, name: str, sentence: str) -> dict[str, Any]:
    """Return a problem document with a permanent name and a sentence for people."""
    return {
        "type": f"urn:coulisses:{name}",
        "title": _phrase(status),
        "status": status,
        "detail": sentence,
    }


def _phrase(status: int) -> str:
    try:
        return HTTPStatus(status).phrase
    except ValueError:  # a protocol above HTTP has statuses of its own: tus says 460
        return "Refused"
