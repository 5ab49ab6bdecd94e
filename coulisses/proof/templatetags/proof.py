"""Filters for what the proof shows."""

from base64 import b64encode

from django import template

register = template.Library()


@register.filter
def base64(raw: bytes) -> str:
    """Return bytes as base64, as checkpoints write them."""
    return b64encode(raw).decode("ascii")
