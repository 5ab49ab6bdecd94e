"""The table's page: what its forms do, who may send them, and what they are told."""

import pytest
from django.test import Client

from coulisses.brainstorms import gathering, gestures, hosting, likening, throwing
from coulisses.brainstorms.alike import Proposal
from coulisses.brainstorms.models import Brainstorm, Family, Idea, Likening, ProposedFamily, Twin
from coulisses.brainstorms.tests import storming
from coulisses.manners import rules as manners
from coulisses.manners.models import Held
from coulisses.projects import heard, unsaying
from coulisses.testing import given

pytestmark = pytest.mark.django_db
HERE = {"headers": {"sec-fetch-site": "same-origin"}}
TABLE = "/@atelier/night/wall/table/"
WORDS = ("A lamp for all", "Lamps for everybody", "A lamp, a song", "Snow")


@pytest.fixture
def night():
    begun = storming.begun(storming.called(), "throw")
    for words in WORDS:
        throwing.throw(begun, words, by=given.cleo().voice_id, at=given.NOON)
    return storming.begun(begun, "gather")


@pytest.fixture
def ana():
    return given.come_in(Client(enforce_csrf_checks=True), given.ana())


def test_ana_puts_ideas_together_by_the_form_alone(night, ana):
    first, second, third, _snow = _ideas(night)
    assert _send(ana, act="begin", name="Lamps", idea=[first, second]).url == TABLE
    lamps = Family.objects.get().position
    _send(ana, act="move", idea=[third], family=lamps)
    assert set(_held(night, lamps)) == {first, second, third}
    _send(ana, act="rename", family=lamps, name="Light")
    page = ana.get(TABLE).content.decode()
    assert "Light" in page and "Lamps for everybody" in page and 'value="undo"' in page
    _send(ana, act="undo")
    assert Family.objects.get().name == "Lamps"
    _send(ana, act="join", family=lamps, into=0)
    assert not Family.objects.exists() and not _held(night, lamps)


def test_which_of_two_sentences_stands_is_asked_and_both_authors_stay(night, ana):
    first, second, *_ = _ideas(night)
    asked = _send(ana, act="merge", idea=[first, second])
    assert asked.status_code == 200 and b"Which one stands?" in asked.content
    _send(ana, act="merge", idea=[first, second], into=second)
    assert Idea.objects.get(project=night.project, position=first).into == second
    page = ana.get(TABLE).content.decode()
    assert "1 says the same" in page and "A lamp for all" in page
    _send(ana, act="apart", idea=[second])
    assert not Idea.objects.exclude(into=0).exists()


def test_what_is_proposed_is_accepted_renamed_and_dismissed(night, ana):
    first, second, third, snow = _ideas(night)
    found = Proposal([("Lamp", [first, second, third])], [(first, second, 0.9), (third, snow, 0.6)])
    likening.keep(night.project, found)
    proposed, twins = ProposedFamily.objects.get(), list(Twin.objects.order_by("-likeness"))
    assert "A lamp, a song" in ana.get(TABLE).content.decode()
    _send(ana, act="accept", proposal=proposed.pk, name="Lamps and songs")
    assert _held(night, Family.objects.get(name="Lamps and songs").position) == [
        first, second, third,
    ]  # fmt: skip
    assert _send(ana, act="accept", proposal=proposed.pk, name="Again").status_code == 409
    _send(ana, act="as-one", twin=twins[0].pk, into=first)
    assert Idea.objects.get(project=night.project, position=second).into == first
    _send(ana, act="as-two", twin=twins[1].pk)
    assert Twin.objects.get().is_dismissed


def test_a_name_that_waits_for_a_look_is_kept_where_it_goes_with_a_proposed_family(night, ana):
    gathering.lend(night, "all")
    manners.choose(night.project, looks_at="everybody", slow=0, rules="")
    proposed = ProposedFamily.objects.create(
        project=night.project, name="Lamps", ideas=_ideas(night)[:2]
    )
    dan = given.come_in(Client(), given.guest("Dan"))
    asked = _send(dan, act="accept", proposal=proposed.pk, name="What hangs in streets")
    assert asked.status_code == 202 and ProposedFamily.objects.exists()
    assert Held.objects.get().body["name"] == "What hangs in streets"
    _send(ana, act="accept", proposal=proposed.pk)
    assert Family.objects.get().name == "Lamps" and not ProposedFamily.objects.exists()


def test_ana_asks_for_proposals_and_reads_how_far_they_are(night, ana):
    _send(ana, act="propose")
    Likening.objects.update(state="going", done=3, total=12)
    assert '<progress max="12" value="3"' in ana.get(TABLE).content.decode()


def test_a_refusal_loses_nothing_that_was_chosen(night, ana):
    first, *_ = _ideas(night)
    refused = _send(ana, act="begin", name="x" * 81, idea=[first])
    page = refused.content.decode()
    assert refused.status_code == 422 and "x" * 81 in page and page.count(" checked") == 1
    assert _send(ana, act="move", family=0).status_code == 422
    assert _send(ana, act="dance").status_code == 422


def test_all_put_ideas_together_while_they_are_gathered_where_the_host_lets_them(night, ana):
    first, *_ = _ideas(night)
    dan = Client()
    assert _send(dan, act="begin", name="Mine", idea=[first]).status_code == 403
    assert "checkbox" not in dan.get(TABLE).content.decode()
    assert _send(dan, act="lend", to="all").status_code == 403
    _send(ana, act="lend", to="all")
    assert "checkbox" in Client().get(TABLE).content.decode()
    assert _send(dan, act="begin", name="Mine", idea=[first]).status_code == 302
    assert Family.objects.get().name == "Mine"
    assert _send(dan, act="propose").status_code == 403
    Brainstorm.objects.update(who="code")
    assert _send(Client(), act="begin", name="No code", idea=[first]).status_code == 403
    hosting.begin(night, "vote", by=given.ana().voice_id, at=given.NOON)
    assert _send(dan, act="begin", name="Late", idea=[first]).status_code == 403


def test_eve_puts_nothing_together_nor_does_a_form_from_elsewhere(night, ana):
    first, *_ = _ideas(night)
    for who in (given.eve(), given.fay(night.project.studio), given.guest()):
        refused = _send(given.come_in(Client(), who), act="begin", name="Eve’s", idea=[first])
        assert refused.status_code == 403
    elsewhere = {"headers": {"sec-fetch-site": "cross-site"}}
    assert ana.post(TABLE, {"act": "undo"}, **elsewhere).status_code == 403
    assert not Family.objects.exists() and ana.put(TABLE, **HERE).status_code == 405
    hidden = given.project("hid", is_raised=False)
    Brainstorm.objects.create(project=hidden)
    place, watching = f"{hidden.path}wall/table/", Client()
    assert watching.get(place).status_code == 404
    watching.get(given.watch_link(hidden))
    assert watching.get(place).status_code == 200
    assert watching.post(place, {"act": "begin", "name": "Seen"}, **HERE).status_code == 403


def test_what_is_hidden_or_taken_back_lies_on_no_table(night, ana):
    first, second, *_ = _ideas(night)
    heard.hide(night.project, first, reason="unkind", at=given.NOON)
    unsaying.unsay(night.project, second, reason="asked", by=given.cleo().voice_id, at=given.NOON)
    page = ana.get(TABLE).content.decode()
    assert "A lamp for all" not in page and "Lamps for everybody" not in page and "Snow" in page


@pytest.mark.both_databases
def test_a_full_column_goes_on_on_pages_in_as_many_queries(
    night, ana, django_assert_max_num_queries
):
    by = {"by": given.ana().voice_id, "at": given.NOON}
    family = gestures.begin(night, "Many", [], **by)
    again = storming.begun(night, "throw")
    for number in range(64):
        throwing.throw(again, f"Idea number {number}", by=given.cleo().voice_id, at=given.NOON)
    gestures.move(again, _ideas(night)[4:], family, **by)
    with django_assert_max_num_queries(30):
        page = ana.get(TABLE).content.decode()
    assert "Idea number 63" in page and "Idea number 3<" not in page
    older = f"{TABLE}?family={family}&before={_ideas(night)[8]}"
    assert f"?family={family}&amp;before={_ideas(night)[8]}" in page
    assert "Idea number 3<" in ana.get(older).content.decode()
    assert ana.get(f"{TABLE}?family=x").status_code == 400


def _send(client, **said):
    return client.post(TABLE, said, **HERE)


def _ideas(of):
    rows = Idea.objects.filter(project=of.project).order_by("position")
    return list(rows.values_list("position", flat=True))


def _held(of, family):
    rows = Idea.objects.filter(project=of.project, family=family).order_by("position")
    return list(rows.values_list("position", flat=True))
