"""What the house does with what it knows of people, read from the code that does it."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from coulisses.people import holding


@dataclass(frozen=True)
class Cookie:
    """A cookie by its name, what it is for, and how long it lives (0: until the browser closes)."""

    name: str
    why: Any
    how_long: timedelta


@dataclass(frozen=True)
class Kept:
    """What is kept, why, and how long: `days` and `hours`, or `words` where it depends."""

    what: Any
    why: Any
    how_long: timedelta | None
    words: Any


def kept() -> list[Kept]:
    """Return all that rooms say they keep of people."""
    return [
        Kept(one.what, one.why, one.how_long, "")
        if isinstance(one.how_long, timedelta)
        else Kept(one.what, one.why, None, one.how_long)
        for one in holding.keepings()
    ]


def cookies() -> list[Cookie]:
    """Return every cookie that the house sets."""
    return [
        Cookie(
            settings.SESSION_COOKIE_NAME,
            _("that you are signed in"),
            timedelta(seconds=settings.SESSION_COOKIE_AGE),
        ),
        Cookie(
            settings.CSRF_COOKIE_NAME,
            _("that a form was opened here, and not on another site"),
            timedelta(seconds=settings.CSRF_COOKIE_AGE),
        ),
        Cookie(
            settings.LANGUAGE_COOKIE_NAME,
            _("the language you chose"),
            timedelta(seconds=settings.LANGUAGE_COOKIE_AGE),
        ),
        Cookie("messages", _("a sentence to show on the next page"), timedelta(0)),
    ]
