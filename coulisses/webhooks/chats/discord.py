"""Discord: an embed. Its limits are those of Discord's documentation of embeds."""

from typing import Any

from coulisses.webhooks.chats.news import News, cut, unmarked

TITLE, DESCRIPTION, FOOTER, AUTHOR = 256, 4096, 1024, 256  # 6,000 together is too much, too


def spell(news: News) -> dict[str, Any]:
    """Return what Discord takes; nobody is called by it, whatever the words say."""
    embed: dict[str, Any] = {
        "title": unmarked(news.title, TITLE),
        "color": int(news.colour[1:], 16),
        "footer": {"text": cut(news.foot, FOOTER)},
    }
    if news.by:
        embed["author"] = {"name": cut(news.by, AUTHOR)}
    if news.url:
        embed["url"] = news.url
    if news.at:
        embed["timestamp"] = news.at
    if news.picture:
        embed["image"] = {"url": news.picture}
    if news.body:
        embed["description"] = unmarked(news.body, DESCRIPTION)
    return {"embeds": [embed], "allowed_mentions": {"parse": []}}
