"""Documents on the pages: their words like prose, their pages by page, and nobody's but theirs."""

import json

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from coulisses.capture import previews
from coulisses.capture.refusals import PreviewNotAccepted
from coulisses.lib import ids
from coulisses.log import ledger
from coulisses.media import store
from coulisses.media.reading import UploadHeld
from coulisses.moments import rules as moments
from coulisses.pages.tests import papers
from coulisses.testing import given
from coulisses_readers.tests import documents
from coulisses_readers.tests.documents import printed

KEY = "AKIA" + "Q7ZP4LK2M9XW3T5R"


@pytest.mark.django_db
def test_a_novels_card_shows_its_words_and_leads_to_its_life(client):
    project = given.project()
    *_, last = papers.novel(project)
    page = client.get(project.path).content.decode()
    assert "<ins>, sauf un" in page
    assert f'href="{project.path}files/roman.docx"' in page
    life = client.get(f"{project.path}files/roman.docx?at={last.position - 1}").content.decode()
    assert "<del>doutait de</del>" in life
    assert "<text-lapse" in life and "<ol class=" not in life


@pytest.mark.django_db
def test_a_pdfs_card_shows_the_page_that_changed_and_its_entry_all_of_them(client):
    project = given.project()
    _first, second = papers.score(project)
    stage = client.get(project.path).content.decode()
    assert f"{project.path}{second.position}/picture/0/after/p2" in stage
    assert "3 pages · page 2 changed" in stage
    whole = client.get(f"{project.path}{second.position}").content.decode()
    for number, variant in ((1, "large"), (2, "p2"), (3, "p3")):
        address = f"{project.path}{second.position}/picture/0/after/{variant}"
        assert f'<img src="{address}"' in whole and f"programme.pdf, page {number}" in whole
        answer = client.get(address)
        assert answer["Content-Type"] == "image/webp"
        assert b"".join(answer.streaming_content)[8:12] == b"WEBP"
    assert 'class="is-changed"' in whole and "2 · changed" in whole
    assert client.get(f"{project.path}{second.position}/picture/0/after/p4").status_code == 404
    life = client.get(f"{project.path}files/programme.pdf").content.decode()
    assert "Page by page" in life and "<time-lapse" in life


@pytest.mark.django_db
def test_a_page_no_longer_says_that_it_changed_when_all_of_the_file_is_new(client):
    project = given.project()
    papers.send(project, "programme.pdf", printed("Un.", "Deux."))
    page = client.get(f"{project.path}3").content.decode()
    assert "2 pages" in page and "is-changed" not in page


@pytest.mark.django_db
def test_eve_finds_no_page_of_what_members_see(client):
    project = given.project()
    tier = given.tier(project, given.cleo())
    entry = papers.send(project, "b.pdf", printed("Un.", "Deux."), audience=tier.pk)
    given.eve()
    for variant in ("small", "large", "p2", "text"):
        kind = "text/0/after" if variant == "text" else f"picture/0/after/{variant}"
        address = f"{project.path}{entry.position}/{kind}"
        client.force_login(given.eve())
        assert client.get(address).status_code == 404
        client.force_login(given.cleo())
        assert client.get(address).status_code == 200
    client.force_login(given.eve())
    assert client.get(f"{project.path}files/b.pdf").status_code == 404
    assert "b.pdf" not in client.get(project.path).content.decode()


@pytest.mark.django_db
def test_a_shredded_documents_pages_are_gone(client, django_capture_on_commit_callbacks):
    project = given.project()
    entry = papers.send(project, "b.pdf", printed("Un.", "Deux."))
    version = entry.fact.changes[0]["after"]["version"]
    places = [
        store.location(store.open_preview(project.work, version, one))
        for one in ("small", "large", "p2", "text")
    ]
    with django_capture_on_commit_callbacks(execute=True):
        by, at = given.ana().voice_id, timezone.now()
        moments.shred(project, entry.position, reason="in haste", by=by, at=at)
    assert not any(place.exists() for place in places)
    answer = client.get(f"{project.path}{entry.position}/picture/0/after/p2")
    assert answer.status_code in (404, 410)


@pytest.mark.django_db
@pytest.mark.parametrize("place", ["cell", "footnote", "page"])
def test_an_upload_with_a_key_in_its_words_is_held(place):
    def in_a_cell(made):
        made.add_table(1, 2).cell(0, 1).text = KEY

    name, data = {
        "cell": ("a.docx", documents.word(in_a_cell)),
        "footnote": ("a.docx", documents.with_footnote("The account", f"aws {KEY}")),
        "page": ("a.pdf", printed("Un.", f"aws {KEY}")),
    }[place]
    project = given.project()
    with pytest.raises(UploadHeld):
        papers.send(project, name, data)
    assert ledger.read(project.work, audiences=ledger.OUTSIDE, at=timezone.now())[-1].position == 2


@pytest.mark.django_db
def test_24_pages_are_kept_as_an_agent_sends_them_and_no_25th(client):
    project = given.project()
    entry = papers.send(project, "a.pdf", printed("Un.", "Deux."))
    version = entry.fact.changes[0]["after"]["version"]
    page = store.location(store.open_preview(project.work, version, "p2")).read_bytes()
    sent = {"small": page, **{f"p{number}": page for number in range(2, 25)}}
    facts = {"reader": "document", "bytes": 9, "pages": 40, "faces": ["0a1b2c"] * 40}
    kept = previews.keep(project, "git:a", facts=facts, previews=sent)
    assert kept.previews.count() == 24
    lie = printed("Un.")
    with pytest.raises(PreviewNotAccepted):
        previews.keep(project, "git:b", facts=facts, previews={"p2": lie})


@pytest.mark.django_db
def test_what_now_shows_of_a_document_is_its_words_beside_a_page_or_the_page_alone(client):
    project = given.project()
    papers.score(project)
    page = client.get(project.path).content.decode()
    now = page[page.index('class="now"') : page.index("</section>", page.index('class="now"'))]
    assert "doutait" in now and "after/p2" in now
    wordless = given.project("scan")

    def draw(canvas):
        canvas.ellipse(50, 50, 200, 200, fill=1)

    papers.send(wordless, "score.pdf", documents.drawn(draw))
    page = client.get(wordless.path).content.decode()
    now = page[page.index('class="now"') : page.index("</section>", page.index('class="now"'))]
    assert "after/large" in now and "score.pdf, now" in now


@pytest.fixture
def stage(house):
    project = given.project(ids.new().lower())
    papers.novel(project)
    papers.score(project)
    return f"{house.url}{project.path}"


PLACES = ("", "5", "7", "files/roman.docx", "files/programme.pdf")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_everybody_can_read_documents(stage, new_page, axe, scheme):
    page = new_page(color_scheme=scheme)
    for place in PLACES:
        assert page.goto(stage + place).ok, place
        axe(page)


def test_no_page_of_a_document_is_wider_than_a_small_phone(stage, fits):
    for place in PLACES:
        fits(stage + place)


def test_pages_are_fetched_when_one_comes_to_them_and_reached_by_keyboard(stage, page):
    page.goto(f"{stage}7")
    expect(page.locator("ol.pages img[loading=lazy]")).to_have_count(3)
    expect(page.locator("ol.pages img")).to_have_count(3)
    page.locator("ol.pages a").first.focus()
    page.keyboard.press("Tab")
    reached = page.evaluate("document.activeElement.getAttribute('href')")
    assert reached.endswith("/7/picture/0/after/p2")


def test_a_text_is_played_version_by_version(stage, page):
    page.goto(f"{stage}files/roman.docx")
    page.get_by_role("button", name="Play").click()
    page.get_by_text("version 1 of 3", exact=True).first.wait_for()
    page.locator(".version del", has_text="doutait de").wait_for()
    page.locator(".leaf ins", has_text="ne croyait plus").wait_for()
    page.get_by_role("button", name="Pause").click()
    expect(page.get_by_role("button", name="Play")).to_be_visible()


def test_without_script_the_versions_are_links(stage, new_page):
    page = new_page(java_script_enabled=False)
    page.goto(f"{stage}files/roman.docx")
    page.get_by_role("link", name="← Before").click()
    expect(page.locator(".version del")).to_contain_text("doutait de")


def test_what_the_page_is_told_fits_the_facts():
    look = {"faces": ["0a1b2c"] * 300, "changed_pages": [*range(1, 41)], "bytes": 1 << 40}
    assert len(json.dumps({**look, "reader": "document", "pages": 10**6, "words": 10**7})) < 4000
