"""The wall: what whoever takes part reads there and does."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from coulisses.brainstorms import gathering, hosting, settling, silence, throwing, voting
from coulisses.brainstorms.models import Brainstorm, Idea, Unheard
from coulisses.brainstorms.tests import storming
from coulisses.guests import codes
from coulisses.manners.models import Manners
from coulisses.people.models import Guest, Voice
from coulisses.projects import heard
from coulisses.testing import given

pytestmark = pytest.mark.django_db

WALL = "/@atelier/night/wall/"
HERE = {"Sec-Fetch-Site": "same-origin"}
JSON = {**HERE, "Accept": "application/json"}


def dan():
    """Dan, who passes by."""
    return Client()


def come(who):
    return given.come_in(Client(), who)


def throw(client, words, *, headers=HERE, **more):
    return client.post(f"{WALL}ideas", {"words": words, **more}, headers=headers)


def read(client, query=""):
    answer = client.get(f"{WALL}{query}")
    assert answer.status_code == 200
    return answer.content.decode()


def host(of, phase, **more):
    """Begin a phase now, as Ana."""
    return storming.begun(of, phase, at=timezone.now(), **more)


def thrown(of, words, who=None, **more):
    by = (who or given.cleo()).voice_id
    return throwing.throw(storming.now(of), words, by=by, at=timezone.now(), **more)


@pytest.fixture
def night():
    return host(storming.called(), "throw")


def test_a_passer_by_throws_an_idea_under_a_name_in_one_form(night):
    client = dan()
    answer = throw(client, "A map of empty streets", name="Dan")
    idea = Idea.objects.get()
    assert answer.status_code == 302 and answer["Location"] == f"{WALL}#idea-{idea.position}"
    page = read(dan())
    assert "A map of empty streets" in page and "Dan</bdi>" in page
    assert "data-mine" not in page and "data-mine" in read(client)
    assert 'name="name"' in page and 'name="name"' not in read(client)


def test_where_no_name_is_shown_none_is_asked():
    host(storming.called(names="nameless"), "throw")
    client = dan()
    assert 'name="name"' not in read(client)
    assert throw(client, "A map of empty streets").status_code == 302
    assert "voice 1</bdi>" in read(dan()) and "Nobody’s name is shown here" in read(client)


def test_without_a_name_nobody_throws_where_names_are_shown_and_the_words_stay(night):
    answer = throw(dan(), "A map of empty streets")
    assert (
        answer.status_code == 400 and "A map of empty streets</textarea>" in answer.content.decode()
    )
    assert not Idea.objects.exists() and not Guest.objects.exists()


@pytest.mark.parametrize(
    ("words", "status"), [("", 422), ("\u200b", 422), ("x" * 10_000, 422), ("x" * 281, 422)]
)
def test_what_is_no_sentence_is_refused_and_nobody_is_made_for_it(night, words, status):
    answer = throw(dan(), words, headers=JSON, name="Dan")
    assert answer.status_code == status and answer.json()["is_kept"] is False
    assert not Guest.objects.exists()


def test_words_outlive_the_clock_and_a_host_who_stops_it(night):
    hosting.stop(night, by=given.ana().voice_id, at=timezone.now())
    stopped = throw(come(given.cleo()), "Too late")
    assert stopped.status_code == 409 and "Too late</textarea>" in stopped.content.decode()
    host(night, "throw", minutes=0.000_001)
    up = throw(come(given.cleo()), "Too late")
    assert up.status_code == 409 and "Too late</textarea>" in up.content.decode()
    host(night, "gather")
    assert throw(come(given.cleo()), "Too late", headers=JSON).status_code == 409


def test_a_script_is_handed_the_idea_as_it_stands(night):
    said = throw(come(given.cleo()), "A <b>map</b>", headers=JSON)
    assert said.status_code == 201
    assert f'id="idea-{said.json()["position"]}"' in said.json()["html"]
    assert "A &lt;b&gt;map&lt;/b&gt;" in said.json()["html"] and "data-mine" in said.json()["html"]


def test_an_idea_takes_another_further(night):
    first = thrown(night, "Capes").position
    assert "Capes</q>" in read(dan(), f"?on={first}")
    throw(dan(), "Capes from theatres", name="Dan", on=str(first))
    page = read(dan())
    assert f'href="{WALL}ideas/{first}/">Capes</a></p>' in page and "1 takes it further" in page
    assert throw(dan(), "On nothing", headers=JSON, name="Dan", on="999").status_code == 404


def test_what_waits_for_a_look_is_kept_and_said_kindly(night):
    Manners.objects.create(project=night.project, looks_at="everybody")
    answer = throw(dan(), "A map", name="Dan")
    assert (
        answer.status_code == 202
        and "Somebody of the team looks at it first" in answer.content.decode()
    )
    assert "A map</textarea>" not in answer.content.decode() and not Idea.objects.exists()


def test_in_a_silent_round_one_reads_what_one_wrote_oneself_and_how_many_have_written(night):
    client, cleo = dan(), come(given.cleo())
    thrown(night, "Earlier")
    host(night, "throw", is_silent=True)
    assert throw(client, "Mine alone", headers=JSON, name="Dan").json()["words"] == "Mine alone"
    throw(cleo, "Hers alone")
    assert "Mine alone</li>" in read(client) and "Hers alone" not in read(client)
    assert "2 people have written." in read(client) and "Mine alone" not in read(cleo)
    assert "Mine alone" not in read(dan()) and Unheard.objects.count() == 2
    host(night, "gather")
    assert "Mine alone" in read(dan()) and "Hers alone" in read(dan())


def test_nobody_floods_a_silent_round(night, monkeypatch):
    monkeypatch.setattr(silence, "MOST", 2)
    host(night, "throw", is_silent=True)
    cleo = come(given.cleo())
    codes_of = [throw(cleo, f"Idea {number}", headers=JSON).status_code for number in range(3)]
    assert codes_of == [201, 201, 409]


def test_families_gather_ideas_and_one_stands_for_those_that_say_the_same(night):
    ana = given.ana().voice_id
    capes, lent, map_of = (
        thrown(night, words).position for words in ("Capes", "Lent capes", "A map")
    )
    night = host(night, "gather")
    family = gathering.begin_family(night, "Be seen", by=ana, at=timezone.now()).position
    gathering.gather(night, [capes], family, by=ana, at=timezone.now())
    gathering.merge(night, [lent], capes, by=ana, at=timezone.now())
    page = read(dan())
    assert "Be seen" in page and "1 says the same" in page and "Not gathered yet" in page
    assert page.index("Capes") < page.index("Lent capes") < page.index("A map</p>")
    assert f'<li id="idea-{lent}">' in page and f'<article class="idea" id="idea-{map_of}"' in page
    only = read(dan(), f"?family={family}")
    assert "Capes" in only and "A map</p>" not in only
    assert dan().get(f"{WALL}ideas/{lent}/")["Location"] == f"{WALL}#idea-{lent}"


def test_hidden_ideas_are_left_out_but_for_their_author(night):
    position = thrown(night, "An insult").position
    heard.hide(night.project, position, reason="unkind", at=timezone.now())
    assert "An insult" not in read(dan()) and "An insult" not in read(come(given.bo()))
    assert "An insult" in read(come(given.cleo())) and "Hidden: unkind" in read(come(given.cleo()))
    assert dan().get(f"{WALL}ideas/{position}/").status_code == 404


@pytest.mark.both_databases
def test_who_threw_an_idea_takes_it_back_and_dots_on_it_return_to_their_purses(night):
    cleo, position = come(given.cleo()), thrown(night, "A map").position
    address = f"{WALL}ideas/{position}/taking-back"
    for other in (dan(), come(given.eve()), come(given.ana())):
        assert other.post(address, headers=HERE).status_code == 403
    bo = given.bo().voice_id
    voting.place(host(night, "vote"), position, by=bo, at=timezone.now())
    assert "A map</blockquote>" in cleo.get(address).content.decode()
    assert cleo.post(address, headers=HERE).status_code == 302
    assert "A map</p>" not in read(dan())
    assert voting.left(storming.now(night), bo) == 10 and not voting.lying(night, bo)


def test_a_wall_is_read_by_pages_in_as_many_questions_whatever_it_holds(night):
    voices = [Voice.objects.create(name=f"Voice {number}", is_named=True) for number in range(45)]
    for number in range(45):
        with_on = {"builds_on": 0 if number < 5 else Idea.objects.first().position}
        by = voices[number].pk
        throwing.throw(night, f"Idea {number}", by=by, at=timezone.now(), **with_on)
    counts, cleo = [], come(given.cleo())
    read(cleo)
    for most in (3, 40):
        with pytest.MonkeyPatch.context() as patch, CaptureQueriesContext(connection) as asked:
            patch.setattr("coulisses.brainstorms.reading.A_PAGE", most)
            page = read(cleo)
        assert page.count("<article") == most and f"Idea {45 - most}</p>" in page
        counts.append(len(asked))
        older = Idea.objects.order_by("-position")[most - 1].position
        assert f"before={older}#ideas" in page
    assert counts[0] == counts[1]
    assert "Idea 4</p>" in read(dan(), f"?before={Idea.objects.order_by('position')[5].position}")


@pytest.mark.both_databases
def test_of_a_large_wall_the_newest_of_each_family_come_first(night, monkeypatch):
    monkeypatch.setattr("coulisses.brainstorms.reading.A_PAGE", 4)
    ana, at = given.ana().voice_id, timezone.now()
    voices = [Voice.objects.create(name=f"Voice {number}", is_named=True) for number in range(8)]
    ideas = [
        throwing.throw(night, f"Idea {number}", by=one.pk, at=at).position
        for number, one in enumerate(voices)
    ]
    night = host(night, "gather")
    family = gathering.begin_family(night, "Warm", by=ana, at=at).position
    gathering.gather(night, ideas[:4], family, by=ana, at=at)
    page = read(dan())
    shown = [number for number in range(8) if f"Idea {number}</p>" in page]
    assert len(shown) == 4 and {3, 7} <= set(shown)
    assert f"?family={family}#ideas" in page and "?family=0#ideas" in page
    assert f"before={ideas[7] + 1}#ideas" in page and "All ideas, the newest first" in page
    whole = read(dan(), f"?before={ideas[7] + 1}")
    assert [f"Idea {number}</p>" in whole for number in range(8)] == [False] * 4 + [True] * 4
    assert read(dan(), f"?family={family}").count("<article") == 4
    led = dan().get(f"{WALL}ideas/{ideas[2]}/")["Location"]
    assert led == f"{WALL}?before={ideas[2] + 1}#idea-{ideas[2]}"


def test_a_page_for_passers_by_is_kept_and_holds_nothing_of_one_person(night):
    answer = dan().get(WALL)
    assert night.project.room_id in answer["X-Coulisses-Cache"]
    assert "csrfmiddlewaretoken" not in answer.content.decode()
    assert "X-Coulisses-Cache" not in come(given.cleo()).get(WALL)


def test_whoever_comes_by_the_code_is_led_to_the_box_and_asked_for_nothing(night):
    code = codes.make(night.project, at=timezone.now()).code
    assert dan().get(f"/j/{code}")["Location"] == f"{WALL}#in"
    assert f"code <b>{code}</b>" in read(dan())


def test_a_poster_leads_to_its_wall_in_each_phase():
    night = storming.called()
    poster = "/@atelier/night/"
    assert "Look at the wall" in dan().get(poster).content.decode()
    host(night, "throw", minutes=10)
    on = dan().get(poster).content.decode()
    assert f'href="{WALL}#in">Come in' in on and "<b>Throw</b>" in on
    host(night, "ended")
    assert f'href="{WALL}">What came of it' in dan().get(poster).content.decode()
    plain = given.project("boat")
    assert "Come in</a><span>" not in dan().get(plain.path).content.decode()
    assert dan().get(f"{plain.path}wall/").status_code == 404


def test_whoever_needs_the_code_throws_once_they_came_by_it():
    night = host(storming.called(who="code"), "throw")
    code, client = codes.make(night.project, at=timezone.now()).code, dan()
    assert code not in read(client) and "To the door" in read(client)
    assert throw(client, "A map", headers=JSON, name="Dan").status_code == 403
    assert not Guest.objects.exists()
    client.get(f"/j/{code}")
    assert "Throw the idea" in read(client) and "X-Coulisses-Cache" not in client.get(WALL)
    assert throw(client, "A map", headers=JSON, name="Dan").status_code == 201
    host(night, "vote")
    position = Idea.objects.get().position
    assert client.post(f"{WALL}{position}/dots", {"give": "1"}, headers=JSON).status_code == 200
    assert dan().post(f"{WALL}{position}/dots", {"give": "1"}, headers=JSON).status_code == 403


def test_what_became_of_ideas_stands_on_them_and_the_first_on_the_podium(night):
    first, other = (thrown(night, words).position for words in ("A map", "Soup"))
    night = host(night, "vote")
    for position, dots in ((first, 2), (other, 1)):
        for _dot in range(dots):
            voting.place(night, position, by=given.bo().voice_id, at=timezone.now())
    assert "What the dots say" not in read(dan()) and "2 dots" not in read(dan())
    night = host(night, "settle")
    by, at = given.ana().voice_id, timezone.now()
    settling.settle(night, first, is_kept=True, words="It is true", taken_by="Bo", by=by, at=at)
    page = read(dan())
    assert "What the dots say" in page and "2 dots" in page
    assert "<b>Kept.</b>" in page and "It is true" in page and "Bo takes it on." in page
    podium = dan().get(f"{WALL}podium").content.decode()
    assert podium.index("A map") < podium.index("Soup")


def test_a_brainstorm_in_rehearsal_is_nowhere_for_passers_by():
    project = given.project("night", is_raised=False)
    Brainstorm.objects.create(project=project)
    assert dan().get(WALL).status_code == 404
    assert "Throw the idea" not in read(come(given.ana()))
