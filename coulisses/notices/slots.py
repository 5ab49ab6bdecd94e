"""The bell in the bar of every page, for whoever takes part; a passer-by's page has none."""

from collections.abc import Mapping, Sequence

from django.conf import settings
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import SafeString

from coulisses.log.models import Entry
from coulisses.notices import showing
from coulisses.notices.models import Muted
from coulisses.notices.people import Reader
from coulisses.people import acting
from coulisses.projects.models import Project
from coulisses.ui import slots

TOPICS = ("doubt", "decision")  # of entries that are threads by themselves


def reader(request: HttpRequest) -> Reader | None:
    """Return who asks, None for a passer-by, whose page holds nothing of one person."""
    if settings.SESSION_COOKIE_NAME not in request.COOKIES:
        return None
    actor = acting.of(request)
    return Reader(actor.voice, actor.account.pk if actor.account else None) if actor.voice else None


@slots.in_bar("notices", order=10)
def bell(request: HttpRequest) -> SafeString:
    """Return the bell, with how much is new for whoever asks."""
    asks = reader(request)
    if asks is None:
        return SafeString("")
    count = len(showing.unread(asks, at=timezone.now()))
    said = {"count": count, "is_here": request.path == "/notices/"}
    return render_to_string("notices/_bell.html", said, request)


@slots.beside_thread("notices")
def muting(project: Project, thread: str, who: slots.Reader) -> SafeString:
    """Return the button that mutes a thread for whoever reads it, or says that it is muted."""
    voice = who.actor.voice
    if not voice:
        return SafeString("")
    muted = Muted.objects.filter(voice=voice, project=project, thread=thread).exists()
    said = {"project": project, "thread": thread, "muted": muted}
    return render_to_string("notices/_mute.html", said)


@slots.under("notices", order=50)
def muting_under(
    project: Project, entries: Sequence[Entry], who: slots.Reader
) -> Mapping[int, SafeString]:
    """Return the button that mutes a doubt or a vote, on its own page, for whoever takes part."""
    threads = [one for one in entries if one.topic in TOPICS] if who.is_full else []
    return {
        one.position: html
        for one in threads
        if (html := muting(project, f"{one.topic}-{one.about or one.position}", who))
    }
