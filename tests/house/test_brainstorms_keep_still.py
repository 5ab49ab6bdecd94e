"""What a brainstorm keeps to itself is at no address of the house, in no stream, in no export."""

import re

import pytest
from django.test import Client
from django.utils import timezone

from coulisses.brainstorms import calling, throwing, voting
from coulisses.brainstorms.calling import Plan
from coulisses.brainstorms.models import Brainstorm, Entrance
from coulisses.brainstorms.tests import storming
from coulisses.log import ledger
from coulisses.manners import rules as manners
from coulisses.manners.models import Held
from coulisses.people.models import Voice
from coulisses.projects import signals, unsaying, ways_in
from coulisses.projects.gates import Waits
from coulisses.projects.models import Project
from coulisses.search import feeding
from coulisses.testing import given
from coulisses.transfers import making
from coulisses.transfers.form import Sent
from coulisses.ui import heard as drawn
from coulisses.voices.tests import speaking
from tools import reference

pytestmark = pytest.mark.django_db

SECRET = "Zymurgy"  # in whatever nobody else may read
KNOWN = "A map of empty streets"
WORDS = f"{SECRET} for everyone"
HOUSE_WIDE = [
    *("/", "/feed.atom", "/sitemap.xml", "/@atelier/", "/@atelier/feed.atom", "/api/v1/projects"),
    *("/api/v1/studios/atelier/projects", f"/api/v1/search?q={SECRET}"),
]
BELOW = ("", "/ideas", "/ideas?order=dots", "/families", "/ideas/1", "/ideas/2", "/plan", "/purse")


def addresses(project, position):
    """Return every address of a project's stage, and what of the API is its own."""
    filled = {
        "studio": "atelier", "project": project.slug, "position": str(position), "side": "after",
        "index": "0", "variant": "large", "first": "1", "form": "json",
    }  # fmt: skip
    stage = [one for one in reference.addresses() if one.startswith("@<studio>/<project>/")]
    asked = [re.sub(r"<(\w+)>", lambda one: filled.get(one[1], "1"), one) for one in stage]
    api = f"/api/v1/projects/atelier/{project.slug}"
    forms = [f"{project.path}wall/export/{one}" for one in ("csv", "json", "md", "svg")]
    more = [f"{api}/brainstorm{one}" for one in BELOW]
    return [*(f"/{one}" for one in asked), *forms, *more, api, f"{api}/entries", f"{api}/credits"]


def its_own(project, position):
    """Return those addresses at which a brainstorm is more than any project is."""
    words = ("/wall/", "/brainstorm", "/room", "feed", "embed")
    known = addresses(project, position)
    return [project.path, *(one for one in known if any(word in one for word in words))]


def told(client, asked):
    """Return what an address says, as far as it is text."""
    answer = client.get(asked)
    body = b"".join(answer) if answer.streaming else answer.content
    return f"{body.decode(errors='replace')} {answer.headers}"


def streamed(project):
    """Return all that the streams of a room hand out to those outside."""
    at, eyes = timezone.now(), ledger.OUTSIDE
    known = ledger.read(project.room, audiences=eyes, at=at)
    moved = signals.changed(project, audiences=eyes, since=given.NOON)
    return f"{drawn.render(project, known, 'en')} {moved}"


def readers():
    """Return who reads: a passer-by, and Eve, who makes things in another studio."""
    given.studio("den", owner=given.eve())
    eve = Client()
    eve.force_login(given.eve())
    return [Client(), eve]


def find():
    """Have all that is to be found be found."""
    while feeding.some():
        pass


def test_a_brainstorm_that_is_not_called_is_nowhere(tmp_path):
    boat, by = given.project("boat"), given.ana().voice_id
    speaking.told(boat, title="The hull")
    told_of = {"by": by, "at": timezone.now()}
    plan = Plan(f"Why {SECRET}?", of=boat, line=f"{SECRET}!", context=WORDS, who="code")
    of = calling.draft(boat.studio, plan, **told_of)
    find()
    dan, eve = readers()
    asked = [(dan, one) for one in [*addresses(boat, 2), *its_own(of.project, 2), *HOUSE_WIDE]]
    for client, one in [*asked, *((eve, one) for one in its_own(of.project, 2))]:
        said = told(client, one)
        assert SECRET not in said and of.project.path not in said.replace(one, ""), one
    making.make(Sent(boat, False, timezone.now()), tmp_path / "boat")
    assert SECRET not in "".join(
        one.read_text(errors="replace") for one in (tmp_path / "boat").rglob("*") if one.is_file()
    )
    assert 200 not in {dan.get(one).status_code for one in its_own(of.project, 2)}


@pytest.fixture
def night():
    """Return a brainstorm at its vote, for whoever has the code; much of it is nobody else's."""
    at, ana = timezone.now(), given.ana().voice_id
    night = storming.called(names="asked", who="code")
    calling.call(night, by=ana, at=at)
    hidden, masked, gone = given.guest("Zoë"), given.account("Quentin"), given.guest("Gus")
    code = ways_in.code(night.project)
    for who in (hidden, masked, gone, given.cleo()):
        Entrance.objects.create(project=night.project, voice_id=who.voice_id, code=code, at=at)
    night = storming.begun(night, "throw", at=at)
    throwing.throw(night, KNOWN, by=masked.voice_id, at=at, without_name=True)
    down = throwing.throw(night, WORDS, by=hidden.voice_id, at=at)
    back = throwing.throw(night, WORDS, by=gone.voice_id, at=at)
    manners.hide(night.project, down.position, reason="It hurts", by=ana, at=at)
    unsaying.unsay(night.project, back.position, reason="mine", by=ana, at=at)
    Brainstorm.objects.update(looks_first=True)
    with pytest.raises(Waits):
        throwing.throw(storming.now(night), WORDS, by=given.cleo().voice_id, at=at)
    assert Held.objects.exists()
    night = storming.begun(night, "vote", at=at)
    voting.place(night, down.position - 1, by=given.cleo().voice_id, at=at)
    return storming.now(night)


def test_what_is_hidden_waits_or_wears_a_mask_is_told_to_nobody(night, tmp_path):
    find()
    project = Project.objects.select_related("studio", "work", "room").get(pk=night.pk)
    code, (dan, eve) = project.join_code.code, readers()
    asked = [(dan, one) for one in addresses(project, 3)]
    for client, one in [*asked, *((eve, one) for one in its_own(project, 3))]:
        said = told(client, one)
        assert not any(each in said for each in (SECRET, "Quentin", "Cleo", code)), one
    for client in (dan, eve):
        assert KNOWN in told(client, f"{project.path}wall/")
        idea = client.get(f"/api/v1/projects/atelier/{project.slug}/brainstorm/ideas").json()
        assert [(each["by"], each["dots"]) for each in idea["ideas"]] == [("voice 1", None)]
    said = streamed(project)
    assert KNOWN in said and SECRET not in said and "Quentin" not in said
    assert "dots" not in str(signals.changed(project, audiences=ledger.OUTSIDE, since=given.NOON))
    making.make(Sent(project, False, timezone.now()), tmp_path / "night")
    export = "".join(
        one.read_text(errors="replace") for one in (tmp_path / "night").rglob("*") if one.is_file()
    )
    assert SECRET not in export and "Quentin" not in export and code not in export


def test_a_silent_round_says_how_many_write_and_nothing_else(night):
    at = timezone.now()
    Brainstorm.objects.update(looks_first=False)
    night = storming.begun(night, "throw", at=at, is_silent=True)
    throwing.throw(night, f"{WORDS}, anew", by=given.cleo().voice_id, at=at)
    project = Project.objects.select_related("studio", "work", "room").get(pk=night.pk)
    for one in its_own(project, 3):
        said = told(Client(), one)
        assert SECRET not in said and "Cleo" not in said, one
    assert SECRET not in streamed(project)


def test_a_rehearsed_work_is_not_named_by_the_brainstorm_about_it():
    rehearsed = given.project("boat", title=f"{SECRET} boat", is_raised=False)
    night = storming.called(of=rehearsed)
    calling.call(night, by=given.ana().voice_id, at=timezone.now())
    for one in its_own(night.project, 2):
        assert SECRET not in told(Client(), one), one


def test_nobody_outside_the_circle_takes_part_by_any_door(night):
    at = timezone.now()
    night = storming.begun(night, "throw", at=at)
    size, voices = night.project.room.entries.count(), Voice.objects.count()
    for who in ("all", "followers", "members", "code"):
        Brainstorm.objects.update(who=who, is_closed=who == "all")
        for client in readers():
            answer = client.post(f"{night.project.path}wall/ideas", {"words": "x", "name": "Dan"})
            assert answer.status_code in (400, 403, 409), who
    assert night.project.room.entries.count() == size
    assert Voice.objects.count() - voices <= 1  # Eve's own
