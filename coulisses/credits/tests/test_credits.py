"""Credits write themselves from real acts, name people as they chose, and say no number."""

import json

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import given as drawn
from hypothesis import settings
from hypothesis import strategies as st

from coulisses.credits import gathering, queries, rules
from coulisses.credits.models import Consent, Credit, Gathered
from coulisses.credits.refusals import CreditUnnamed, NamingUnknown, RoleOfCreditUnknown
from coulisses.credits.tests import room
from coulisses.log import ledger
from coulisses.people import holding
from coulisses.people.models import Voice
from coulisses.projects import credited, finishing, signals, trail
from coulisses.projects import rules as projects
from coulisses.projects.credited import Act
from coulisses.testing import given
from coulisses.testing.checked import checked

pytestmark = pytest.mark.django_db
HERE = {"HTTP_SEC_FETCH_SITE": "same-origin"}
acted: list[Act] = []


@pytest.fixture
def boat():
    """Ana's boat; whatever a test puts into `acted` is what a room knows of who took part."""
    acted.clear()
    before = list(credited._asked)
    credited.by(lambda project: list(acted))
    yield given.project()
    credited._asked[:] = before


def act(who, role, minute=1.0, audience=ledger.PUBLIC, place="1"):
    acted.append(Act(who.voice_id, role, given.minutes(minute), place, audience))


def names(boat, audiences=ledger.OUTSIDE):
    rolled = queries.roll(boat, audiences=audiences)
    return {one.role: [line.name for line in one.lines] for one in rolled}


def page(boat, who=None, of="credits/"):
    client = given.come_in(Client(), who) if who else Client()
    return client.get(f"{boat.path}{of}")


def test_those_who_spoke_are_named_in_the_order_in_which_they_came(boat):
    act(given.eve(), "voice", 3), act(given.guest(), "voice", 2), act(given.cleo(), "lead", 4)
    room.gathered(boat)
    assert names(boat) == {"maker": ["Ana"], "lead": ["Cleo"], "voice": ["Gus", "Eve"]}
    said = page(boat).content.decode()
    assert said.index("Made by") < said.index("Leads that were kept") < said.index("Gus")
    assert f'href="{boat.path}credits/"' in page(boat, of="").content.decode()


def test_the_trail_credits_seeds_corrections_and_kept_leads(boat):
    blue = room.tell(boat)
    for who, how in [(given.cleo(), "shaped"), (given.eve(), "corrected"), (given.guest(), "kept")]:
        word = room.say(boat, who)
        trail.tie(boat, voice=who.voice_id, gave=word, became=blue, how=how, at=given.minutes(9))
    room.gathered(boat)
    found = names(boat)
    assert (found["seed"], found["correction"], found["lead"]) == (["Cleo"], ["Eve"], ["Gus"])


def test_whoever_only_cheered_or_voted_is_nobody_until_they_choose(boat):
    act(given.cleo(), "support", 0.5), act(given.eve(), "vote")
    gil = given.guest("Gil")
    act(gil, "support"), act(gil, "voice")
    room.gathered(boat)
    assert names(boat) == {"maker": ["Ana"], "voice": ["Gil"], "support": ["Gil"]}
    assert "Cleo" not in page(boat).content.decode()
    assert not queries.has_others(given.project("oar"), audiences=ledger.OUTSIDE)
    cleo = given.come_in(Client(), given.cleo())
    answer = cleo.post(f"{boat.path}credits/mine", {"choice": "name"}, **HERE)
    assert answer.status_code == 302
    assert names(boat)["support"] == ["Cleo", "Gil"]
    assert "vote" not in names(boat)


def test_a_name_is_chosen_here_or_everywhere(boat):
    oar, cleo = given.project("oar"), given.cleo().voice_id
    act(given.cleo(), "voice")
    room.gathered(boat), room.gathered(oar)
    rules.choose(cleo, project=boat, choice="alias", alias=" The  otter ", at=given.NOON)
    assert (names(boat)["voice"], names(oar)["voice"]) == (["The otter"], ["Cleo"])
    rules.choose(cleo, project=None, choice="none", at=given.NOON)
    assert "voice" not in names(boat) and "voice" not in names(oar)
    rules.choose(cleo, project=oar, choice="name", at=given.NOON)
    room.gathered(boat), room.gathered(oar)
    assert "voice" not in names(boat) and names(oar)["voice"] == ["Cleo"]
    for choice, alias in [("alias", " "), ("alias", "\u200b\u2060"), ("loud", ""), ("", "")]:
        with pytest.raises(NamingUnknown):
            rules.choose(cleo, project=boat, choice=choice, alias=alias, at=given.NOON)


def test_an_erased_name_is_gone_with_the_other_name(boat):
    act(given.cleo(), "voice"), room.gathered(boat)
    voice = Voice.objects.get(pk=given.cleo().voice_id)
    rules.choose(voice.pk, project=boat, choice="alias", alias="Otter", at=given.NOON)
    Voice.objects.filter(pk=voice.pk).update(name="", is_named=False, erased_at=given.NOON)
    holding.erase(voice, "Cleo", [])
    assert "voice" not in names(boat) and not Consent.objects.exists()
    assert "Otter" not in page(boat, given.ana()).content.decode()


def test_acts_among_members_are_for_members(boat):
    wings = given.tier(boat, given.cleo())
    zora = given.account("Zora")
    act(zora, "voice", 1, wings.pk), act(given.cleo(), "voice", 2, wings.pk)
    act(given.cleo(), "voice", 9)
    room.gathered(boat)
    assert names(boat) == {"maker": ["Ana"], "voice": ["Cleo"]}
    assert names(boat, ledger.OUTSIDE | {wings.pk})["voice"] == ["Zora", "Cleo"]
    for who in (None, given.eve()):
        for of in ("credits/", "credits/?role=voice", "credits.txt", "credits.json"):
            assert "Zora" not in page(boat, who, of).content.decode()
    assert "Zora" in page(boat, given.cleo(), "credits.txt").content.decode()


def test_a_vote_for_what_members_read_gives_no_name_away(boat):
    wings = given.tier(boat, given.cleo())
    act(given.cleo(), "voice", 1, wings.pk), act(given.cleo(), "support", 2)
    room.gathered(boat)
    assert names(boat) == {"maker": ["Ana"]}


def test_a_maker_thanks_by_hand_takes_out_and_puts_back(boat):
    ana, by = given.come_in(Client(), given.ana()), given.ana().voice_id
    said = {"name": "Zoé", "role": "test", "words": "sailed it first"}
    assert ana.post(f"{boat.desk}credits/", said).status_code == 302
    act(given.cleo(), "voice"), room.gathered(boat)
    assert names(boat)["test"] == ["Zoé"]
    for line in Credit.objects.filter(project=boat).exclude(role="maker"):
        assert ana.post(f"{boat.desk}credits/{line.pk}/", {"act": "out"}).status_code == 302
    room.gathered(boat)
    assert names(boat) == {"maker": ["Ana"]}
    gathering.replay(boat)
    assert names(boat) == {"maker": ["Ana"]}
    assert len(queries.taken_out(boat)) == 2
    for line in queries.taken_out(boat):
        ana.post(f"{boat.desk}credits/{line.pk}/", {"act": "back"})
    gathering.replay(boat)
    assert names(boat) == {"maker": ["Ana"], "test": ["Zoé"], "voice": ["Cleo"]}
    zoe = Credit.objects.get(project=boat, voice=None, is_out=False)
    projects.shred(boat, zoe.position, reason="", by=by, at=given.minutes(30))
    assert "test" not in names(boat)
    for name, role, refusal in [(" ", "test", CreditUnnamed), ("Z", "x", RoleOfCreditUnknown)]:
        with pytest.raises(refusal):
            rules.add(boat, name=name, role=role, words="", by=by, at=given.NOON)
    checked(boat.work)


@settings(max_examples=12, deadline=None)
@drawn(st.lists(st.tuples(st.sampled_from("abo"), st.integers(0, 3)), max_size=8))
def test_whatever_makers_do_by_hand_a_replay_says_the_same(acts):
    with transaction.atomic():
        boat, said = given.project(), {"by": given.ana().voice_id, "at": given.NOON}
        for act, which in acts:
            lines = Credit.objects.filter(project=boat, is_out=act == "b").order_by("position")
            line = lines[which % len(lines)] if act in "bo" and lines else None
            if line:
                (rules.put_back if act == "b" else rules.take_out)(line, **said)
            elif act == "a":
                name, role = "Zoé" if which % 2 else "Yan", "test" if which < 2 else "voice"
                rules.add(boat, name=name, role=role, words="", **said)
        before = _by_hand(boat)
        Credit.objects.filter(project=boat).delete()
        gathering.derive_hand(boat)
        assert _by_hand(boat) == before
        transaction.set_rollback(True)


def _by_hand(project):
    rows = Credit.objects.filter(project=project, voice=None).order_by("position")
    return list(rows.values_list("position", "alias", "role", "is_out"))


def test_credits_go_on_after_the_final_curtain_and_are_shown_there(boat):
    by = given.ana().voice_id
    fallen = finishing.finish(boat, words="", by=by, at=timezone.now())
    rules.add(boat, name="Zoé", role="test", words="", by=by, at=timezone.now())
    assert "credits/#roll" in page(boat, of=str(fallen.position)).content.decode()


def test_they_are_taken_along_as_text_and_as_all_contributors_has_them(boat):
    act(given.cleo(), "voice", 2), act(given.cleo(), "lead", 3), room.gathered(boat)
    text = page(boat, of="credits.txt").content.decode()
    assert text.index("Made by\n  Ana") < text.index("Leads that were kept\n  Cleo")
    said = json.loads(page(boat, of="credits.json").content)
    assert said["contributors"][1]["name"] == "Cleo"
    assert said["contributors"][1]["contributions"] == ["lead", "voice"]
    assert set(said["types"]) == {"maker", "lead", "voice"}


def test_what_moved_is_gathered_and_what_is_undone_goes(boat):
    act(given.cleo(), "voice")
    assert gathering.gather_moved() is False
    assert names(boat)["voice"] == ["Cleo"]
    acted.clear()
    room.gathered(boat)
    assert "voice" not in names(boat)


@pytest.mark.django_db(transaction=True)
def test_rooms_are_read_while_others_write_and_the_later_of_two_looks_stands(boat, monkeypatch):
    act(given.cleo(), "voice")
    looks = []

    def look(project):
        looks.append(connection.in_atomic_block)
        if len(looks) == 1:  # another process, meanwhile, which knows more
            act(given.bo(), "lead")
            gathering.gather(project, at=given.minutes(5))
        return ()

    monkeypatch.setattr(credited, "_asked", [*credited._asked, look])
    gathering.gather(boat, at=given.minutes(4))
    assert looks == [False, False]
    roles = set(Credit.objects.filter(project=boat).values_list("role", flat=True))
    assert {"voice", "lead"} <= roles and Gathered.objects.get().at == given.minutes(5)


def test_a_page_of_many_costs_as_much_as_one_of_few_and_goes_on(boat):
    act(given.cleo(), "voice"), room.gathered(boat)
    with CaptureQueriesContext(connection) as few:
        page(boat)
    voices = [Voice(name=f"V{n}", is_named=True) for n in range(queries.A_ROLE + 5)]
    Voice.objects.bulk_create(voices)
    for number, voice in enumerate(voices):
        acted.append(Act(voice.pk, "voice", given.minutes(2 + number), "1"))
    room.gathered(boat)
    with CaptureQueriesContext(connection) as many:
        said = page(boat).content.decode()
    assert len(many) <= len(few)
    assert "and those who came after" in said and ">V64<" not in said
    first = queries.section(boat, "voice", audiences=ledger.OUTSIDE, limit=queries.A_ROLE)
    rest = page(boat, of=f"credits/?role=voice&after={first.more}").content.decode()
    assert ">V64<" in rest and ">V3<" not in rest


def test_another_name_that_was_not_written_is_asked_for_where_it_is_chosen(boat):
    cleo, gus = given.come_in(Client(), given.cleo()), given.come_in(Client(), given.guest(""))
    answer = cleo.post(f"{boat.path}credits/mine", {"choice": "alias", "alias": " "}, **HERE)
    said = answer.content.decode()
    assert answer.status_code == 422 and str(NamingUnknown.sentence) in said
    assert 'value="alias" checked' in said and "autofocus" in said
    assert 'action="/@atelier/boat/credits/mine' in said
    nameless = gus.get(f"{boat.path}credits/").content.decode()
    assert "credits/mine" not in nameless and 'href="/account/guest/"' in nameless


def test_nobody_chooses_for_another_and_only_from_a_page_of_this_house(boat):
    act(given.cleo(), "voice"), room.gathered(boat)
    eve = given.come_in(Client(), given.eve())
    said = {"choice": "none", "voice": given.cleo().voice_id}
    eve.post(f"{boat.path}credits/mine", said, **HERE)
    assert names(boat)["voice"] == ["Cleo"]
    assert Client().post(f"{boat.path}credits/mine", said, **HERE).status_code == 401
    cleo = given.come_in(Client(), given.cleo())
    assert cleo.post(f"{boat.path}credits/mine", said).status_code == 403
    assert set(Consent.objects.values_list("voice", flat=True)) == {given.eve().voice_id}


def test_streams_hear_that_somebody_came_into_the_credits(boat):
    since = {"since": given.minutes(59)}
    assert "credits" not in signals.changed(boat, audiences=ledger.OUTSIDE, **since)
    act(given.cleo(), "voice")
    room.gathered(boat)
    first = signals.changed(boat, audiences=ledger.OUTSIDE, **since)["credits"]
    act(given.bo(), "voice", audience=given.tier(boat, given.cleo()).pk)
    room.gathered(boat)
    assert signals.changed(boat, audiences=ledger.OUTSIDE, **since)["credits"] == first
    assert signals.changed(boat, audiences=ledger.EVERYTHING, **since)["credits"] > first


def test_a_project_whose_acts_cannot_be_read_keeps_no_other_from_its_credits(boat):
    def stumbles(project):
        if project == boat:
            raise ValueError("no such act")
        return ()

    raft = given.project("raft")
    credited.by(stumbles)
    with pytest.raises(ValueError, match="no such act"):
        gathering.gather_moved()
    assert Credit.objects.filter(project=raft, role="maker").exists()
