"""A project's newest entries as Atom (RFC 4287): whole, with addresses that hold anywhere."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from io import StringIO
from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.xmlutils import SimplerXMLGenerator

from coulisses.log import kinds, ledger
from coulisses.log.models import Entry
from coulisses.moments import laying
from coulisses.projects.models import Project
from coulisses.projects.telling import GRACE
from coulisses.ui import entries, words

LENGTH = 50
LOOKED_AT = 150  # entries among which the feed's are found: quiet ones tell nothing by themselves
NAMESPACE = "http://www.w3.org/2005/Atom"

_local = re.compile(r'(href|src)="/')
_illegal = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True)
class Told:
    """An entry of the feed: its title and HTML, and when it last changed."""

    entry: Entry
    title: str
    html: str
    updated: datetime


def language(project: Project) -> str:
    """Return the language that a project's feed is written in."""
    return project.language if project.language in dict(settings.LANGUAGES) else "en"


def read(project: Project, *, at: datetime) -> tuple[list[Told], datetime | None]:
    """Return what everybody may read of a project's newest entries, newest first.

    What was told within the last minute may still be taken back and is left out; the second part
    is when the first of these comes in, None where none is.
    """
    known = ledger.read(
        project.work, audiences=ledger.OUTSIDE, at=at, newest_first=True, limit=LOOKED_AT
    )
    loud = [one for one in known if isinstance(one, Entry) and not _is_quiet(one)]
    coming = [one.told_at for one in loud if not _is_settled(one, at)]
    loud = [one for one in loud if _is_settled(one, at)]
    under = laying.over(project, [one.position for one in loud])  # they come with their sentence
    loud = [one for one in loud if one.position not in under][:LENGTH]
    around = entries.look_around(project, loud, audiences=ledger.OUTSIDE, at=at, is_full=True)
    tongue = language(project)
    with translation.override(tongue):
        told = [
            Told(
                entry=one,
                title=_title(one),
                html=entries.card(project, one, around, language=tongue, is_full=True),
                updated=max(
                    [one.told_at, *(s.told_at for s in around.sequels.get(one.position, []))]
                ),
            )
            for one in loud
        ]
    return told, min(coming) + GRACE if coming else None


def _is_settled(entry: Entry, at: datetime) -> bool:
    return entry.past or entry.told_at <= at - GRACE


def spell(project: Project, told: Sequence[Told], *, base: str) -> str:
    """Return the feed as XML; `base` is the house's address, put before every local one."""
    out = StringIO()
    xml: Any = SimplerXMLGenerator(out, "utf-8")
    xml.startDocument()
    xml.startElement("feed", {"xmlns": NAMESPACE, "xml:lang": language(project)})
    _say(xml, "id", f"urn:x-coulisses:{project.work_id}")
    _say(xml, "title", project.title)
    _say(xml, "subtitle", project.line)
    _say(xml, "updated", _instant(max((one.updated for one in told), default=project.opened_at)))
    _link(xml, "alternate", f"{base}{project.path}", "text/html")
    _link(xml, "self", f"{base}{project.path}feed.atom", "application/atom+xml")
    xml.startElement("author", {})
    _say(xml, "name", project.studio.name)
    xml.endElement("author")
    for one in told:
        _entry(xml, project, one, base)
    xml.endElement("feed")
    xml.endDocument()
    return out.getvalue()


def _entry(xml: Any, project: Project, one: Told, base: str) -> None:
    address = f"{base}{project.path}{one.entry.position}"
    xml.startElement("entry", {})
    _say(xml, "id", f"urn:x-coulisses:{project.work_id}:{one.entry.position}")
    _say(xml, "title", one.title)
    _say(xml, "published", _instant(one.entry.happened_at))
    _say(xml, "updated", _instant(one.updated))
    _link(xml, "alternate", address, "text/html")
    if one.entry.topic:
        xml.addQuickElement("category", "", {"term": one.entry.topic})
    _say(xml, "content", _local.sub(rf'\1="{base}/', one.html), type="html")
    xml.endElement("entry")


def _title(entry: Entry) -> str:
    headline = entry.fact.headline()
    if headline:
        return f"{entry.position} · {headline}"
    return f"{entry.position} · {words.kind(entry.topic)}" if entry.topic else str(entry.position)


def _is_quiet(entry: Entry) -> bool:
    fact = kinds.of(entry.kind)
    return bool(fact and fact.is_quiet)


def _say(xml: Any, name: str, text: str, **attributes: str) -> None:
    xml.addQuickElement(name, _illegal.sub("", text), attributes)


def _link(xml: Any, rel: str, href: str, mime: str) -> None:
    xml.addQuickElement("link", "", {"rel": rel, "href": href, "type": mime})


def _instant(at: datetime) -> str:
    return at.strftime("%Y-%m-%dT%H:%M:%SZ")
