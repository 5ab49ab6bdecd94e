"""A room in which much was said, given, hidden and decided, and what is seen of it."""

import re
from datetime import timedelta

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from coulisses.cheers import rules as cheers
from coulisses.cheers import words
from coulisses.credits import gathering, influence, queries, tying
from coulisses.credits import rules as credits_
from coulisses.decisions import answering, closing
from coulisses.decisions import rules as decisions
from coulisses.decisions.tests import voting
from coulisses.doubts import leads
from coulisses.doubts import rules as doubts
from coulisses.guests import terms
from coulisses.log import ledger
from coulisses.log.models import Entry
from coulisses.manners import appeals
from coulisses.manners import rules as manners
from coulisses.projects import giving, heard, trail
from coulisses.testing import given
from coulisses.ui import heard as drawn
from coulisses.voices import rules as voices
from coulisses.voices.files import Uploads
from coulisses.voices.tests import pictures, speaking
from coulisses_readers.tests import sounds

HIDDEN = "a word that hurts somebody"
TAKEN_BACK = "a word that was taken back"
OWN = re.compile(r'(?:data-|name="once" )?(?:cursor|value|position)="[^"]*"')  # of a page
BALLOT = "Because blue is kinder"
MEMBERS = "Only we in the wings read this"


def build(*, has_note=False):
    """Return a project around which everything happened that can, a sound note among it or not."""
    at, by = timezone.now(), given.ana().voice_id
    boat, hand = given.project(), {"by": by, "at": at}
    cleo, gus, zoe = given.cleo(), given.guest("Gus"), given.guest("Zoë")
    hull = speaking.told(boat, title="The hull")
    doubt = speaking.told(boat, "doubt", "Is the red too loud?", asks="advice")
    circle = given.tier(boat, cleo)
    wings = speaking.told(boat, title="For us", audience=circle.pk)
    terms.choose(boat, choice="free", words="", at=at)
    terms.choose(boat, choice="own", words="Yours, and ours to sing.", at=at)
    first = speaking.say(boat, hull, "What **wood**?", by=gus)
    speaking.say(boat, hull, "Oak.", by=given.ana(), to=first.position, role="owner")
    gone = speaking.say(boat, hull, TAKEN_BACK, by=zoe)
    speaking.say(boat, hull, "I read that.", by=gus, to=gone.position)
    voices.take_back(boat, gone, by=zoe.voice_id, at=at, is_owner=False)
    unheard = speaking.say(boat, hull, HIDDEN, by=zoe)
    voices.amend(boat, unheard, words=f"{HIDDEN}, twice", by=zoe.voice_id, at=at)
    hidden = manners.hide(boat, unheard.position, reason="It hurts", **hand)
    mine = {"by": zoe.voice_id, "at": at}
    appeals.appeal(boat, hidden.position, words="It was a joke", **mine)
    [asked] = appeals.open_in(boat)
    appeals.answer(asked, outcome="stands", reason="It was not", by=given.bo(), at=at)
    anew = speaking.say(boat, hull, "Rond", by=cleo)
    voices.amend(boat, anew, words="Round", by=cleo.voice_id, at=at)
    speaking.say(boat, wings, MEMBERS, by=cleo)
    _show(boat, hull, has_note, by=cleo.voice_id, at=at)
    manners.close(boat, hull.position, reason="All is said", **hand)
    _lead(boat, doubt, cleo, gus, hand)
    manners.choose(boat, looks_at="newcomers", slow=5, rules="Be *kind*.")
    manners.ask_to_rest(boat, zoe.voice_id, hours=2, reason="It hurts", **hand)
    _cheer(boat, hull, doubt, cleo, gus, at)
    credits_.choose(gus.voice_id, project=boat, choice="alias", alias="Gustave", at=at)
    credits_.choose(cleo.voice_id, project=None, choice="none", at=at)
    credits_.add(boat, name="The neighbours", role="support", words="for the tea", **hand)
    tying.tie(boat, hull.position, word=first.position, how="shaped", at=at)
    _vote(boat, cleo, gus, hand)
    gathering.gather(boat, at=at)
    return boat


def seen(project):
    """Return what passers-by and the team see of a room, as HTML and as rows."""
    at = timezone.now()
    told = {"language": "en", "at": at}
    said = heard.read(project, audiences=ledger.EVERYTHING, at=at)
    public = heard.read(project, audiences=ledger.OUTSIDE, at=at)
    work = ledger.read(project.work, audiences=ledger.EVERYTHING, at=at)
    work = [one for one in work if one.kind != "project.arrived"]
    outside = influence.origins(project, work, audiences=ledger.OUTSIDE, at=at)
    return {
        "pages": {one: _page(project, one) for one in _addresses(project)},
        "public": drawn.pieces(project, public, audiences=ledger.OUTSIDE, **told),
        "team": drawn.pieces(project, said, audiences=ledger.EVERYTHING, is_team=True, **told),
        "hidden": heard.hidden(project, [one.position for one in said]),
        "credits": [
            (line.name, line.place, sorted(roles))
            for line, roles in queries.people(project, audiences=ledger.EVERYTHING)
            if line.name != "Nora"  # who brought it
        ],
        "origins": outside,
        "trail": trail.seen(project, [one.position for one in said], audiences=ledger.EVERYTHING),
        "terms": terms.current(project).words,
    }


def is_news(page):
    """Return whether a page holds a question that was open when the project left."""
    return "And now?" in page or "Already?" in page


def _addresses(project):
    work = Entry.objects.filter(log=project.work).exclude(kind="project.arrived")
    positions = [str(one) for one in work.order_by("position").values_list("position", flat=True)]
    said = Entry.objects.filter(log=project.room, kind="voice.said").values_list("position")
    threads = [f"said/{position}/" for (position,) in said]
    return [*positions, *threads, "credits/", "manners/", "decisions/", "failures/"]


def _page(project, address):
    """Return a page as a passer-by reads it, without what each page has of its own."""
    answer = Client().get(f"{project.path}{address}")
    html = answer.content.decode()
    main = re.search(r"<main.*</main>", html, re.DOTALL)
    return answer.status_code, re.sub(
        r'(?:data-|name="once" )?(?:cursor|value|position)="[^"]*"', "", main[0]
    )


def _show(boat, hull, has_note, *, by, at):
    fact = voices.draft(hull, words="Mine", has_files=True)
    shown = SimpleUploadedFile("a.png", pictures.png())
    attempt = SimpleUploadedFile("b.png", pictures.png("red"))
    sung = SimpleUploadedFile("c.webm", sounds.recorded("webm")) if has_note else None
    given_ = Uploads([shown], ["A teal one"], attempt=attempt, sound=sung)
    voices.say(boat, hull, fact, by=by, at=at, given=given_)


def _lead(boat, doubt, cleo, gus, hand):
    at = hand["at"]
    lead = leads.offer(boat, doubt, words="Ochre beside it", by=cleo.voice_id, at=at)
    leads.develop(boat, doubt, lead.position, words="Or umber", by=gus.voice_id, at=at)
    leads.develop(boat, doubt, lead.position, words="Or sienna", by=cleo.voice_id, at=at)
    other = leads.offer(boat, doubt, words="Drop it", by=gus.voice_id, at=at)
    leads.keep(boat, doubt, lead.position, words="Yes", **hand)
    leads.put_by(boat, doubt, other.position, words="Not now", **hand)
    ends = speaking.told(boat, title="An ochre line")
    doubts.settle(boat, doubt.position, settled_by=ends.position, **hand)


def _cheer(boat, hull, doubt, cleo, gus, at):
    words.choose(boat, ["courage", "Ahoy"])
    own = words.of(boat).keys[1]
    for who in (cleo, gus, given.guest("")):
        cheers.give(boat, hull, own, by=who.voice_id, at=at)
        cheers.give(boat, doubt, "courage", by=who.voice_id, at=at)


def _vote(boat, cleo, gus, hand):
    at = hand["at"]
    asked = voting.put(boat, at=at)
    decisions.cast(asked, ("b",), by=cleo.voice_id, reason=BALLOT, at=at)
    decisions.cast(asked, ("b",), by=gus.voice_id, at=at)
    giving.keep(boat, "vote", by=gus.voice_id, at=at)
    closing.close(asked, **hand)
    answering.answer(asked, words="Blue it is", chosen=["b"], **hand)
    answering.tie_ballots()
    for more in ({}, {"who": "code", "code": "OARS42"}):
        still = voting.put(boat, at=at, question="And now?", **more)
        decisions.cast(still, ("a",), by=gus.voice_id, at=at)
    soon = at + timedelta(minutes=6)
    late = voting.put(boat, at=at, question="Already?", closes_at=soon)
    decisions.cast(late, ("a",), by=gus.voice_id, at=at)
