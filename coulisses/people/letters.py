"""Letters to people: written from a template, in the language of whom they go to."""

from collections.abc import Mapping
from typing import Any

from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.utils import translation

HOLDS_CODE = "X-Coulisses-Holds-Code"


def write(
    to: str, name: str, context: Mapping[str, Any], *, language: str, holds_code: bool = False
) -> None:
    """Send `letters/<name>.txt` to an address: its first line is the subject, the rest the text.

    Where it `holds_code` it opens something, and is kept for nobody else once it is sent.
    """
    with translation.override(language):
        whole = render_to_string(f"letters/{name}.txt", dict(context))
    subject, _, text = whole.strip().partition("\n")
    letter = EmailMessage(subject.strip(), text.strip() + "\n", None, [to])
    if holds_code:
        letter.extra_headers[HOLDS_CODE] = "yes"
    letter.send()
