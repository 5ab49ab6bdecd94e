"""A sentence over saves on the pages, in the stream and in the feed: folded, one tap away."""

import re

import pytest

from coulisses.feeds import reading
from coulisses.log import ledger
from coulisses.moments import laying, rules
from coulisses.pages.tests import told
from coulisses.pages.tests.test_stage import cues
from coulisses.pins import rules as pins
from coulisses.testing import given
from coulisses.ui import entries

pytestmark = pytest.mark.django_db

UNDER = re.compile(r'<details class="under">(.*?)</details>', re.DOTALL)


@pytest.fixture
def boat():
    """Three saves of a picture, at 3 to 5."""
    project = given.project("boat")
    for minute in (10, 200, 400):
        picture = told.picture(project, f"git:{minute}")
        told.save(project, picture, title=f"At {minute}", at=given.minutes(minute))
    return project


def by_ana(minutes=500):
    return {"by": given.ana().voice_id, "at": given.minutes(minutes)}


def lay(project, *positions, title="The hull closes"):
    return laying.lay(project, positions, kind="progress", title=title, **by_ana())


def page(client, address):
    return client.get(address).content.decode()


def under(html):
    """Return the numbers of the steps under the first sentence."""
    return [int(one) for one in re.findall(r"<b>(\d+)</b>", UNDER.search(html)[1])]


def test_on_the_stage_saves_stand_under_their_sentence_and_nowhere_else(client, boat):
    assert cues(client.get(boat.path)) == [5, 4, 3, 2, 1]
    lay(boat, 3, 5)
    html = page(client, boat.path)
    assert cues(client.get(boat.path)) == [6, 4, 2, 1]
    assert under(html) == [3, 5] and "2 steps under it" in html
    assert f'href="{boat.path}3"' in html and f"{boat.path}3/picture/0/after/small" in html
    assert client.get(f"{boat.path}3").status_code == 200


def test_where_the_sentence_is_elsewhere_they_are_folded_below_its_words(client, boat):
    lay(boat, 3, 4)
    html = page(client, f"{boat.path}?before=6")
    assert 'class="is-under"' in html and "The hull closes" in html
    assert html.count("<span>1 step</span>") == 2  # each in its own sitting
    sentence = page(client, f"{boat.path}sittings/4")
    assert "The hull closes" in sentence
    rules.amend(boat, 6, title="The hull is closed", body="", **by_ana(510))
    assert "The hull is closed" in page(client, f"{boat.path}?before=6")


def test_unfolded_they_stand_by_themselves_again_and_the_words_remain(client, boat):
    lay(boat, 3, 5)
    laying.unfold(boat, 6, **by_ana(510))
    html = page(client, boat.path)
    assert "The hull closes" in html and 'class="under"' not in html
    assert {3, 4, 5, 6} <= set(cues(client.get(boat.path)))


def test_a_shredded_step_leaves_the_sentence_and_a_shredded_sentence_lets_them_stand(client, boat):
    lay(boat, 3, 5)
    page(client, boat.path)
    rules.shred(boat, 5, reason="", **by_ana(510))
    html = page(client, boat.path)
    assert under(html) == [3] and "1 step under it" in html
    assert 5 in cues(client.get(boat.path))
    rules.shred(boat, 6, reason="", **by_ana(520))
    assert {3, 5} <= set(cues(client.get(boat.path)))
    assert "The hull closes" not in page(client, boat.path)


def test_ana_unfolds_from_the_sentences_page_and_bo_finds_nothing_more_to_unfold(client, boat):
    sentence = lay(boat, 3, 5)
    address = f"{boat.path}{sentence.position}"
    assert "/unfolding" not in page(client, address)
    assert client.post(f"{address}/unfolding").status_code == 403
    client.force_login(given.ana(), backend="django.contrib.auth.backends.ModelBackend")
    assert f'action="{address}/unfolding"' in page(client, address)
    assert client.get(f"{address}/unfolding").status_code == 405
    assert client.post(f"{address}/unfolding")["Location"] == address
    assert "/unfolding" not in page(client, address)
    client.force_login(given.bo(), backend="django.contrib.auth.backends.ModelBackend")
    assert client.post(f"{address}/unfolding").status_code == 409


def test_what_is_pinned_is_never_folded(client, boat):
    pins.pin(boat, 5, **by_ana())
    laying.lay(boat, [3, 5], kind="progress", title="The hull closes", **by_ana(510))
    assert 5 in cues(client.get(boat.path)) and 3 not in cues(client.get(boat.path))


def test_the_stream_hands_out_the_sentence_with_its_steps(boat):
    sentence = lay(boat, 3, 5)
    known = ledger.read(
        boat.work, audiences=ledger.OUTSIDE, at=given.minutes(600), after=sentence.position - 1
    )
    (html,) = entries.render(boat, known, "en")
    assert under(html) == [3, 5] and 'data-over="3 5"' in html


def test_the_feed_has_them_under_the_sentence_and_not_beside_it(boat):
    lay(boat, 3, 5)
    feed, _until = reading.newest(boat, at=given.minutes(600))
    assert [one.position for one in feed.items] == [6, 4, 2, 1]
    steps = feed.items[0].html.partition("<details>")[2]
    assert [f'href="{boat.path}{one}"' in steps for one in (3, 4, 5)] == [True, False, True]


def test_a_card_shows_the_latest_dozen_and_the_page_of_its_own_all(client):
    project = given.project("boat")
    saves = [told.save(project, told.prose(f"git:{one}"), title=f"{one}") for one in range(20)]
    positions = [one.position for one in saves]
    sentence = laying.lay(project, positions, kind="note", title="All day", **by_ana())
    assert under(page(client, project.path)) == positions[-12:]
    assert "20 steps under it" in page(client, project.path)
    whole = page(client, f"{project.path}{sentence.position}")
    assert under(whole) == positions and "All of them" not in whole


def test_no_page_asks_more_the_more_stands_under_sentences(
    client, boat, django_assert_max_num_queries
):
    def asked(count):
        for number in range(count):
            picture = told.picture(boat, f"git:{count}.{number}")
            save = told.save(boat, picture, title="x", at=given.minutes(600))
            lay(boat, save.position, title=f"{number}")

    asked(2)
    page(client, boat.path)
    rules.tell(
        boat, kind="note", title="Anew", by=given.ana().voice_id,
        happened_at=given.NOON, told_at=given.NOON,
    )  # fmt: skip
    with django_assert_max_num_queries(60) as few:
        page(client, boat.path)
    asked(10)
    with django_assert_max_num_queries(len(few)):
        page(client, boat.path)


def test_cleo_reads_the_sentence_over_members_saves_and_dan_learns_nothing_of_them(client, boat):
    tier = given.tier(boat, given.cleo())
    hidden = told.save(boat, told.prose(), title=told.SECRET, audience=tier.pk)
    sentence = lay(boat, hidden.position, title=told.SECRET)
    address = f"{boat.path}{sentence.position}"
    for path in (boat.path, address, f"{boat.path}?before={sentence.position}"):
        assert told.SECRET not in page(client, path)
    client.force_login(given.cleo(), backend="django.contrib.auth.backends.ModelBackend")
    assert under(page(client, address)) == [hidden.position]
