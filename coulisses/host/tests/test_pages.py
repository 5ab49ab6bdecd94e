"""The house as its host sees it: what is left to do, settled, stored; and nobody else sees it."""

import logging
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from coulisses.capture.models import Piece, Reel
from coulisses.host import jobs, running, secrecy
from coulisses.host.models import Backup, Run
from coulisses.house import rules as house
from coulisses.lib import errands
from coulisses.live import standing
from coulisses.media import store
from coulisses.people.models import Account, Invitation
from coulisses.projects import room, rules
from coulisses.projects.refusals import ProjectNotFound, StudioFull, TokenUnknown
from coulisses.site.config import House
from coulisses.testing import given

pytestmark = pytest.mark.django_db

PAGES = ["", "settings/", "storage/", "storage/atelier/", "backups/", "jobs/", "people/",
         "people/invitations/"]  # fmt: skip
ACTS = ["backups/1/proof", "jobs/films/1", "people/1", "people/1/link",
        "people/invitations/1/revocation"]  # fmt: skip
BACKEND = "django.contrib.auth.backends.ModelBackend"


def enter(who, **how):
    client = Client(**how)
    client.force_login(who, backend=BACKEND)
    return client


@pytest.fixture
def hal():
    """Hal, the host, signed in."""
    given.studio()
    return enter(given.host())


def said(client, address):
    answer = client.get(f"/house/{address}")
    assert answer.status_code == 200, address
    return answer.content.decode()


@pytest.mark.parametrize("address", PAGES)
def test_every_page_of_the_host_is_there_and_kept_by_nobody(hal, address):
    answer = hal.get(f"/house/{address}")
    assert (answer.status_code, answer["Cache-Control"]) == (200, "private, no-store")


@pytest.mark.parametrize("name", ["Eve", "Ana", "Bo", "Fay", None])
def test_nobody_but_the_host_sees_anything_of_it_by_any_method(name):
    given.fay(given.studio())
    who = given.account(name) if name else None
    client = enter(who) if who else Client()
    for address in PAGES + ACTS:
        for method in ("get", "head", "post", "put", "patch", "delete", "options"):
            answer = getattr(client, method)(f"/house/{address}")
            if who is None and (method, answer.status_code) == ("get", 302):
                assert answer["Location"].startswith("/enter?next=")
            else:
                assert answer.status_code in (401, 403, 405), (address, method)


def test_a_host_who_was_stopped_is_let_in_no_more(hal):
    Account.objects.filter(is_host=True).update(is_active=False)
    assert hal.get("/house/").status_code == 302
    assert hal.post("/house/backups/").status_code == 401


@pytest.mark.parametrize("address", [*ACTS, "settings/", "storage/atelier/", "backups/"])
def test_no_form_from_elsewhere_is_taken(hal, address):
    strict = enter(given.host(), enforce_csrf_checks=True)
    assert strict.post(f"/house/{address}").status_code == 403


def test_the_check_list_says_what_is_left_and_what_is_done(hal):
    assert "A first studio" in said(hal, "") and "To do:" in said(hal, "")
    Backup.objects.create(asked_at=given.NOON, place="/b", state="made", proved_at=given.NOON)
    assert "It restored as a whole: 3 May 2026" in said(hal, "")


def test_what_the_host_settles_holds(hal):
    wanted = {"name": "La Ruche", "contact": "hal@cast.test", "sign_up": "closed"}
    assert hal.post("/house/settings/", wanted).status_code == 302
    settled = house.current()
    assert (settled.name, settled.contact, settled.sign_up) == tuple(wanted.values())
    wrong = hal.post("/house/settings/", {**wanted, "contact": "nowhere", "name": "Typed"})
    assert wrong.status_code == 422 and "Typed" in wrong.content.decode()
    assert house.current().name == "La Ruche"


@pytest.mark.both_databases
def test_pages_ask_no_more_questions_the_more_there_is(hal):
    grow(range(1))
    before = {address: asked(hal, address) for address in PAGES}
    grow(range(1, 7))
    assert {address: asked(hal, address) for address in PAGES} == before


def asked(hal, address):
    said(hal, address)
    with CaptureQueriesContext(connection) as queries:
        said(hal, address)
    return len(queries)


def grow(numbers):
    for number in numbers:
        owner, by = given.account(f"P{number}"), given.ana().voice_id
        other = rules.open_studio(slug=f"s{number}", name="Another", owner=owner)
        rules.open_project(other, slug="one", title="One", by=by, at=given.NOON)
        rules.open_project(given.studio(), slug=f"p{number}", title="P", by=by, at=given.NOON)
        Run.objects.create(errand=f"errand{number}", ended_at=given.NOON)
        Backup.objects.create(asked_at=given.NOON, place=f"/{number}", state="made")


@pytest.mark.both_databases
def test_lists_go_on_where_they_ended(hal, monkeypatch):
    from coulisses.host import people, storage

    monkeypatch.setattr(people, "PAGE", 2)
    monkeypatch.setattr(storage, "PAGE", 1)
    given.eve()
    first = said(hal, "people/")
    assert "Eve" in first and "Ana" not in first
    after = first.partition("?after=")[2].partition('"')[0]
    assert "Ana" in said(hal, f"people/?after={after}")
    assert "Eve" in said(hal, "people/?named=ev") and "Ana" not in said(hal, "people/?named=ev")
    rules.open_studio(slug="zoo", name="The zoo", owner=given.eve())
    assert "The zoo" not in said(hal, "storage/")
    assert "The zoo" in said(hal, "storage/?after=atelier")
    for nonsense in ("x", "9" * 30, "-1", "%00"):
        said(hal, f"people/?after={nonsense}&named=%00")


@pytest.mark.both_databases
def test_what_is_kept_is_counted_as_it_comes_and_goes(hal):
    project = given.project()
    keep(project, "git:one", 1000)
    keep(project, "git:one", 700)
    store.keep_original(project.work, "git:one", [b"o" * 300])
    assert room.of(project.studio_id).bytes == 1000
    assert "1" in said(hal, "storage/atelier/")
    store.forget_originals(project.work)
    assert room.of(project.studio_id).bytes == 700
    store.shred(project.work, ["git:one"])
    assert room.of(project.studio_id).bytes == 0


def keep(project, name, size):
    shown = {"text": store.Shown(b"x" * size)}
    return store.keep(project.work, name, reader="text", facts={}, previews=shown)


@pytest.mark.both_databases
def test_a_full_studio_takes_nothing_until_it_has_room(hal, settings, django_assert_num_queries):
    project = given.project()
    assert hal.post("/house/storage/atelier/", {"gib": "0.001"}).status_code == 302
    keep(project, "git:small", 900_000)
    with pytest.raises(StudioFull):
        keep(project, "git:large", 200_000)
    with pytest.raises(StudioFull):
        store.keep_original(project.work, "git:small", [b"o" * 200_000])
    assert room.of(project.studio_id).bytes == 900_000
    assert not list(Path(settings.MEDIA_ROOT).glob(f"{project.work_id}/*/*.part"))
    with django_assert_num_queries(1):
        room.require_room(project.work, 100)
    assert hal.post("/house/storage/atelier/", {"gib": ""}).status_code == 302
    keep(project, "git:large", 200_000)
    assert hal.post("/house/storage/atelier/", {"gib": "much"}).status_code == 422
    assert hal.post("/house/storage/nobodys/", {"gib": "1"}).status_code == 404


def test_a_film_that_failed_is_tried_again_by_hand(hal):
    project = given.project()
    piece = Piece.objects.create(project=project, path="études/canvas.kra")
    reel = Reel.objects.create(
        project=project, piece=piece, shape="square", has_numbers=False, last_position=1,
        state="failed", tries=3, asked_at=given.NOON,
    )  # fmt: skip
    assert "études/canvas.kra" in said(hal, "jobs/")
    assert hal.post(f"/house/jobs/films/{reel.pk}").status_code == 302
    reel.refresh_from_db()
    assert (reel.state, reel.tries) == ("asked", 0)
    assert hal.post(f"/house/jobs/films/{reel.pk}").status_code == 404


@pytest.mark.both_databases
def test_an_errand_that_fails_is_seen_with_how_often_and_when_it_goes_on(hal):
    notes = running.Notes()
    notes.take("coulisses.media.store.sweep", OSError("the broom broke"), 20.0)
    notes.take("coulisses.media.store.sweep", OSError("the broom broke"), 40.0)
    page = said(hal, "jobs/")
    assert "Failed 2 times:" in page and "OSError: the broom broke" in page and "Next try" in page
    notes.take("coulisses.media.store.sweep", None, 10.0)
    assert "Went well" in said(hal, "jobs/")


def test_each_errand_is_called_by_words_that_a_host_reads():
    assert {one.name for one in errands._known if ".tests." not in one.name} <= set(jobs.WORDS)


def test_a_stopped_account_is_out_everywhere_and_its_words_stay(hal):
    project, bo = given.project(is_raised=False), given.bo()
    client = enter(bo)
    session, token = (
        client.session.session_key,
        rules.issue_token(project.studio, bo, label="", at=given.NOON),
    )
    link = said_link(hal, bo)
    seen = standing.find("atelier", "boat", session)
    assert hal.post(f"/house/people/{bo.pk}", {"act": "stop"}).status_code == 302
    assert standing.ended(project.pk, seen.audiences, [session]) == {session}
    assert client.get("/desk/").status_code == 302
    with pytest.raises(ProjectNotFound):
        standing.find("atelier", "boat", session)
    with pytest.raises(TokenUnknown):
        rules.bearer(token, at=given.NOON)
    assert Client().get(link).status_code == 410
    assert hal.post(f"/house/people/{bo.pk}/link").status_code == 409
    assert hal.post(f"/house/people/{bo.pk}", {"act": "let-in"}).status_code == 302
    assert client.get("/desk/").status_code == 200


def said_link(hal, whom):
    page = hal.post(f"/house/people/{whom.pk}/link").content.decode()
    return "/enter/" + page.partition("/enter/")[2].partition("<")[0]


def test_the_host_lets_somebody_in_who_is_locked_out(hal):
    link, client = said_link(hal, given.bo()), Client()
    assert client.get(link).status_code == 302
    assert client.get("/desk/").status_code == 200
    assert Client().get(link).status_code == 410


@pytest.mark.both_databases
def test_a_house_is_never_left_without_a_host(hal):
    host, bo = given.host(), given.bo()
    for act in ("stop", "guest"):
        assert hal.post(f"/house/people/{host.pk}", {"act": act}).status_code == 409
    assert hal.post(f"/house/people/{bo.pk}", {"act": "host"}).status_code == 302
    assert hal.post(f"/house/people/{host.pk}", {"act": "guest"}).status_code == 302
    assert hal.get("/house/").status_code == 403 and enter(bo).get("/house/").status_code == 200


@pytest.mark.parametrize(("address", "status"), [
    ("people/999999", 404), ("people/999999/link", 404), ("backups/999999/proof", 404),
    ("people/invitations/999999/revocation", 404), ("backups/", 409),
])  # fmt: skip
def test_what_is_not_there_is_refused_by_name(hal, address, status):
    assert hal.post(f"/house/{address}", {"act": "stop"}).status_code == status


def test_what_cannot_be_done_with_an_account_is_refused(hal):
    assert hal.post(f"/house/people/{given.bo().pk}", {"act": "delete"}).status_code == 422


def test_an_invitation_is_shown_once_and_taken_back(hal):
    page = hal.post("/house/people/invitations/", {"note": "Bo's sister"}).content.decode()
    secret = page.partition("?invitation=")[2].partition("<")[0]
    assert len(secret) == 43 and secret not in said(hal, "people/invitations/")
    made = Invitation.objects.get()
    assert "Bo&#x27;s sister" in said(hal, "people/invitations/")
    assert hal.post(f"/house/people/invitations/{made.pk}/revocation").status_code == 302
    assert "Bo&#x27;s sister" not in said(hal, "people/invitations/")


CANARY = "kanarienvogel"


def test_no_secret_is_shown_on_any_page_in_any_row_or_in_any_line(hal, settings):
    settings.HOUSE = House(
        data=settings.HOUSE.data,
        database=f"postgres://ana:{CANARY}%21pass@db/house",
        public_url="https://example.org",
        smtp=f"smtp://hal:{CANARY}@mail.example.org:587",
    )
    spelled = f"{CANARY}!pass"
    failure = OSError(f"connect to postgres://ana:{CANARY}%21pass@db failed, {spelled}")
    running.Notes().take("coulisses.media.store.sweep", failure, 1.0)
    assert CANARY not in secrecy.masked(f"{failure} {settings.SECRET_KEY}")
    assert settings.SECRET_KEY not in secrecy.masked(f"key {settings.SECRET_KEY}")
    for address in PAGES:
        page = said(hal, address)
        assert CANARY not in page and settings.SECRET_KEY not in page, address
    assert "example.org" in said(hal, "settings/") and secrecy.MASK in said(hal, "settings/")
    assert CANARY not in str(list(Run.objects.values())) and CANARY not in repr(settings.HOUSE)
    record = logging.LogRecord("x", 40, "", 0, "failed", None, (OSError, failure, None))
    line = secrecy.Formatter().format(record)
    assert CANARY not in line and f"ana:{secrecy.MASK}@db" in line
