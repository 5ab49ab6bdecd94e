"""The face of a project: what it says, what it looks like, what its log says of a new title."""

from dataclasses import replace

import pytest
from django.db import IntegrityError, transaction

from coulisses.log.models import Entry
from coulisses.media import store
from coulisses.media.models import Version
from coulisses.moments import rules as moments
from coulisses.moments.pictures import Picture as Shown
from coulisses.people.models import Departure
from coulisses.projects import face, links, rules, withdrawing
from coulisses.projects.columns import Cover, Mining
from coulisses.projects.face import Picture, Words
from coulisses.projects.face_refusals import (
    CoverUnknown,
    LanguageUnknown,
    LicenceUnknown,
    LinkMalformed,
    TitleMissing,
    TooManyLinks,
    WordsTooMany,
)
from coulisses.projects.models import Project
from coulisses.testing import given
from coulisses.testing.checked import checked

pytestmark = pytest.mark.django_db


def dress(project, **said):
    worn = replace(face.words_of(project), **said)
    face.dress(project, worn, by=given.ana().voice_id, at=given.minutes(5))
    project.refresh_from_db()


def kept(project, version="upload:cover"):
    shown = {"small": store.Shown(b"small", 4, 3), "large": store.Shown(b"large", 8, 6)}
    store.keep(project.work, version, reader="picture", facts={}, previews=shown)
    return version


def test_ana_dresses_her_project_and_only_its_new_title_is_told():
    project = given.project()
    size, revision = checked(project.work), project.revision
    dress(project, line=" One  line ", licence="CC-BY-4.0", private="**Prices**, since …")
    assert (project.line, project.licence, project.private) == (
        "One line",
        "CC-BY-4.0",
        "**Prices**, since …",
    )
    assert checked(project.work) == size and project.revision > revision
    dress(project, title="The long boat")
    told = Entry.objects.get(log=project.work, position=checked(project.work))
    assert (told.kind, told.fact.title) == ("project.retitled", "The long boat")


def test_a_project_refuses_by_default_to_be_mined():
    assert given.project().mining == Mining.REFUSED


@pytest.mark.parametrize(
    ("said", "refusal"),
    [
        ({"title": "  "}, TitleMissing),
        ({"line": "x" * 301}, WordsTooMany),
        ({"private": "x" * 5_001}, WordsTooMany),
        ({"language": "klingon!"}, LanguageUnknown),
        ({"licence": "WTF"}, LicenceUnknown),
        ({"licence": "own"}, LicenceUnknown),
        ({"links": [{"name": "x", "href": "javascript:alert(1)"}]}, LinkMalformed),
    ],
)
def test_what_a_face_cannot_say_is_refused_by_name_and_changes_nothing(said, refusal):
    project = given.project()
    with pytest.raises(refusal):
        dress(project, **said)
    assert face.words_of(Project.objects.get(pk=project.pk)) == Words(title="Boat")


@pytest.mark.parametrize(
    "href",
    ["https://x.test/a?b#c", "http://127.0.0.1:80/", "mailto:ana@x.test", "https://é.test/"],
)
def test_a_link_leads_somewhere(href):
    assert links.cleaned([("Ana", href)]) == [{"name": "Ana", "href": href}]


@pytest.mark.parametrize(
    "href",
    [
        *(
            "javascript:alert(1)",
            "data:text/html,x",
            "//x.test",
            "/enter",
            "https://",
            "ftp://x.test",
        ),
        *("https://x.test@evil.test/", "https://x .test", "mailto:", "mailto:@", "https://[x"),
        "https://x.test/" + "y" * 500,
    ],
)
def test_a_link_that_leads_nowhere_or_pretends_is_refused(href):
    with pytest.raises(LinkMalformed):
        links.cleaned([("", href)])


def test_there_is_room_for_eight_links_and_empty_rows_are_none():
    rows = [("", f"https://x.test/{one}") for one in range(8)]
    assert len(links.cleaned([*rows, ("name alone", "")])) == 8
    with pytest.raises(TooManyLinks):
        links.cleaned([*rows, ("", "https://x.test/9")])
    assert links.cleaned([("", "https://x.test/")])[0]["name"] == "x.test"


def test_a_cover_that_was_brought_is_let_go_when_another_takes_its_place():
    project = given.project()
    version = kept(project)
    face.cover(project, Picture(Cover.UPLOADED, version, alt="The keel", focus="ne"))
    project.refresh_from_db()
    assert (project.cover_version, project.cover_alt, project.cover_focus) == (
        version,
        "The keel",
        "ne",
    )
    face.cover(project, Picture(Cover.POSTER, poster=3))
    project.refresh_from_db()
    assert (project.cover_version, project.poster) == ("", 3)
    assert not Version.objects.filter(name=version).exists()


@pytest.mark.parametrize(
    "chosen",
    [
        Picture("other"),
        Picture(Cover.TOLD, "upload:nothing"),
        Picture(Cover.POSTER, poster=12),
        Picture(Cover.NEWEST, focus="up"),
    ],
)
def test_a_cover_that_is_none_is_refused(chosen):
    with pytest.raises(CoverUnknown):
        face.cover(given.project(), chosen)


def test_a_picture_of_another_project_is_no_cover():
    boat, dory = given.project("boat"), given.project("dory")
    with pytest.raises(CoverUnknown):
        face.cover(boat, Picture(Cover.TOLD, kept(dory)))


def test_a_cover_goes_with_the_entry_that_told_it():
    project, ana = given.project(), given.ana()
    version = kept(project)
    who = {"by": ana.voice_id, "happened_at": given.NOON, "told_at": given.NOON}
    told = moments.tell(project, kind="note", pictures=[Shown(version)], **who)
    face.cover(project, Picture(Cover.TOLD, version))
    rules.shred(project, told.position, reason="a face", by=ana.voice_id, at=given.minutes(9))
    project.refresh_from_db()
    assert (project.cover, project.cover_version) == (Cover.NEWEST, "")


@pytest.mark.both_databases
@pytest.mark.parametrize(
    "columns", [{"mining": "maybe"}, {"cover": "gold"}, {"cover_focus": "x"}, {"poster": 12}]
)
def test_the_database_keeps_what_a_face_promises(columns):
    project = given.project()
    with pytest.raises(IntegrityError), transaction.atomic():
        Project.objects.filter(pk=project.pk).update(**columns)


def test_a_work_that_is_withdrawn_says_nothing_of_itself_any_more():
    project = given.project()
    dress(
        project,
        private="Zoë",
        links=[{"name": "Zoë", "href": "https://zoe.test/"}],
        licence="own",
        licence_words="Ask Zoë",
        mining=Mining.ALLOWED,
    )
    face.cover(project, Picture(Cover.UPLOADED, kept(project), alt="Zoë"))
    Project.objects.filter(pk=project.pk).update(last_words="Zoë", pause_words="Zoë")
    given.bo().roles.all().delete()
    departure = Departure(withdraws=True, asked_at=given.NOON, due_at=given.minutes(60))
    while withdrawing.some(given.ana(), departure):
        pass
    row = str(Project.objects.filter(pk=project.pk).values().get())
    assert "Zo" not in row and "zoe" not in row and "allowed" not in row
