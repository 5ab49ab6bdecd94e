"""What signing up asks beside address and password."""

from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from coulisses.lib import text

LONGEST_NAME = 80


class NameField(forms.CharField):
    """How somebody signs: one line, without what can't be seen."""

    def __init__(self, **options: Any) -> None:
        wrong = {"required": _("Say how you want to be called here. It need not be your own name.")}
        super().__init__(max_length=LONGEST_NAME, error_messages=wrong, **options)

    def to_python(self, value: Any) -> str:
        """Return the line, tidied."""
        return text.clean_line(super().to_python(value) or "")


class Named(forms.Form):
    """The library builds its form for signing up on this one."""

    name = NameField()

    def signup(self, request: HttpRequest, user: Any) -> None:
        """Nothing more is to be done: the adapter has made the account with its voice."""
