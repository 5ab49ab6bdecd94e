"""The ballot on its pages: for a passer-by, for whoever may, hidden until it may be seen."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from coulisses.decisions import closing, showing
from coulisses.decisions.models import Ballot, Decision
from coulisses.decisions.tests.voting import address, browser, cast, put, send
from coulisses.people.models import Guest
from coulisses.testing import given

pytestmark = pytest.mark.django_db


def read(client, decision, below="ballot"):
    return client.get(f"{decision.project.path}{decision.position}/{below}".rstrip("/"))


def desk(decision, below=""):
    return f"{decision.project.desk}decisions/{decision.position}/{below}"


def choices(decision):
    return sorted(Ballot.objects.filter(decision=decision).values_list("choice", flat=True))


def test_dan_votes_without_a_name_and_can_change_his_mind():
    decision, dan = put(), browser()
    assert send(dan, decision, option="a").status_code == 302
    assert "Your vote is in:" in read(dan, decision).content.decode()
    send(dan, decision, option="b")
    assert choices(decision) == ["b"]
    assert Guest.objects.count() == 1
    assert str(Guest.objects.get().voice) == ""


def test_every_way_to_vote_works_without_script():
    project, dan = given.project(), browser()
    for method, sent, choice in (
        ("single", {"option": "b"}, "b"),
        ("several", {"option": ["c", "a"]}, "a,c"),
        ("approval", {"option": ["a", "b", "c"]}, "a,b,c"),
        ("ranked", {"place-a": "2", "place-c": "1"}, "c,a"),
        ("yesno", {"option": "yes", "reason": "It glows."}, "yes"),
    ):
        decision = put(project, method=method)
        assert send(dan, decision, **sent).status_code == 302, method
        assert choices(decision) == [choice]
    assert Ballot.objects.get(choice="yes").reason == "It glows."


def test_a_ballot_that_is_refused_keeps_what_was_typed():
    decision, dan = put(method="ranked"), browser()
    answer = send(dan, decision, **{"place-a": "2", "place-b": "2"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert page.count("<option selected>2</option>") == 2
    assert send(dan, decision).status_code == 422
    assert choices(decision) == []


def test_a_page_with_script_is_answered_with_the_ballot_alone():
    decision, dan = put(), browser()
    refused = send(dan, decision, at_once="1")
    cast_now = send(dan, decision, at_once="1", option="b")
    again = send(dan, decision, at_once="1", option="a")
    assert [one.status_code for one in (refused, cast_now, again)] == [422, 200, 200]
    pages = [one.content.decode() for one in (refused, cast_now, again)]
    for page in pages:
        assert page.startswith("<vote-ballot") and page.endswith("</vote-ballot>")
        assert 'name="option"' in page  # one votes there, or votes anew
    assert 'role="alert"' in pages[0] and ">0 votes<" in pages[0]
    assert "Your vote is in:" in pages[1] and ">Blue<" in pages[1] and ">1 vote<" in pages[1]
    assert ">Red</b>" in pages[2] and ">1 vote<" in pages[2]


def test_of_several_no_more_are_chosen_than_was_said():
    decision, dan = put(method="several", most=2), browser()
    assert send(dan, decision, option=["a", "b", "c"]).status_code == 422
    assert send(dan, decision, option=["a", "b"]).status_code == 302


@pytest.mark.parametrize("shown", ["at_end", "after_vote"])
def test_nobody_finds_totals_before_they_may_not_even_ana(shown):
    decision = put(shown=shown, quorum=9)
    cast(decision, *["b"] * 4321 if shown == "no" else ["b"] * 7)
    stage, api = decision.project.path, f"/api/v1/projects{decision.project.path[2:-1]}"
    for client in (browser(), browser(given.eve()), browser(given.ana()), browser(given.bo())):
        for place in ("", "live?as=json"):
            assert client.get(f"{stage}{place}").status_code in {200, 404}
        pages = [
            *(read(client, decision, below) for below in ("", "ballot")),
            *(client.get(one) for one in (stage, f"{stage}decisions/", f"{stage}feed.json")),
            *(client.get(f"{api}/entries{one}") for one in ("", f"/{decision.position}")),
        ]
        for page in pages:
            body = page.content.decode()
            assert 'data-count="' not in body and "progress" not in body, page.request
            assert '"totals"' not in body and "totals=" not in body, page.request
        key = showing.totals_key(decision)
        wrong = f"{address(decision)}/{key[:-1]}{'0' if key[-1] != '0' else '1'}"
        assert client.get(wrong).status_code == 404
    if shown == "at_end":
        assert browser().get(f"{address(decision)}/{key}").status_code == 404


def test_an_etag_says_nothing_of_what_was_chosen():
    decision, dan = put(shown="after_vote"), browser(given.guest("Dan"))
    dan_two = browser(given.guest("Don"))
    send(dan, decision, option="a")
    send(dan_two, decision, option="a")
    before = read(browser(), decision).content
    send(dan, decision, option="b")
    assert read(browser(), decision).content == before


def test_who_has_voted_sees_totals_where_that_was_said():
    decision, dan = put(shown="after_vote"), browser()
    cast(decision, "b", "b")
    send(dan, decision, option="a")
    page = read(dan, decision).content.decode()
    assert '<span data-count="b">2 votes</span>' in page
    told = dan.get(showing.totals_address(decision)).json()
    assert told == {"turnout": 3, "totals": {"a": 1, "b": 2, "c": 0}}
    browser(given.ana()).post(desk(decision, "end"))  # while somebody's page asks how it stands
    assert dan.get(showing.totals_address(decision)).json() == {"is_over": True}


def test_at_the_end_all_see_the_tally_their_own_vote_and_the_answer():
    decision, dan = put(), browser()
    send(dan, decision, option="a")
    cast(decision, "b", "b")
    ana = browser(given.ana())
    ana.post(desk(decision, "end"))
    page = read(dan, decision).content.decode()
    assert "Your vote is in:" in page and "still to come" in page
    ana.post(desk(decision, "answer"), {"words": "Two coats, on Monday.", "chosen": "b"})
    for client in (browser(), dan):
        page = client.get(f"{decision.project.path}{decision.position}").content.decode()
        assert "Two coats, on Monday." in page
        assert '<span data-count="b">2 votes</span>' in page


def test_only_those_who_may_decide_do():
    project = given.project()
    given.tier(project, given.cleo())
    members, followers = put(project, who="members"), put(project, who="followers")
    for client in (browser(), browser(given.eve()), browser(given.guest())):
        assert send(client, members, option="a").status_code == 403
        assert send(client, followers, option="a").status_code == 403
    assert send(browser(given.cleo()), members, option="a").status_code == 302
    follower = given.account("Fred")
    project.followers.create(
        address=follower.email, account=follower, rhythm="each", language="en",
        asked_at=given.NOON, confirmed_at=given.NOON,
    )  # fmt: skip
    assert send(browser(follower), followers, option="a").status_code == 302
    assert choices(members) == choices(followers) == ["a"]


def test_a_code_is_said_once_and_not_guessed():
    decision, dan = put(who="code", code="Blue-light 7"), browser()
    assert send(dan, decision, option="a").status_code == 403
    assert send(dan, decision, option="a", code="bluelight7").status_code == 302
    assert send(dan, decision, option="b").status_code == 302
    statuses = {
        send(browser(), decision, option="a", code=f"bluelight{n}").status_code for n in range(30)
    }
    assert statuses == {403, 302}
    assert send(browser(), decision, option="a", code="bluelight7").status_code == 429
    assert "bluelight" not in str(Decision.objects.values().get()).casefold()


def test_a_question_for_members_is_nowhere_for_others():
    project = given.project()
    wings = given.tier(project, given.cleo())
    decision = put(project, audience=wings.pk)
    for client in (browser(), browser(given.eve())):
        assert read(client, decision).status_code == 404
        assert send(client, decision, option="a").status_code == 404
        page = client.get(f"{project.path}decisions/").content.decode()
        assert decision.question not in page
    assert send(browser(given.cleo()), decision, option="a").status_code == 302


def test_the_list_shows_what_is_open_first_and_goes_on_by_a_place():
    project, now = given.project(), timezone.now()
    for number in range(23):
        decision = put(project, question=f"Old {number}?", at=now - timedelta(days=9 - number / 9))
        closing.close(decision, by=given.ana().voice_id, at=decision.closes_at)
    put(project, question="Now?")
    page = browser().get(f"{project.path}decisions/").content.decode()
    assert page.index("Now?") < page.index("Old 22?")
    assert "Old 2?" not in page
    further = page.split('rel="next" href="')[1].split('"')[0]
    page = browser().get(f"{project.path}decisions/{further}").content.decode()
    assert "Old 2?" in page and "Now?" not in page


def test_pages_ask_as_much_of_ten_decisions_as_of_two(django_assert_max_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    project, dan = given.project(), browser(given.guest("Dan"))
    counts = []
    for _round in range(2):
        for _number in range(2 if not counts else 8):
            send(dan, put(project, shown="after_vote"), option="a")
        for place in ("", "decisions/"):
            dan.get(f"{project.path}{place}")
            with CaptureQueriesContext(
                connection,
            ) as asked:
                dan.get(f"{project.path}{place}")
            counts.append(len(asked))
    assert counts[:2] == counts[2:]


def test_ana_puts_a_question_and_loses_nothing_that_she_typed():
    project, ana = given.project(), browser(given.ana())
    new = f"{project.desk}decisions/new/"
    assert ana.get(new).status_code == 200
    typed = {
        "question": "Which name?", "words": "It is for *years*.", "option": ["Aurore", "Brume"],
        "picture": ["", ""], "method": "approval", "who": "all", "shown": "at_end",
        "is_binding": "yes", "is_changeable": "yes", "day": "2020-01-01", "hour": "20:00",
    }  # fmt: skip
    answer = ana.post(new, typed)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert all(one in page for one in ("Which name?", "Aurore", "Brume", "*years*", "2020-01-01"))
    typed["day"] = (timezone.now() + timedelta(days=9)).strftime("%Y-%m-%d")
    look = ana.post(new, {**typed, "act": "look"}).content.decode()
    assert "As its card will be" in look and "<em>years</em>" in look
    assert not Decision.objects.exists()
    assert ana.post(new, typed).status_code == 302
    assert Decision.objects.get().words == {"a": "Aurore", "b": "Brume"}


def test_who_was_let_watch_a_rehearsal_watches():
    project = given.project(is_raised=False)
    decision, dan = put(project), browser()
    dan.get(given.watch_link(project))
    dan.post(given.watch_link(project))
    answer = send(dan, decision, option="a")
    assert answer.status_code in {403, 404}
    assert choices(decision) == []


@pytest.mark.parametrize("who", ["", "Eve", "Cleo", "Fay"])
def test_only_makers_put_end_answer_and_take_back(who):
    decision = put()
    given.fay(decision.project.studio)
    cast(decision, "a")
    client = browser(given.account(who)) if who else browser()
    listed = f"{decision.project.desk}decisions/"
    before = Decision.objects.values().get()
    for below in ("new/", f"{decision.position}/", f"{decision.position}/end",
                  f"{decision.position}/answer", f"{decision.position}/withdrawal"):  # fmt: skip
        for method in ("post", "put", "delete", "patch"):
            assert getattr(client, method)(listed + below).status_code in {401, 403, 404, 405}
    assert client.get(listed).status_code == (200 if who == "Fay" else 404 if who else 302)
    assert Decision.objects.values().get() == before
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(given.ana())
    assert strict.post(desk(decision, "end")).status_code == 403
