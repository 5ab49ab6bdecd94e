"""A page's cards as rows of a list: of thirty, what is the same in all is made once."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import template
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

from coulisses.pages.queries.runs import Item

register = template.Library()

ABOVE = ' class="is-said-above"'


@register.simple_tag(takes_context=True)
def cards(context: Mapping[str, Any], items: Iterable[Item]) -> SafeString:
    """Return cards with what stands under them and, for makers, the hand that pins them."""
    under = context.get("under") or {}
    hand = _Hand(context) if context["sight"].is_maker else None
    rows = [
        f"<li{ABOVE if one.is_said_above else ''}>{one.html}{under.get(one.position, '')}"
        f"{hand.of(one) if hand and one.is_pinnable else ''}</li>"
        for one in items
    ]
    return mark_safe("".join(rows))  # noqa: S308  cards and slots are HTML already


class _Hand:
    """Draws the forms by which makers put entries into the short reading, and take them out."""

    def __init__(self, context: Mapping[str, Any]) -> None:
        self._path = escape(context["project"].path)
        self._token = escape(str(context.get("csrf_token", "")))
        self._ways = {
            False: ("pin", gettext("Put %(position)s into the short reading"), gettext("Pin")),
            True: (
                "unpin",
                gettext("Take %(position)s out of the short reading"),
                gettext("Unpin"),
            ),
        }

    def of(self, item: Item) -> str:
        """Return the form of one entry."""
        way, label, word = self._ways[item.is_pinned]
        named = escape(label % {"position": item.position})
        return (
            f'<form class="hand" method="post" action="{self._path}{item.position}/pin">'
            f'<input type="hidden" name="csrfmiddlewaretoken" value="{self._token}">'
            f'<button class="reach" name="action" value="{way}" aria-label="{named}">'
            f"{escape(word)}</button></form>"
        )
