"""Words for times, spans and kinds, in the page's language."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from functools import lru_cache

from django.conf import settings
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import (
    get_language,
    gettext,
    gettext_lazy,
    ngettext,
    pgettext,
    pgettext_lazy,
)

from coulisses.projects.models import Project
from coulisses.ui import french
from coulisses.ui.paper import Paper

MOST_NAMED = 5  # pages, by their numbers

KINDS = {
    "capture": pgettext_lazy("kind", "step"),
    "progress": pgettext_lazy("kind", "progress"),
    "doubt": pgettext_lazy("kind", "doubt"),
    "failure": pgettext_lazy("kind", "failure"),
    "breakthrough": pgettext_lazy("kind", "breakthrough"),
    "question": pgettext_lazy("kind", "question"),
    "milestone": pgettext_lazy("kind", "milestone"),
    "note": pgettext_lazy("kind", "note"),
    "session": pgettext_lazy("kind", "session"),
    "decision": pgettext_lazy("kind", "decision"),
    "brainstorm": pgettext_lazy("kind", "brainstorm"),
}


ASKS = {
    "eyes": gettext_lazy("Asks for your eyes."),
    "courage": gettext_lazy("Asks for courage."),
    "advice": gettext_lazy("Asks for advice."),
    "listening": gettext_lazy("Asks to be heard, nothing more."),
}


def asks(key: str) -> str:
    """Return what a doubt asks for, as a sentence; empty where it doesn't say."""
    return str(ASKS.get(key, ""))


def kind(topic: str) -> str:
    """Return what a strip of tape says for a topic; the topic itself where none is known."""
    return str(KINDS.get(topic, topic))


def day(on: date) -> str:
    """Return a date in words: 3 May 2026, 1er mai 2026."""
    return _day(on, get_language() or "")


@lru_cache(maxsize=4_096)
def _day(on: date, _language: str) -> str:
    is_french_first = on.day == 1 and french.is_spoken()
    number = "1er" if is_french_first else str(on.day)
    return f"{number} {date_format(on, 'F Y')}"


def day_of_year(on: date) -> str:
    """Return a day in words without its year: 3 May, 1er mai."""
    return day(on).rpartition(" ")[0]


def course(first: date, last: date) -> str:
    """Return from when to when: From 3 May to 12 June 2026; On 3 May 2026 where it is one day."""
    if first == last:
        return gettext("On %(day)s") % {"day": day(first)}
    begin = day_of_year(first) if first.year == last.year else day(first)
    return gettext("From %(first)s to %(last)s") % {"first": begin, "last": day(last)}


def moment(at: datetime) -> str:
    """Return a day and an hour: 3 May 2026, 14:32 UTC; 3 mai 2026, 14 h 32 UTC.

    The bytes of a page are everybody's: they name the zone, and the browser says the reader's.
    """
    return f"{day(timezone.localtime(at).date())}, {hour(at)}"


def hour(at: datetime) -> str:
    """Return an hour with its zone: 14:32 UTC; 14 h 32 UTC."""
    at = timezone.localtime(at)
    said = pgettext("hour", "%(hour)s:%(minute)s") % {
        "hour": at.strftime("%H"),
        "minute": at.strftime("%M"),
    }
    return f"{said}\u00a0{at.tzname()}"


def stretch(at: datetime) -> str:
    """Return the part of a day that a sitting began in: Afternoon of 3 May 2026."""
    at = timezone.localtime(at)
    parts: list[tuple[int, Callable[[], str]]] = [
        (5, lambda: gettext("Night of %(day)s")),
        (12, lambda: gettext("Morning of %(day)s")),
        (18, lambda: gettext("Afternoon of %(day)s")),
        (24, lambda: gettext("Evening of %(day)s")),
    ]
    words = next(words for until, words in parts if at.hour < until)
    return words() % {"day": day(at.date())}


def number(count: int) -> str:
    """Return a number with its thousands apart: 4,174, or 4 174 in French."""
    apart = "\u202f" if french.is_spoken() else ","
    return f"{count:,}".replace(",", apart)


def steps(count: int) -> str:
    """Return how many entries there are, in words."""
    return ngettext("%(count)s step", "%(count)s steps", count) % {"count": number(count)}


def span(time: timedelta) -> str:
    """Return a duration: 40 min, 2 h 40; empty under a minute."""
    minutes = int(time.total_seconds()) // 60
    hours, rest = divmod(minutes, 60)
    if not minutes:
        return ""
    if not hours:
        return gettext("%(minutes)s min") % {"minutes": rest}
    if not rest:
        return gettext("%(hours)s h") % {"hours": hours}
    return gettext("%(hours)s h %(minutes)s") % {"hours": hours, "minutes": f"{rest:02}"}


def lasting(seconds: float) -> str:
    """Return how long a sound is: 3.2 s, 41 s, 2 min 41, 1 h 02."""
    if seconds < 10:
        return gettext("%(seconds)s s") % {"seconds": decimal(seconds)}
    whole = round(seconds)
    if whole < 60:
        return gettext("%(seconds)s s") % {"seconds": whole}
    minutes, rest = divmod(whole, 60)
    if minutes < 60:
        return gettext("%(minutes)s min %(seconds)s") % {
            "minutes": minutes,
            "seconds": f"{rest:02}",
        }
    hours, minutes = divmod(minutes, 60)
    return gettext("%(hours)s h %(minutes)s") % {"hours": hours, "minutes": f"{minutes:02}"}


def decimal(number: float) -> str:
    """Return a number with one decimal: −14.2, −14,2 in French."""
    said = f"{number:.1f}".replace("-", "−")
    return said.replace(".", ",") if french.is_spoken() else said


def clock(seconds: float) -> str:
    """Return a place in a sound, as players say it: 0:42, 1:02:07."""
    minutes, rest = divmod(int(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


def size(count: int) -> str:
    """Return a file's size: 812 B, 14 kB, 3.2 MB, 21.5 GB."""
    if count < 1000:
        return pgettext("bytes", "%(size)s B") % {"size": count}
    if count < 1_000_000:
        return pgettext("bytes", "%(size)s kB") % {"size": round(count / 1000)}
    is_large = count >= 1_000_000_000
    number = f"{count / (1_000_000_000 if is_large else 1_000_000):.1f}"
    if french.is_spoken():
        number = number.replace(".", ",")
    if is_large:
        return pgettext("bytes", "%(size)s GB") % {"size": number}
    return pgettext("bytes", "%(size)s MB") % {"size": number}


def share(thousandths: int) -> str:
    """Return a part of a whole: 14%, 14 % in French; 0.4% below one."""
    is_little = 0 < thousandths < 10
    number = f"{thousandths / 10:.1f}" if is_little else str(round(thousandths / 10))
    if french.is_spoken():
        number = number.replace(".", ",")
    return pgettext("share", "%(number)s%%") % {"number": number}


def numbered(version: int) -> str:
    """Return a version's short name: v12."""
    return pgettext("version", "v%(number)s") % {"number": version}


def leaves(paper: Paper) -> str:
    """Return how many pages a document has, and which changed: 12 pages · pages 3 and 7 changed."""
    count = ngettext("%(count)s page", "%(count)s pages", paper.count) % {"count": paper.count}
    if not paper.changed or paper.count == 1:
        return count
    first, last = [str(one) for one in paper.changed[:-1]], str(paper.changed[-1])
    if len(first) >= MOST_NAMED:
        first, last = first[:MOST_NAMED], gettext("others")
    numbers = gettext("%(first)s and %(last)s") % {"first": ", ".join(first), "last": last}
    changed = ngettext("page %(numbers)s changed", "pages %(numbers)s changed", len(paper.changed))
    return f"{count} · {changed % {'numbers': numbers if first else last}}"


SHAPES = {
    "landscape": gettext_lazy("landscape"),
    "square": gettext_lazy("square"),
    "vertical": gettext_lazy("vertical"),
}


def shape(name: str) -> str:
    """Return what a film's shape is called."""
    return str(SHAPES.get(name, name))


def for_long(time: timedelta) -> str:
    """Return how long something is kept: in days, or in hours and minutes below one."""
    minutes = int(time.total_seconds()) // 60
    if minutes >= 24 * 60:
        days = minutes // (24 * 60)
        return ngettext("%(count)s day", "%(count)s days", days) % {"count": days}
    if minutes >= 60:
        hours = minutes // 60
        return ngettext("%(count)s hour", "%(count)s hours", hours) % {"count": hours}
    return ngettext("%(count)s minute", "%(count)s minutes", minutes) % {"count": minutes}


def tongue(project: Project) -> str:
    """Return the language in which a project is told elsewhere: its own, where the house has it."""
    own = project.language.partition("-")[0]
    return own if own in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
