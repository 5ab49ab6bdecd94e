"""How a row of what is somebody's is read by a person: names, and values in their language."""

from datetime import datetime
from typing import Any

from django.utils import formats, timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

NAMES = {
    "address": _("address"),
    "arrived_at": _("arrived"),
    "asked_at": _("asked on"),
    "audience": _("told to"),
    "began_at": _("since"),
    "browser": _("browser"),
    "circle": _("circle"),
    "created_at": _("made on"),
    "curtain_raised_at": _("curtain up on"),
    "email": _("e-mail address"),
    "expires_at": _("ends on"),
    "files": _("files"),
    "forge": _("forge"),
    "happened_at": _("happened"),
    "heard_at": _("last heard"),
    "is_confirmed": _("confirmed"),
    "is_host": _("keeps this house"),
    "is_named": _("name is shown"),
    "is_owned": _("yours"),
    "kind": _("kind"),
    "label": _("label"),
    "last_login": _("last came in"),
    "name": _("name"),
    "network": _("network"),
    "number": _("number"),
    "opened_at": _("opened on"),
    "position": _("cue"),
    "project": _("project"),
    "reason": _("reason"),
    "role": _("role"),
    "seen_at": _("last seen"),
    "said": _("words"),
    "state": _("state"),
    "studio": _("studio"),
    "subject": _("subject"),
    "system": _("system"),
    "told_at": _("told on"),
    "used_at": _("used on"),
    "voice": _("voice, as signed logs know you"),
    "words": _("words"),
}

SPOKEN = ("title", "line", "teaser", "body", "words", "reason")  # what of an entry is prose


def row(said: dict[str, Any]) -> SafeString:
    """Return a row as a list of names and values; what is empty says nothing."""
    pairs = [(NAMES.get(key, key), _value(value)) for key, value in said.items()]
    told = ((name, value) for name, value in pairs if value)
    return format_html("<dl>{}</dl>", format_html_join("", "<dt>{}</dt><dd>{}</dd>", told))


def _value(value: Any) -> str:
    if value is None or value == "" or value == [] or value == {}:
        return ""
    if isinstance(value, bool):
        return gettext("yes") if value else gettext("no")
    if isinstance(value, datetime):
        return formats.date_format(timezone.localtime(value), "DATETIME_FORMAT")
    if isinstance(value, dict):
        words = [value[key] for key in SPOKEN if isinstance(value.get(key), str) and value[key]]
        return mark_safe("<br>".join(format_html("{}", one) for one in words))  # noqa: S308
    if isinstance(value, list):
        links = ((one, one) for one in value)
        return format_html_join(" ", '<a href="{}">{}</a>', links)
    return str(value)
