"""Feeds as JSON Feed 1.1 (jsonfeed.org/version/1.1)."""

import json
from typing import Any

from coulisses.feeds import documents
from coulisses.feeds.documents import JSON, Feed, Item
from coulisses.ui import words

VERSION = "https://jsonfeed.org/version/1.1"


def spell(feed: Feed, *, base: str) -> bytes:
    """Return a feed as JSON; `base` is the house's address, put before every local one."""
    said: dict[str, Any] = {
        "version": VERSION,
        "title": feed.title,
        "home_page_url": f"{base}{feed.home}",
        "feed_url": documents.at(base, feed.here, JSON),
        "language": feed.language,
        "authors": [{"name": feed.author}],
    }
    if feed.line:
        said["description"] = feed.line
    if feed.older:
        said["next_url"] = documents.at(base, feed.older, JSON)
    if documents.hub() and not feed.is_archive:
        said["hubs"] = [{"type": "WebSub", "url": documents.hub()}]
    said["_coulisses"] = _ours(feed)
    said["items"] = [_item(one, base) for one in feed.items]
    return json.dumps(said, ensure_ascii=False).encode()


def _ours(feed: Feed) -> dict[str, Any]:
    """Return what JSON Feed has no word for."""
    ours: dict[str, Any] = {"about": "https://jsonfeed.org/mappingrssandatom", "id": feed.id}
    if feed.licence:
        ours["rights"] = feed.licence_words or str(feed.licence.name)
        ours["license"] = feed.licence.address
    return ours


def _item(one: Item, base: str) -> dict[str, Any]:
    studio = one.project.studio
    said: dict[str, Any] = {
        "id": one.id,
        "url": f"{base}{one.path}",
        "title": one.title,
        "content_html": one.whole(base),
        "date_published": documents.instant(one.published),
        "date_modified": documents.instant(one.updated),
        "authors": [{"name": one.author or studio.name, "url": f"{base}/@{studio.slug}/"}],
        "language": words.tongue(one.project),
    }
    if one.topic:
        said["tags"] = [one.topic]
    if one.picture:
        said["image"] = f"{base}{one.picture.large}"
    if one.sounds:
        said["attachments"] = [
            {
                "url": f"{base}{sound.path}",
                "mime_type": sound.mime,
                "size_in_bytes": sound.size,
                "duration_in_seconds": round(sound.seconds),
            }
            for sound in one.sounds
        ]
    return said
