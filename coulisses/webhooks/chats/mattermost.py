"""Mattermost: an attachment, in which marks mean nothing and an @ calls nobody."""

from typing import Any

from coulisses.webhooks.chats.news import News, cut, unmarked

TITLE, TEXT, FOOTER, FALLBACK = 250, 3500, 300, 300
# All that is not the message counts as its properties, of which old servers take 8,000 characters.


def spell(news: News) -> dict[str, Any]:
    """Return what Mattermost takes."""
    shown: dict[str, Any] = {
        "fallback": cut(f"{news.project}: {news.title}", FALLBACK),
        "color": news.colour,
        "title": unmarked(news.title, TITLE),
        "text": unmarked(news.body, TEXT),
        "footer": cut(news.foot, FOOTER),
    }
    if news.by:
        shown["author_name"] = cut(news.by, FALLBACK)
    if news.url:
        shown["title_link"] = news.url
    if news.picture:
        shown["image_url"] = news.picture
    return {"text": "", "attachments": [shown]}
