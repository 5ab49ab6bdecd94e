"""What the house does by itself, and what came to nothing, as its host sees it."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from coulisses.capture.models import Reel
from coulisses.host.models import Run
from coulisses.host.refusals import FilmNotFound
from coulisses.lib.refusals import require

MOST = 30
# In the order in which they are shown; an errand without words goes by its own name.
WORDS: dict[str, Any] = {
    "coulisses.capture.waiting.release_due": _("Tell what was delayed"),
    "coulisses.capture.reels.jobs.make_next": _("Make time-lapses"),
    "coulisses.capture.arriving.forget_old": _("Let go of uploads that never ended"),
    "coulisses.media.store.sweep": _("Take away half-written files"),
    "coulisses.media.leaving.carry_out": _("Delete files that could not be deleted at once"),
    "coulisses.host.backups.jobs.go_on": _("Back the house up, and prove it"),
    "coulisses.mail.sending.send_due": _("Send letters"),
    "coulisses.mail.sending.forget_old": _("Forget old letters"),
    "coulisses.sessions.ending.end_forgotten": _("End sessions that were forgotten"),
    "coulisses.capture.waiting.forget_dropped": _("Forget what was dropped"),
    "coulisses.moments.proposals.tell_due": _("Tell what has its hour"),
    "coulisses.moments.drafts.forget_old": _("Forget drafts that were thrown away"),
    "coulisses.moments.attachments.forget_old": _("Forget files that no draft holds"),
    "coulisses.api.answered.forget_old": _(
        "Forget what programs were answered, and how often they asked"
    ),
    "coulisses.reports.rules.forget_old": _("Forget reports of long ago"),
    "coulisses.accounts.devices.forget_ended": _("Forget devices that have left"),
    "coulisses.search.feeding.some": _("Read what is told into the search"),
    "coulisses.search.settling.some": _("Put the index of the search in order"),
    "coulisses.people.packing.make_next": _("Pack what people take home"),
    "coulisses.people.exports.sweep": _("Let go of what was packed"),
    "coulisses.transfers.jobs.make_next": _("Pack projects that leave"),
    "coulisses.transfers.rules.sweep": _("Let go of packed projects"),
    "coulisses.people.leaving.carry_out_next": _("Delete accounts whose time has come"),
    "coulisses.following.rounds.write": _("Write to those who follow"),
    "coulisses.following.notices.send": _("Show notices to those who asked for them"),
    "coulisses.following.rules.forget_old": _("Forget who has stopped following"),
    "coulisses.feeds.announcing.look": _("See which feeds have something new"),
    "coulisses.feeds.announcing.send": _("Tell the hub of feeds what is new"),
    "coulisses.webhooks.following.follow": _("See what webhooks have to say"),
    "coulisses.webhooks.sending.send_due": _("Send to webhooks"),
    "coulisses.webhooks.sending.forget_old": _("Forget old deliveries to webhooks"),
    "coulisses.media.staging.clear_old": _("Take away files of what never came in"),
    "coulisses.transfers.bringing.work": _("Look at projects that are brought, and bring them in"),
    "coulisses.transfers.crates.sweep": _("Let go of what was brought and never came in"),
    "coulisses.feeds.filing.look": _("File what is told into the feeds of several projects"),
    "coulisses.cheers.here.sweep": _("Forget who was here"),
    "coulisses.decisions.closing.close_due": _("Close votes whose hour has come"),
    "coulisses.decisions.answering.tie_ballots": _("Note what votes became"),
    "coulisses.guests.sweeping.sweep": _("Forget guests who never did anything"),
    "coulisses.manners.rules.let_go_of_refused": _("Let go of words that were refused a month ago"),
    "coulisses.credits.gathering.gather_moved": _("Gather the credits"),
    "coulisses.notices.pulling.pull": _("See whom concerns what was told"),
    "coulisses.notices.trails.tell": _("Tell people what became of what they gave"),
    "coulisses.notices.reminders.remind": _("Remind of what ends soon"),
    "coulisses.notices.mailing.write": _("Write to people of what concerns them"),
    "coulisses.notices.pushing.send": _("Show people on their devices what concerns them"),
    "coulisses.notices.rules.forget_old": _("Forget notices of long ago"),
    "coulisses.brainstorms.keeping.let_go_due": _("Let go of what brainstorms kept until a day"),
    "coulisses.brainstorms.likening.look_next": _("See which ideas belong together"),
    "coulisses.brainstorms.silence.throw_owed": _("Throw what was written in silence"),
    "coulisses.visits.summing.flush": _("Write down how often pages were read"),
    "coulisses.visits.summing.forget_old": _("Forget figures of long ago"),
}


def runs() -> list[tuple[Any, Run]]:
    """Return the errands with what they are called, those that fail first."""
    rows = Run.objects.order_by("-failures", "errand")
    return [(WORDS.get(run.errand, run.errand), run) for run in rows]


def in_words(found: dict[str, Any]) -> list[tuple[Any, Any, bool]]:
    """Return what was found of the house's health: what it is, how it is, whether that is right."""
    is_writable, has_room = found["database"] == "writable", found["disk"] == "has room"
    is_heard = found["bell"] == "heard"
    return [
        (_("Database"), _("can be written to") if is_writable else _("cannot be written to"),
         is_writable),
        (_("Disk"), _("has room") if has_room else _("is full"), has_room),
        (_("What is told"), _("reaches readers at once") if is_heard
         else _("reaches readers a little later: the bell (%(carrier)s) is not heard, and is tried "
                "again by itself") % {"carrier": found["carrier"]}, is_heard),
        (_("Version"), found["version"], True),
    ]  # fmt: skip


def failed_films() -> list[Reel]:
    """Return the newest films that could not be made."""
    rows = Reel.objects.filter(state="failed").select_related("piece", "project__studio")
    return list(rows.order_by("-asked_at")[:MOST])


def retry_film(pk: int, *, at: datetime) -> None:
    """Have a film that failed tried again. Raises FilmNotFound."""
    failed = Reel.objects.filter(pk=pk, state="failed")
    require(failed.update(state="asked", tries=0, asked_at=at), FilmNotFound)
