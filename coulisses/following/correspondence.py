"""Letters to those who follow: addressed now, written when they leave.

So what is shredded in between is in none of them, and whoever ends them hears nothing more.
"""

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Any

from django.conf import settings

from coulisses.following import news, tokens
from coulisses.following.models import Follower
from coulisses.people import letters
from coulisses.people.letters import Written

NAME = "following"
ASKED = "asked"  # the key of a letter that asks, or says what is so already


def tell(followers: Iterable[Follower], *, upto: int) -> None:
    """Address a letter to each, of all that was told from their bookmark up to a position."""
    letters.address(NAME, [(one.address, f"{one.pk}:{one.position}:{upto}") for one in followers])


def answer(follower: Follower) -> None:
    """Address the letter that answers whoever left an address: with a link, whoever they are."""
    letters.address(NAME, [(follower.address, f"{follower.pk}:{ASKED}")])


def write(keys: Sequence[str]) -> Mapping[str, Written]:
    """Return what the letters of some keys say; the text is made once for all who read the same."""
    spelled = {key: key.split(":") for key in keys}
    rows = Follower.objects.filter(pk__in={parts[0] for parts in spelled.values()})
    known = {one.pk: one for one in rows.select_related("project__studio", "project__work")}
    made = cache(news.make)  # for these letters: what they say may be taken out before the next
    said: dict[str, Written] = {}
    for key, (pk, *between) in spelled.items():
        follower = known.get(pk)
        if follower is None or not _is_shown(follower):
            continue
        if between == [ASKED]:
            said[key] = _dressed(follower, _answer(follower))
        elif follower.is_written_to:
            after, upto = map(int, between)
            text = made(follower.project, after, upto, follower.language)
            if text:
                said[key] = _dressed(follower, _addressed(follower, text))
    return said


def _is_shown(follower: Follower) -> bool:
    project = follower.project
    return project.is_raised and project.withdrawn_at is None


def _answer(follower: Follower) -> Written:
    said: dict[str, Any] = {
        "project": follower.project,
        "follower": follower,
        "link": settings.PUBLIC_URL + tokens.path(follower),
        "house": settings.PUBLIC_URL,
    }
    name = "following_already" if follower.is_written_to else "following_confirm"
    return letters.composed(name, said, language=follower.language, html=f"{name}.html")


def _addressed(follower: Follower, text: news.News) -> Written:
    token = tokens.spell(follower)
    return Written(text.subject, text.plain.of(token), text.html.of(token))


def _dressed(follower: Follower, written: Written) -> Written:
    """Give a letter the headers by which mail programs offer to end it (RFC 8058, RFC 2919)."""
    page = settings.PUBLIC_URL + tokens.path(follower)
    host = settings.PUBLIC_URL.partition("://")[2].partition(":")[0]
    project = follower.project
    headers = {
        "List-Id": f"<{project.slug}.{project.studio.slug}.{host}>",
        "List-Unsubscribe": f"<{page}end>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        "Precedence": "bulk",
    }
    return Written(written.subject, written.text, written.html, headers, handle=follower.pk)
