"""Feeds as Atom (RFC 4287), with archives (RFC 5005) and licences (RFC 4946)."""

from io import StringIO
from typing import Any

from django.utils.xmlutils import SimplerXMLGenerator

from coulisses.feeds import documents
from coulisses.feeds.documents import ATOM, JSON, MIMES, Feed, Item
from coulisses.lib.text import for_xml
from coulisses.ui import words

NAMESPACE = "http://www.w3.org/2005/Atom"
HISTORY = "http://purl.org/syndication/history/1.0"


def spell(feed: Feed, *, base: str) -> bytes:
    """Return a feed as XML; `base` is the house's address, put before every local one."""
    out = StringIO()
    xml: Any = SimplerXMLGenerator(out, "utf-8")
    xml.startDocument()
    spaces = {"xmlns": NAMESPACE, "xmlns:fh": HISTORY, "xml:lang": feed.language}
    xml.startElement("feed", spaces)
    _head(xml, feed, base)
    is_of_several = feed.home not in {one.path for one in feed.projects}
    for one in feed.items:
        _entry(xml, feed, one, base, is_of_several)
    xml.endElement("feed")
    xml.endDocument()
    return out.getvalue().encode()


def _head(xml: Any, feed: Feed, base: str) -> None:
    _say(xml, "id", feed.id)
    _say(xml, "title", feed.title)
    _say(xml, "subtitle", feed.line)
    _say(xml, "updated", documents.instant(feed.updated))
    _link(xml, "alternate", f"{base}{feed.home}", "text/html")
    for rel, place in _places(feed):
        _link(xml, rel, documents.at(base, place, ATOM), MIMES[ATOM])
    _link(xml, "alternate", documents.at(base, feed.here, JSON), MIMES[JSON])
    if documents.hub() and not feed.is_archive:
        _link(xml, "hub", documents.hub())
    if feed.is_archive:
        xml.addQuickElement("fh:archive")
    if feed.licence:
        _say(xml, "rights", feed.licence_words or str(feed.licence.name))
        if feed.licence.address:
            _link(xml, "license", feed.licence.address)
    _author(xml, feed.author)
    xml.addQuickElement("generator", "Coulisses")


def _places(feed: Feed) -> list[tuple[str, str]]:
    places = [("self", feed.here), ("prev-archive", feed.older)]
    places += [("next-archive", feed.newer), ("current", feed.current)]
    return [(rel, place) for rel, place in places if place]


def _entry(xml: Any, feed: Feed, one: Item, base: str, is_of_several: bool) -> None:
    tongue = words.tongue(one.project)
    xml.startElement("entry", {} if tongue == feed.language else {"xml:lang": tongue})
    _say(xml, "id", one.id)
    _say(xml, "title", one.title)
    _say(xml, "published", documents.instant(one.published))
    _say(xml, "updated", documents.instant(one.updated))
    _link(xml, "alternate", f"{base}{one.path}", "text/html")
    _author(xml, one.author or (one.project.studio.name if is_of_several else ""))
    if one.topic:
        xml.addQuickElement("category", "", {"term": one.topic})
    for sound in one.sounds:
        said = {"rel": "enclosure", "href": f"{base}{sound.path}", "type": sound.mime}
        xml.addQuickElement("link", "", {**said, "length": str(sound.size)})
    if is_of_several:
        _source(xml, one, base)
    _say(xml, "content", one.whole(base), type="html")
    xml.endElement("entry")


def _source(xml: Any, one: Item, base: str) -> None:
    xml.startElement("source", {})
    _say(xml, "id", documents.of_project(one.project))
    _say(xml, "title", one.project.title)
    _link(xml, "self", f"{base}{one.project.path}feed.atom", MIMES[ATOM])
    xml.endElement("source")


def _author(xml: Any, name: str) -> None:
    if name:
        xml.startElement("author", {})
        _say(xml, "name", name)
        xml.endElement("author")


def _say(xml: Any, name: str, text: str, **attributes: str) -> None:
    if text or name in {"title", "content"}:
        xml.addQuickElement(name, for_xml(text), attributes)


def _link(xml: Any, rel: str, href: str, mime: str = "") -> None:
    xml.addQuickElement("link", "", {"rel": rel, "href": href, **({"type": mime} if mime else {})})
