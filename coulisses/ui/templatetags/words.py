"""Filters and tags for what pages say."""

import re
from datetime import UTC, date, datetime
from itertools import dropwhile
from typing import Any
from urllib.parse import urlsplit

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from coulisses.lib import html
from coulisses.projects import works
from coulisses.projects.models import Studio
from coulisses.ui import figures, reasons, words

register = template.Library()

# A long line that goes on in the next was broken by an editor at its margin, not by a writer.
_wrapped = re.compile(r"(?<=[^\n]{55})\n(?=[^\W\d_])")

register.filter("kind_name", words.kind)
register.filter("asks", words.asks)
register.filter("in_bytes", words.size)
register.filter("share", words.share)
register.filter("shape", words.shape)
register.filter("leaves", words.leaves)
register.filter("steps", words.steps)
register.filter("secret", reasons.secret)
register.filter("troubles", reasons.troubles)
register.filter("unshown", reasons.unshown)
register.filter("lacking", reasons.lacking)
register.filter("markdown", html.from_markdown)
register.filter("plain", html.plain)
register.filter("day", words.day)
register.filter("hour", words.hour)
register.filter("moment", words.moment)
register.filter("stretch", words.stretch)
register.filter("span", words.span)
register.filter("lasting", words.lasting)
register.filter("for_long", words.for_long)
register.filter("decimal", words.decimal)
register.filter("grouped", words.number)
register.filter("clock", words.clock)


@register.filter
def host(link: str) -> str:
    """Return the name of the house that a link leads to."""
    return urlsplit(link).hostname or link


@register.filter
def iso_day(spelled: str) -> str:
    """Return a day in words that a fact spells as 2026-06-12."""
    return words.day(date.fromisoformat(spelled))


@register.filter
def until(first: date, last: date) -> str:
    """Return from which day to which."""
    return words.course(first, last)


@register.filter
def when(at: datetime) -> SafeString:
    """Return a time: absolute in the bytes, which are kept; the browser says how long ago."""
    return format_html(
        '<relative-time><time datetime="{}">{}</time></relative-time>',
        at.strftime("%Y-%m-%dT%H:%M:%SZ"),
        words.moment(at),
    )


@register.filter
def iso(at: datetime) -> str:
    """Return a time as elements read it: 2026-05-03T14:32:00Z."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


@register.filter
def lengths(seconds: list[float]) -> str:
    """Return the lengths of one sound or two: 2 min 41 → 2 min 38."""
    return " → ".join(words.lasting(one) for one in seconds)


@register.filter
def loudnesses(known: list[float]) -> str:
    """Return the loudness of one sound or two: −14.2 → −12.9."""
    return " → ".join(words.decimal(one) for one in known)


@register.filter
def word_diff(pairs: list[list[str]]) -> SafeString:
    """Return [["=", kept], ["-", cut], ["+", put] …] with the cut in del, the put in ins."""
    marks = {"-": "<del>{}</del>", "+": "<ins>{}</ins>", "=": "{}", "…": " … "}
    parts = (format_html(marks.get(sign, "{}"), _wrapped.sub(" ", text)) for sign, text in pairs)
    return mark_safe("".join(parts))  # noqa: S308  each part is escaped


@register.filter
def code_lines(lines: list[list[str]]) -> SafeString:
    """Return [[" ", same], ["-", cut], ["+", put] …] as one span for each line."""
    classes = {"+": "put", "-": "cut", " ": "same"}
    told = dropwhile(lambda line: not line[1].strip(), lines)
    rows = ((classes.get(sign, "same"), sign, text) for sign, text in told)
    return format_html_join("", '<span class="{}">{} {}</span>', rows)


@register.filter
def rest_of(moved: list[Any], shown: int) -> str:
    """Return words for the figures beyond those that are shown."""
    return figures.others(len(moved) - shown)


@register.filter
def get(mapping: dict[Any, Any], key: Any) -> Any:
    """Return a mapping's value, None where there is none."""
    return mapping.get(key)


@register.simple_tag
def studio_of(account: Any) -> Studio | None:
    """Return the studio that somebody works in, the first where there are several."""
    return next(iter(works.studios(account)), None)
