"""An entry's card as a reader elsewhere can show it: its words, pictures and sounds, no controls.

A card stays the only place where an entry becomes HTML. What belongs to our pages is taken off:
the header (number, hour, who), the title (which a feed says itself), frames, switches.
"""

import re

import nh3

TAGS = {
    *("a", "audio", "b", "blockquote", "br", "code", "del", "details", "em", "figcaption"),
    *("figure", "h3", "h4", "h5", "h6", "hr", "img", "ins", "li", "ol", "p", "pre", "small"),
    *("strong", "summary", "table", "tbody", "td", "th", "thead", "tr", "ul"),
}
GONE = {"h2", "header", "label", "nav", "script", "style", "svg"}  # with all that is in them
ATTRIBUTES = {
    "a": {"href", "title"},
    "audio": {"controls", "src"},
    "img": {"alt", "height", "src", "width"},
    "ol": {"start"},
}

_code = re.compile(r"<pre.*?</pre>", re.DOTALL)
# A line's own number and hour; a card has them in its header.
_placed = re.compile(r'<a class="no".*?</a>|<span class="when">.*?</span>', re.DOTALL)
_prose = re.compile(r'<div class="prose[^>]*>(.*?)</div>', re.DOTALL)
_title = re.compile(r"<h2[^>]*>(.*?)</h2>", re.DOTALL)
_tag = re.compile(r"<[^>]+>")


def plain(card: str) -> str:
    """Return a card's HTML as readers show it; addresses in it stay as they are."""
    bare = _placed.sub("", card)
    with_lines = _code.sub(lambda found: found[0].replace("</span>", "</span>\n"), bare)
    with_lines = _prose.sub(lambda found: f"<p>{found[1].replace(chr(10), '<br>')}</p>", with_lines)
    return nh3.clean(
        with_lines,
        tags=TAGS,
        clean_content_tags=GONE,
        attributes=ATTRIBUTES,
        generic_attribute_prefixes=set(),
        url_schemes={"http", "https", "mailto"},
        link_rel=None,
    ).strip()


def title(card: str) -> str:
    """Return what a card is headed with, as HTML without tags; empty where it has no heading."""
    found = _title.search(card)
    return " ".join(_tag.sub("", found[1]).split()) if found else ""
