"""Eve reads nobody's notices, forges no link, replays none, and learns nothing by trying."""

import re

import pytest
from django.test import Client

from coulisses.notices import tokens
from coulisses.notices.models import Choice, Muted, Notice
from coulisses.notices.tests import scene
from coulisses.people import postal
from coulisses.testing import given

pytestmark = pytest.mark.django_db
ADDRESSES = ["", "count", "choice/", "read", "{pk}/read", "{pk}/mute", "device", "device/end"]
METHODS = ("get", "head", "post", "put", "patch", "delete", "options")


@pytest.fixture
def notice():
    scene.proven(given.cleo())
    scene.a_thread()
    return Notice.objects.get(voice=given.cleo().voice_id)


def asked(client, method, address):
    client.raise_request_exception = False
    return getattr(client, method)(address)


def test_a_passer_by_is_led_to_the_entrance_and_has_no_bell(notice):
    for end in ADDRESSES:
        for method in METHODS:
            answer = asked(Client(), method, f"/notices/{end.format(pk=notice.pk)}")
            assert answer.status_code in (302, 401, 405), (method, end, answer.status_code)
    assert "notice-bell" not in Client().get("/").content.decode()


def test_eve_reads_marks_and_mutes_nothing_of_others(notice):
    eve = given.come_in(Client(), given.eve())
    there = [eve.post(f"/notices/{notice.pk}/{act}") for act in ("read", "mute")]
    nowhere = [eve.post(f"/notices/{10**9}/{act}") for act in ("read", "mute")]
    assert {one.status_code for one in there + nowhere} == {404}
    assert (
        len(
            {re.search(r"<main.*</main>", one.content.decode(), re.S)[0] for one in there + nowhere}
        )
        == 1
    )
    eve.post("/notices/read")
    muted = Muted.objects.create(
        voice=given.cleo().voice, project=notice.project, thread="said-1", at=given.NOON
    )
    assert eve.post(f"/notices/muted/{muted.pk}/end").status_code == 404
    assert "Bo answered" not in eve.get("/notices/").content.decode()
    assert eve.get("/notices/count").json() == {"count": 0}
    notice.refresh_from_db()
    assert notice.read_at is None and Muted.objects.count() == 1


def test_forms_without_their_token_are_refused(notice):
    strict = given.come_in(Client(enforce_csrf_checks=True), given.cleo())
    for end in ("read", f"{notice.pk}/read", f"{notice.pk}/mute", "choice/", "device"):
        assert strict.post(f"/notices/{end}").status_code == 403
    here = f"{notice.project.path}notices/mute"
    assert strict.post(here, {"thread": "said-1"}).status_code == 403
    site = {"headers": {"Sec-Fetch-Site": "cross-site"}}
    assert strict.post(here, {"thread": "said-1"}, **site).status_code == 403
    assert not Muted.objects.exists() and not Choice.objects.exists()


def test_links_that_were_made_up_cut_or_of_an_address_that_was_given_up_lead_nowhere(notice):
    box = postal.boxes([notice.voice_id])[notice.voice_id]
    end, mute = tokens.path(notice.voice_id, box), tokens.mute_path(notice, box)
    client = Client()
    token = end.split("/")[3]
    wrong = [
        end.replace(notice.voice_id, given.eve().voice_id),
        end[:-2] + "/",
        f"/notices/letters/{token.partition('.')[0]}/",
        f"/notices/threads/{token}/",
        mute.replace("threads", "letters"),
        f"/notices/letters/{'x' * 300}/",
        "/notices/threads/a-b-c.d/",
    ]
    for path in wrong:
        assert client.get(path).status_code == 404, path
        assert client.post(f"{path}end").status_code == 404, path
        assert client.post(path).status_code in (404, 405), path
    assert client.get(end).status_code == client.get(mute).status_code == 200
    postal.EmailAddress.objects.update(email="new@far.test")
    for path in (f"{end}end", mute):
        assert client.post(path).status_code == 404  # whoever has the old letterbox
    assert not Choice.objects.exists() and not Muted.objects.exists()


def test_nonsense_in_a_choice_changes_nothing_and_loses_nothing_typed(notice):
    cleo = given.come_in(Client(), given.cleo())
    good = {"mail": "daily", "language": "fr", "zone": "Europe/Paris", "quiet_from": "22:00"}
    wrong = [
        {**good, "quiet_until": ""},
        {**good, "quiet_from": "", "zone": "../../etc/passwd"},
        {**good, "quiet_from": "", "zone": "Europe/Nowhere"},
        {**good, "quiet_from": "25:00"},
        {**good, "mail": "hourly"},
        {**good, "quiet_from": "", "language": "de"},
    ]
    for said in wrong:
        answer = cleo.post("/notices/choice/", said)
        assert answer.status_code == 422 and 'role="alert"' in answer.content.decode(), said
    assert not Choice.objects.exists()
    assert 'value="22:00"' in cleo.post("/notices/choice/", wrong[0]).content.decode()
    answer = cleo.post("/notices/choice/", {**good, "quiet_until": "07:00"})
    assert answer.status_code == 302 and Choice.objects.get().mail == "daily"
    eve = given.come_in(Client(), given.eve())  # she has confirmed no address
    assert eve.post("/notices/choice/", {**good, "quiet_until": "07:00"}).status_code == 409


def test_somebody_mutes_the_thread_on_whose_page_they_are(notice):
    path = f"{notice.project.path}notices/mute"
    here = {"headers": {"Sec-Fetch-Site": "same-origin"}}
    cleo = given.come_in(Client(), given.cleo())
    thread = f"{notice.project.path}said/{notice.thread.partition('-')[2]}/"
    assert "Mute this thread" in cleo.get(thread).content.decode()
    assert "Mute this thread" not in Client().get(thread).content.decode()
    assert cleo.post(path, {"thread": notice.thread}, **here)["Location"] == thread
    assert "You hear nothing" in cleo.get(thread).content.decode()
    assert notice.thread in Muted.objects.get().thread
    for wrong in ("", "said-0", "said-x", "x" * 90, "said-1/../", "\x00"):
        assert cleo.post(path, {"thread": wrong}, **here).status_code == 404
    page = cleo.get("/notices/choice/").content.decode()
    assert f"/notices/muted/{Muted.objects.get().pk}/end" in page
    cleo.post(path, {"thread": notice.thread, "act": "unmute"}, **here)
    assert not Muted.objects.exists()
    doubt = scene.told(notice.project, kind="doubt", asks="advice", title="Which blue?")
    page = f"{notice.project.path}{doubt.position}"
    assert f'value="doubt-{doubt.position}"' in cleo.get(page).content.decode()
    assert "Mute this thread" not in Client().get(page).content.decode()
    assert cleo.post(path, {"thread": f"doubt-{doubt.position}"}, **here)["Location"] == page
    raft = given.project("raft", is_raised=False)
    assert cleo.post(f"{raft.path}notices/mute", {"thread": "said-1"}, **here).status_code == 404
