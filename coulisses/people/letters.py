"""Letters to people: written from a template, in the language of whom they go to.

Most are written at once. A *correspondence* is addressed at once and written when it leaves: what
is taken out in between is not in it, and whoever left in between is not written to.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.core.mail import EmailMessage, get_connection
from django.template.loader import render_to_string
from django.utils import translation

HOLDS_CODE = "X-Coulisses-Holds-Code"
WRITTEN_BY = "X-Coulisses-Written-By"
KEY = "X-Coulisses-Key"


@dataclass(frozen=True)
class Written:
    """What a letter says: plain text, the same as HTML if there is any, and headers of its own.

    `handle` (lowercase letters and digits, 32 at most) is what a mail server gives back with a
    letter that it could not deliver; without one nothing can come back.
    """

    subject: str
    text: str
    html: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)
    handle: str = ""


@dataclass(frozen=True)
class Correspondence:
    """How a room writes its letters when they leave, and hears of those that come back.

    `write` is given keys and returns what the letter of each says; a key that is missing has
    nothing to say any more, and its letter is dropped. `came_back` is given a handle, the status
    (RFC 3463, as "5.1.1") and when.
    """

    write: Callable[[Sequence[str]], Mapping[str, Written]]
    came_back: Callable[[str, str, datetime], None]


_known: dict[str, Correspondence] = {}


def write(
    to: str, name: str, context: Mapping[str, Any], *, language: str, holds_code: bool = False
) -> None:
    """Send `letters/<name>.txt` to an address: its first line is the subject, the rest the text.

    Where it `holds_code` it opens something, and is kept for nobody else once it is sent.
    """
    written = composed(name, context, language=language)
    letter = EmailMessage(written.subject, written.text, None, [to])
    if holds_code:
        letter.extra_headers[HOLDS_CODE] = "yes"
    letter.send()


def composed(name: str, context: Mapping[str, Any], *, language: str, html: str = "") -> Written:
    """Return what `letters/<name>.txt` says, and the template `html` beside it if one is named."""
    with translation.override(language):
        whole = render_to_string(f"letters/{name}.txt", dict(context))
        dressed = render_to_string(f"letters/{html}", dict(context)) if html else ""
    subject, _, text = whole.strip().partition("\n")
    return Written(subject.strip(), text.strip() + "\n", dressed)


def corresponds(name: str, how: Correspondence) -> None:
    """Say how the letters of a room (`name`) are written when they leave."""
    _known[name] = how


def correspondences() -> Mapping[str, Correspondence]:
    """Return every correspondence by the name of its room."""
    return _known


def address(name: str, letters: Iterable[tuple[str, str]]) -> None:
    """Have letters of a correspondence leave: pairs of an address and a key of 100 characters."""
    get_connection().send_messages(
        [
            EmailMessage("", "", None, [to], headers={WRITTEN_BY: name, KEY: key})
            for to, key in letters
        ]
    )
