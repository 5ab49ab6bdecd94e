"""Letters to people: written from a template, in the language of whom they go to."""

from collections.abc import Mapping
from typing import Any

from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.utils import translation


def write(to: str, name: str, context: Mapping[str, Any], *, language: str) -> None:
    """Send `letters/<name>.txt` to an address: its first line is the subject, the rest the text."""
    with translation.override(language):
        whole = render_to_string(f"letters/{name}.txt", dict(context))
    subject, _, text = whole.strip().partition("\n")
    send_mail(subject.strip(), text.strip() + "\n", None, [to])
