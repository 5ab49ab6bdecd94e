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
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": sentence,
    }
