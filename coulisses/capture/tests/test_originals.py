"""Originals: with their maker, unless a project keeps them; never in a stranger's reach."""

from pathlib import Path

import pytest
from django.conf import settings

from coulisses.capture import originals, waiting
from coulisses.capture.refusals import (
    ArrivalNotFound,
    OriginalNotFound,
    OriginalsNotKept,
    OriginalsWouldGo,
)
from coulisses.capture.rules import take
from coulisses.capture.tests.saves import added, changed, save, told
from coulisses.media import store
from coulisses.projects import rules
from coulisses.projects.models import Originals, Project
from coulisses.testing import given

pytestmark = pytest.mark.django_db
WORK = [b"layers " * 1000, b"and more"]


@pytest.fixture
def project():
    return given.project()


def kept(project, choice=Originals.KEPT):
    originals.choose(project, choice, is_sure=False)
    (entry,) = told(project, save(1, added("études/canvas.kra", "v1")))
    originals.keep(project, "git:v1", WORK)
    return entry


def enter(client, who):
    client.force_login(who, backend="django.contrib.auth.backends.ModelBackend")


def address(project, entry, index=0):
    return f"{project.path}{entry.position}/original/{index}"


def files(project):
    folder = Path(settings.MEDIA_ROOT) / project.work_id
    return [path for path in folder.rglob("*") if path.is_file()]


def test_a_project_keeps_no_originals_unless_its_owner_decides_so(project):
    with pytest.raises(OriginalsNotKept):
        originals.keep(project, "git:v1", WORK)
    assert originals.kept(project).count == 0 and files(project) == []


def test_what_is_kept_for_the_team_the_team_alone_can_take(project, client):
    entry = kept(project)
    assert client.get(address(project, entry)).status_code == 404
    enter(client, given.eve())
    assert client.get(address(project, entry)).status_code == 404
    assert "original" not in client.get(f"{project.path}{entry.position}").content.decode()
    enter(client, given.bo())
    answer = client.get(address(project, entry))
    assert answer.getvalue() == b"".join(WORK)
    assert answer["Content-Disposition"] == 'attachment; filename="canvas.kra"'
    assert answer["Content-Type"] == "application/octet-stream"
    assert "private" in answer["Cache-Control"]
    assert "études/canvas.kra" in client.get(f"{project.path}{entry.position}").content.decode()


def test_what_is_given_goes_to_whoever_sees_the_entry_and_in_parts(project, client):
    entry = kept(project, Originals.GIVEN)
    answer = client.get(address(project, entry), headers={"range": "bytes=0-5"})
    assert answer.status_code == 206 and answer.getvalue() == b"layers"
    for wrong in (address(project, entry, 1), address(project, entry)[:-1] + "99"):
        assert client.get(wrong).status_code == 404


@pytest.mark.parametrize("choice", [Originals.KEPT, Originals.GIVEN])
def test_no_address_of_a_picture_leads_to_an_original(project, client, choice):
    entry = kept(project, choice)
    (later,) = told(project, save(2, changed("études/canvas.kra", "v2", "v1")))
    for place in (f"{entry.position}/picture/0/after", f"{later.position}/picture/0/before"):
        assert client.get(f"{project.path}{place}/original").status_code == 404
    row = take(project, [save(3, added("b.kra", "v1"), policy="hold")], **by_ana())[0]
    enter(client, given.bo())
    waiting = f"{project.path}waiting/{row.pk}/picture/0/after/original"
    assert client.get(waiting).status_code == 404


def by_ana():
    return {"by_owner": given.ana().voice_id, "at": given.minutes(1_000)}


def test_a_members_original_is_for_members_alone(project, client):
    tier = given.tier(project, given.cleo())
    originals.choose(project, Originals.GIVEN, is_sure=False)
    (entry,) = told(project, save(1, added("a.kra", "v1"), audience=tier.pk))
    originals.keep(project, "git:v1", WORK)
    assert client.get(address(project, entry)).status_code == 404
    enter(client, given.eve())
    assert client.get(address(project, entry)).status_code == 404
    enter(client, given.cleo())
    assert client.get(address(project, entry)).status_code == 200


def test_what_waits_has_no_original_for_anybody(project, client):
    originals.choose(project, Originals.GIVEN, is_sure=False)
    told(project, save(1, added("a.kra", "v1"), policy="hold"))
    originals.keep(project, "git:v1", WORK)
    enter(client, given.eve())
    for position in range(1, 6):
        assert client.get(f"{project.path}{position}/original/0").status_code == 404


def test_an_original_goes_with_its_entry(project, client):
    entry = kept(project, Originals.GIVEN)
    ana = given.ana()
    rules.shred(project, entry.position, reason="a face", by=ana.voice_id, at=given.minutes(9))
    assert client.get(address(project, entry)).status_code == 404
    with pytest.raises(store.VersionShredded):
        originals.keep(project, "git:v1", WORK)
    assert originals.kept(project).count == 0


@pytest.mark.django_db(transaction=True)
def test_who_lets_originals_stay_again_is_asked_before_they_are_deleted(project, client):
    entry = kept(project)
    enter(client, given.ana())
    asked = client.post(f"{project.path}originals/choice", {"originals": "stay"})
    assert asked.status_code == 409 and "Delete them here" in asked.content.decode()
    assert originals.kept(project).count == 1 and len(files(project)) == 1
    sure = {"originals": "stay", "sure": "yes"}
    assert client.post(f"{project.path}originals/choice", sure).status_code == 302
    assert originals.kept(project).count == 0 and files(project) == []
    project.refresh_from_db()
    with pytest.raises(OriginalNotFound):
        originals.open_one(project, entry.fact, 0)


@pytest.mark.django_db(transaction=True)
def test_what_is_decided_while_an_original_arrives_holds_for_it_too(project):
    def let_stay():
        yield from WORK
        choice = Project.objects.get(pk=project.pk)
        originals.choose(choice, Originals.STAY, is_sure=True)

    kept(project)
    with pytest.raises(OriginalsNotKept):
        originals.keep(project, "git:v2", let_stay())
    assert originals.kept(project).count == 0 and files(project) == []


def test_of_an_original_that_is_gone_before_its_end_nothing_is_left(project):
    def used_up():
        yield from WORK
        raise ArrivalNotFound

    kept(project)
    before = files(project)
    with pytest.raises(ArrivalNotFound):
        originals.keep(project, "git:v2", used_up())
    assert files(project) == before


@pytest.mark.django_db(transaction=True)
def test_what_is_dropped_while_its_original_arrives_has_none(project):
    originals.choose(project, Originals.GIVEN, is_sure=False)
    (row,) = take(project, [save(1, added("a.kra", "v1"), policy="hold")], **by_ana())

    def dropping():
        yield from WORK
        waiting.drop(project, [row.pk], at=given.NOON)
        waiting.forget_dropped()

    with pytest.raises(store.VersionShredded):
        originals.keep(project, "git:v1", dropping())
    assert originals.kept(project).count == 0 and files(project) == []


@pytest.mark.parametrize(
    "name",
    ['a".html', "a\\r\\nSet-Cookie: a=b.kra", "a;b=c.kra", "été\u2028.kra", "..", "a\u061cb.kra"],
)
def test_a_name_of_a_file_is_no_header(project, client, name):
    originals.choose(project, Originals.GIVEN, is_sure=False)
    spelled = name.replace("\\r\\n", "\r\n")
    (entry,) = told(project, save(1, added(f"drafts/{spelled}", "v1")))
    originals.keep(project, "git:v1", [b"<script>alert(1)</script>"])
    answer = client.get(address(project, entry))
    assert answer.status_code == 200 and "Set-Cookie" not in answer.headers
    assert answer["Content-Disposition"].startswith("attachment; filename")
    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["X-Content-Type-Options"] == "nosniff"


def test_what_is_no_place_in_the_log_has_no_original(project, client):
    kept(project, Originals.GIVEN)
    for wrong in ("0", "9" * 18, "9" * 40):
        assert client.get(f"{project.path}{wrong}/original/0").status_code == 404


def test_only_the_owner_decides(project, client):
    for who in (given.bo(), given.cleo(), given.eve()):
        enter(client, who)
        assert client.get(f"{project.path}originals/").status_code == 403
        chosen = client.post(f"{project.path}originals/choice", {"originals": "given"})
        assert chosen.status_code == 403
    project.refresh_from_db()
    assert project.originals == Originals.STAY


@pytest.mark.django_db(transaction=True)
def test_a_preview_that_comes_later_leaves_the_original_and_is_still_wanted(project):
    kept(project)
    assert store.known(project.work, ["git:v1"]) == set()
    store.keep(project.work, "git:v1", reader="picture", facts={}, previews={})
    assert store.known(project.work, ["git:v1"]) == {"git:v1"}
    assert originals.kept(project).count == 1


def test_nonsense_is_no_choice(project, client):
    enter(client, given.ana())
    client.post(f"{project.path}originals/choice", {"originals": "everything"})
    project.refresh_from_db()
    assert project.originals == Originals.STAY
    originals.choose(project, Originals.KEPT, is_sure=False)
    originals.keep(project, "git:v9", WORK)
    with pytest.raises(OriginalsWouldGo):
        originals.choose(project, Originals.STAY, is_sure=False)
