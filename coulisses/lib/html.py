"""Markdown that anybody typed, as HTML that cannot harm: few tags, no scripts, no pictures.

The text is bounded before it is read, and so is its nesting: what is too deep stays plain text.
"""

from collections.abc import Sequence
from html import escape, unescape
from typing import Any

import nh3
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt
from markdown_it.token import Token

from coulisses.lib.text import clean, clean_line, cut

LONGEST = 50_000  # characters of markdown that are read at all
DEEPEST = 12  # blocks within blocks
FIRST_HEADING = 3  # a page and its entry have the first two for themselves

TAGS = {
    *("a", "blockquote", "br", "code", "del", "em", "h3", "h4", "h5", "h6", "hr", "li", "ol", "p"),
    *("pre", "strong", "table", "tbody", "td", "th", "thead", "tr", "ul"),
}
ATTRIBUTES = {"a": {"href", "title"}, "ol": {"start"}}
SET = {"pre": {"tabindex": "0"}}  # long lines scroll in their box, by keys too
SCHEMES = {"http", "https", "mailto"}
REL = "nofollow ugc noopener"

_markdown = MarkdownIt("commonmark", {"html": False, "maxNesting": DEEPEST}).enable(
    ["strikethrough", "table"]
)


def from_markdown(text: str) -> SafeString:
    """Return safe HTML for markdown; headings begin at h3, pictures become their words."""
    html = _markdown.render(clean(text)[:LONGEST])
    return mark_safe(
        nh3.clean(
            html,
            tags=TAGS,
            attributes=ATTRIBUTES,
            set_tag_attribute_values=SET,
            url_schemes=SCHEMES,
            link_rel=REL,
        )
    )


def plain(text: str, *, longest: int = 300) -> str:
    """Return the words of markdown on one line, for lists, feeds and descriptions."""
    bare = nh3.clean(_markdown.render(clean(text)[:LONGEST]), tags=set())
    return cut(clean_line(unescape(bare)), longest)


def has_link(text: str) -> bool:
    """Whether markdown leads anywhere, however its link is spelled; bare addresses do not."""
    if "[" not in text and "<" not in text:  # as most words
        return False
    blocks = _markdown.parse(clean(text)[:LONGEST])
    return any(one.type == "link_open" for block in blocks for one in block.children or ())


def _demote(state: Any) -> None:
    for token in state.tokens:
        if token.type in ("heading_open", "heading_close"):
            token.tag = f"h{min(int(token.tag[1]) + FIRST_HEADING - 1, 6)}"


def _words_of_image(tokens: Sequence[Token], index: int, *_: Any) -> str:
    return escape(tokens[index].content)


_markdown.core.ruler.push("demote", _demote)
_markdown.renderer.rules["image"] = _words_of_image  # type: ignore[attr-defined]
