"""The secrets in a letter's links: whose letters they are, at which address, signed by the house.

They are kept nowhere. At another address, or for somebody who is gone, they lead nowhere.
"""

import hashlib
from dataclasses import dataclass

from django.core import signing

from coulisses.lib.refusals import require
from coulisses.notices import people
from coulisses.notices.models import Notice
from coulisses.notices.refusals import LinkLeadsNowhere
from coulisses.people import postal
from coulisses.projects.models import Project

LONGEST = 200
_letters = signing.Signer(salt="coulisses.notices.letters", sep=".")
_threads = signing.Signer(salt="coulisses.notices.threads", sep=".")


@dataclass(frozen=True)
class Thread:
    """What a letter's link mutes, and for whom."""

    voice: str
    project: Project
    thread: str
    place: str


def path(voice: str, address: str) -> str:
    """Return the address, from the house's root, of the page that ends somebody's letters."""
    return f"/notices/letters/{_letters.sign(f'{voice}-{_mark(address)}')}/"


def find(token: str) -> str:
    """Return the voice whose letters a token ends. Raises LinkLeadsNowhere."""
    return _holder(*_read(_letters, token, 2))


def mute_path(notice: Notice, address: str) -> str:
    """Return the address of the page that mutes a notice's thread."""
    said = f"{notice.voice_id}-{_mark(address)}-{notice.pk}"
    return f"/notices/threads/{_threads.sign(said)}/"


def find_thread(token: str) -> Thread:
    """Return what a token mutes. Raises LinkLeadsNowhere."""
    voice, mark, number = _read(_threads, token, 3)
    holder = _holder(voice, mark)
    rows = Notice.objects.filter(pk=int(number), voice=holder).exclude(thread="")
    notice = rows.select_related("project__studio").first()
    require(notice, LinkLeadsNowhere)
    assert notice
    return Thread(holder, notice.project, notice.thread, notice.place)


def _holder(voice: str, mark: str) -> str:
    reader = people.reader_of(voice)
    box = postal.boxes([reader.voice]).get(reader.voice, "") if reader else ""
    require(reader and box and _mark(box) == mark, LinkLeadsNowhere)
    assert reader
    return reader.voice


def _read(signer: signing.Signer, token: str, count: int) -> list[str]:
    try:
        said = signer.unsign(token[:LONGEST]).split("-")
    except signing.BadSignature:
        raise LinkLeadsNowhere from None
    require(len(said) == count, LinkLeadsNowhere)
    return said


def _mark(address: str) -> str:
    return hashlib.sha256(address.encode()).hexdigest()[:16]
