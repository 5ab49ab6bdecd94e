"""The pages of doubts: what everybody finds there, what Eve does not, and the wall of failures."""

import re

import pytest
from django.test import Client

from coulisses.decisions.tests.voting import put
from coulisses.doubts import leads, queries, rules
from coulisses.doubts.models import Lead, Life
from coulisses.doubts.tests.telling import HERE, ana, told
from coulisses.log.models import Entry
from coulisses.people.models import Guest
from coulisses.projects import gates, heard
from coulisses.testing import given
from coulisses.testing.checked import checked

pytestmark = pytest.mark.django_db


@pytest.fixture
def boat():
    """A doubt that asks for advice (3), one for members (4), what came after (5)."""
    boat = given.project()
    told(boat, asks="advice")
    told(boat, asks="advice", title="Hush", audience=given.tier(boat, given.cleo()).pk)
    told(boat, "breakthrough", "It was alone")
    return boat


def who(name):
    client = Client()
    if name == "Fay":
        client.force_login(given.fay(given.studio()))
    elif name == "Gus":
        given.come_in(client, given.guest())
    elif name == "viewer":
        client.get(given.watch_link(given.project("quiet", is_raised=False)))
    elif name:
        client.force_login(given.account(name))
    return client


def page(client, at="/@atelier/boat/3"):
    answer = client.get(at)
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def send(client, at, here=True, **data):
    return client.post(f"/@atelier/boat/{at}", data, **(HERE if here else {}))


def test_the_stage_says_which_of_its_doubts_are_over(boat):
    told(boat, title="Is it blue?", minute=4)
    rules.settle(boat, 3, words="It sings", **ana())
    card = page(who(""), "/@atelier/boat/").partition('<ul class="short">')[2].partition("</ul>")[0]
    blue, red = card.split("</li>")[:2]
    assert "Is it blue?" in blue and "Settled." not in blue
    assert "Settled." in red


def test_a_passer_by_offers_a_lead_under_a_name_and_is_known_from_then_on(boat):
    dan = who("")
    answer = send(dan, "3/leads/", words="Try <b>it</b> alone", name="Dan")
    assert (answer.status_code, answer["Location"]) == (302, "/@atelier/boat/3#say-1")
    html = page(dan)
    assert "Try &lt;b&gt;it&lt;/b&gt; alone" in html and "Dan" in html
    assert 'name="name"' in page(who("")) and 'name="name"' not in html
    send(dan, "3/leads/1/developments", words="By daylight")
    assert Guest.objects.count() == 1
    assert [one.about for one in Entry.objects.filter(log=boat.room).order_by("position")] == [
        None,
        1,
    ]
    assert "By daylight" in page(who("")) and checked(boat.room) == 2


def test_a_guest_takes_back_what_they_offered_and_nobody_elses(boat):
    dan, eve = who(""), who("Eve")
    send(dan, "3/leads/", words="A slip of the tongue", name="Dan")
    assert "leads/1/taking-back" in page(dan) and "taking-back" not in page(eve)
    assert send(eve, "leads/1/taking-back").status_code == 403
    assert send(who(""), "leads/1/taking-back").status_code == 401
    assert send(eve, "leads/99/taking-back").status_code == 404
    assert send(dan, "leads/1/taking-back").status_code == 302
    assert "A slip of the tongue" not in page(who(""))
    assert not Lead.objects.exists() and checked(boat.room) == 2


def test_what_is_refused_comes_back_as_it_was_written(boat):
    answer = send(who(""), "3/leads/", words="A nameless idea")
    assert answer.status_code == 401 and "A nameless idea" in answer.content.decode()
    answer = send(who("Cleo"), "3/leads/", words="x" * 1001)
    assert answer.status_code == 422 and "x" * 1001 in answer.content.decode()
    rules.let_go(boat, 3, **ana())
    answer = send(who(""), "3/leads/", words="Too late", name="Dan")
    assert answer.status_code == 409 and "Too late" in answer.content.decode()
    assert not (Lead.objects.exists() or Guest.objects.exists())


def test_words_that_wait_are_thanked_for_and_their_rows_stay(boat, monkeypatch):
    def hold_back(project, fact, by, at):
        given.account("Held")
        raise gates.Waits

    monkeypatch.setattr(gates, "_gates", [hold_back])
    answer = send(who("Cleo"), "3/leads/", words="With a link")
    assert answer.status_code == 302 and not Lead.objects.exists()


def test_makers_say_what_became_of_a_doubt_and_each_page_follows(boat):
    bo = who("Bo")
    send(who("Cleo"), "3/leads/", words="Alone")
    assert 'value="let_go"' in page(bo) and "/answer" in page(bo)
    send(bo, "3/leads/1/answer", words="Yes", act="kept")
    assert "This came from" not in page(who("")), "the doubt was there before the lead"
    send(bo, "3/life", act="tried", words="A darker red")
    assert "A darker red" in page(who("")) and "A darker red" in page(who(""), "/@atelier/boat/")
    send(bo, "5/settles", doubt="3", words="So it was")
    assert 'href="/@atelier/boat/5"' in page(who("")) and "So it was" in page(who(""))
    assert 'href="/@atelier/boat/3"' in page(who(""), "/@atelier/boat/5")
    assert "/leads/" not in page(who("Eve"))
    send(bo, "3/life", act="reopened")
    send(bo, "3/life", act="settled", words="Again", settled_by="5")
    assert Life.objects.get(position=3).settled_by == 5
    assert checked(boat.work) == 9


def test_no_number_stands_on_a_doubt(boat):
    for number in range(3):
        send(who("Cleo"), "3/leads/", words=f"idea {'abc'[number]}")
    for at in ("/@atelier/boat/3", "/@atelier/boat/"):
        shown = re.sub(r"<[^>]*>", " ", page(who(""), at))
        assert not re.search(r"\b3 (leads|answers)", shown)


@pytest.mark.parametrize("name", ["", "Eve", "Cleo", "Fay", "Gus"])
def test_nobody_but_makers_says_what_becomes_of_a_doubt(boat, name):
    leads.offer(boat, rules.find(boat, 3), words="An idea", **ana())
    boat.work.refresh_from_db()
    size, client = boat.work.size, who(name)
    for at, data in [
        ("3/life", {"act": "settled", "words": "mine"}),
        ("3/life", {"act": "let_go"}),
        ("5/settles", {"doubt": "3"}),
        ("3/leads/1/answer", {"act": "kept"}),
        ("3/leads/1/answer", {"act": "put_by", "words": "no"}),
    ]:
        assert send(client, at, **data).status_code in {401, 403}, (name, at)
    boat.work.refresh_from_db()
    assert (boat.work.size, Life.objects.count()) == (size, 0)
    assert Lead.objects.get().state == "open"


@pytest.mark.parametrize("name", ["", "Eve", "Gus"])
def test_nobody_from_outside_speaks_to_a_members_doubt_or_of_a_rehearsal(boat, name):
    given.project("quiet", is_raised=False)
    leads.offer(boat, rules.find(boat, 4), words="Hush hush", **ana())
    client, size = who(name), Entry.objects.count()
    for at in ("4/leads/", "4/leads/1/developments", "4/life", "4/leads/1/answer"):
        assert send(client, at, words="mine", name="Me").status_code == 404
        assert send(client, f"../quiet/{at.replace('4', '1')}", words="x").status_code == 404
    assert client.get("/@atelier/boat/4/leads/").status_code == 404
    assert client.get("/@atelier/quiet/failures/").status_code == 404
    assert client.get("/desk/@atelier/boat/doubts/").status_code in {302, 404}
    for at in ("4", "", "5", "failures/"):
        assert "Hush" not in page(client, f"/@atelier/boat/{at}")
    assert Entry.objects.count() == size
    assert "Hush hush" in page(who("Cleo"), "/@atelier/boat/4")


def test_forged_positions_and_methods_open_nothing(boat):
    bo = who("Bo")
    lead = leads.offer(boat, rules.find(boat, 3), words="An idea", **ana()).position
    far = 2**63
    for at, data, status in [
        (f"{far}/leads/", {"words": "x"}, 404),
        ("5/leads/", {"words": "x"}, 409),
        ("1/life", {"act": "tried", "words": "x"}, 409),
        (f"3/leads/{far}/developments", {"words": "x"}, 404),
        (f"4/leads/{lead}/answer", {"act": "kept"}, 404),
        ("3/life", {"act": "settled", "settled_by": str(far)}, 422),
        ("3/life", {"act": "settled", "settled_by": "99"}, 422),
        ("3/life", {"act": "nonsense"}, 422),
        ("5/settles", {"doubt": "4"}, 302),
        ("5/settles", {"doubt": "x"}, 404),
    ]:
        assert send(bo, at, **data).status_code == status, at
    assert bo.get("/@atelier/boat/3/leads/?after=9999999999999999999999").status_code == 400
    assert bo.get("/@atelier/boat/3/life").status_code == 405
    for at in ("3/leads/", "3/life", "5/settles", f"3/leads/{lead}/answer"):
        assert send(bo, at, here=False, words="x").status_code == 403
        elsewhere = bo.post(
            f"/@atelier/boat/{at}", {"words": "x"}, HTTP_SEC_FETCH_SITE="cross-site"
        )
        assert elsewhere.status_code == 403
    assert Life.objects.count() == 1  # the lawful one: 5 settles 4


def test_who_watches_a_rehearsal_reads_and_says_nothing():
    quiet = given.project("quiet", is_raised=False)
    doubt = told(quiet, asks="advice")
    client = Client()
    client.get(given.watch_link(quiet))
    assert "<textarea" not in page(client, f"/@atelier/quiet/{doubt}")
    answer = client.post(f"/@atelier/quiet/{doubt}/leads/", {"words": "x", "name": "V"}, **HERE)
    assert answer.status_code == 403 and not Lead.objects.exists()


def test_a_page_of_leads_costs_the_same_for_one_or_many(boat, django_assert_max_num_queries):
    asked = rules.find(boat, 3)
    for number in range(queries.A_PAGE + 2):
        leads.offer(boat, asked, words=f"idea {number}", **ana())
    heard.hide(boat, 2, reason="a reason", at=given.NOON)
    with django_assert_max_num_queries(40):
        html = page(who(""))
    assert "idea 19" in html and "idea 20" not in html and "idea 1<" not in html
    rest = page(who(""), re.search(r'href="([^"]*after=\d+)"', html)[1])
    assert "idea 21" in rest and "idea 19" not in rest


def test_ana_hides_a_lead_and_what_took_it_further_and_nobody_reads_whose_they_were(boat):
    at, asked = given.minutes(9), rules.find(boat, 3)
    rude = {name: given.guest(name).voice_id for name in ("Rude Gus", "Rude Hugo")}
    lead = leads.offer(boat, asked, words="Burn it", by=rude["Rude Gus"], at=at).position
    leads.develop(boat, asked, lead, words="And you", by=rude["Rude Hugo"], at=at)
    ana, html = who("Ana"), page(who(""))
    assert "Rude Gus" in html and "Rude Hugo" in html
    for position in (lead, lead + 1):
        place = f"/@atelier/boat/said/{position}/hiding"
        assert f'action="{place}"' in page(ana) and place not in html
        assert ana.post(place, {"reason": "Kindly"}, **HERE).status_code == 302
    html = page(who(""))
    assert not any(one in html for one in ("Burn it", "And you", "Rude"))
    assert "Rude Gus" in page(ana)


def test_failures_hang_on_a_wall_with_what_they_taught(boat):
    assert "failures/" not in page(who(""), "/@atelier/boat/")
    assert "Nothing has failed here yet" in page(who(""), "/@atelier/boat/failures/")
    for number in range(22):
        told(boat, "failure", f"It fell {number:02}", learnt=f"Glue {number:02} first")
    told(boat, "failure", "Hush", audience=boat.tiers.get().pk)
    wall = page(who(""), "/@atelier/boat/failures/")
    assert "It fell 21" in wall and "Glue 21 first" in wall and "It fell 01" not in wall
    older = page(who(""), "/@atelier/boat/failures/" + re.search(r"\?before=\d+", wall)[0])
    assert "Glue 00 first" in older and "It fell 02" not in older and "Hush" not in wall + older
    assert "failures/" in page(who(""), "/@atelier/boat/")


def test_open_doubts_stand_at_the_desk_the_oldest_first(boat):
    desk = "/desk/@atelier/boat/doubts/"
    send(who("Cleo"), "4/leads/", words="An idea")
    html = page(who("Bo"), desk)
    assert html.index("/@atelier/boat/3") < html.index("/@atelier/boat/4")
    assert "Leads wait for your word" in html
    for doubt in (3, 4):
        rules.let_go(boat, doubt, **ana())
    assert "No doubt is open" in page(who("Fay"), desk)


def test_what_one_may_do_now_stands_before_what_leads_elsewhere():
    boat = given.project()
    told(boat, "failure", "The keel split", learnt="Dry it first")
    told(boat, asks="advice")
    put(boat)
    html = Client().get(boat.path).content.decode().partition('<aside class="yours"')[2]
    places = [html.index(one) for one in ("Which colour", "Is the red too loud?", "/failures/")]
    assert places == sorted(places)
