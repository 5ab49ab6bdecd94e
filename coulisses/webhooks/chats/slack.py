"""Slack: blocks. Words go as plain text, which Slack never reads for marks or calls."""

from typing import Any

from coulisses.webhooks.chats.news import News, cut

FALLBACK, HEADER, SECTION, CONTEXT, ALT = 1000, 150, 3000, 1000, 2000


def spell(news: News) -> dict[str, Any]:
    """Return what Slack takes; links unfold nothing, and names of channels call nobody."""
    blocks: list[dict[str, Any]] = [{"type": "header", "text": _plain(news.title, HEADER)}]
    if news.body:
        blocks.append({"type": "section", "text": _plain(news.body, SECTION)})
    if news.picture:
        alt = cut(news.alt or news.title, ALT)
        blocks.append({"type": "image", "image_url": news.picture, "alt_text": alt})
    foot = [_plain(" · ".join(one for one in (news.by, news.foot) if one), CONTEXT)]
    blocks.append({"type": "context", "elements": [*foot, *_link(news.url)]})
    fallback = cut(f"{news.project}: {news.title}", FALLBACK)
    return {
        "text": _escaped(fallback),
        "blocks": blocks,
        "parse": "none",
        "link_names": False,
        "unfurl_links": False,
        "unfurl_media": False,
    }


def _plain(words: str, longest: int) -> dict[str, Any]:
    return {"type": "plain_text", "text": cut(words, longest), "emoji": False}


def _link(url: str) -> list[dict[str, Any]]:
    if not url:
        return []
    return [{"type": "mrkdwn", "text": f"<{_escaped(url)}>", "verbatim": True}]


def _escaped(words: str) -> str:
    return words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
