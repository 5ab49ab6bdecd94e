"""What a contributor's program tells waits for a maker; what a moment may carry beside words."""

import pytest
from django.test import Client

from coulisses.api.tests.programs import Program
from coulisses.log.models import Entry
from coulisses.media import store
from coulisses.moments.models import Draft, State
from coulisses.projects import rules as projects
from coulisses.testing import given
from coulisses.testing.checked import checked
from coulisses_readers.tests import sounds

pytestmark = pytest.mark.django_db

MOMENTS = "atelier/boat/moments"
DOUBT = {"kind": "doubt", "title": "Is the red too loud?", "asks": "courage"}


def program(account, house):
    """A program with a token of somebody's."""
    secret = projects.issue_token(house, account, label="test", at=given.NOON)
    return Program(secret)


@pytest.fixture
def project():
    """Ana's project."""
    return given.project()


@pytest.fixture
def fay(project):
    """A contributor's program."""
    return program(given.fay(project.studio), project.studio)


@pytest.fixture
def ana(project):
    """A maker's program."""
    return program(given.ana(), project.studio)


def test_a_contributor_is_answered_with_a_proposal_and_told_when_it_is_released(project, fay):
    answer = fay.post(MOMENTS, DOUBT, HTTP_IDEMPOTENCY_KEY="k1")
    row = Draft.objects.get()
    assert answer.status_code == 202
    assert answer.json() == {"proposal": row.pk, "url": f"http://testserver{row.desk}preview/"}
    assert (row.state, row.asks, checked(project.work)) == (State.WAITING, "courage", 2)
    again = fay.post(MOMENTS, DOUBT, HTTP_IDEMPOTENCY_KEY="k1")
    assert (again.status_code, again.json()["proposal"]) == (202, row.pk)

    bo = Client()
    bo.force_login(given.bo())
    assert bo.post(f"{row.desk}release", {"revision": row.revision}).status_code == 302
    told = fay.post(MOMENTS, DOUBT, HTTP_IDEMPOTENCY_KEY="k1")
    assert (told.status_code, told.json()["position"]) == (201, 3)
    entry = Entry.objects.get(log=project.work, position=3)
    assert entry.by == given.account("Fay").voice_id
    assert entry.fact.released_by == given.bo().voice_id


@pytest.mark.parametrize(
    ("change", "status", "name"),
    [
        ({"past": True}, 403, "only-makers-tell-the-past"),
        ({"title": ""}, 422, "nothing-to-tell"),
        ({"kind": "note"}, 422, "only-doubts-ask"),
        ({"asks": "money"}, 422, "ask-unknown"),
        ({"pictures": ["upload:x"]}, 422, "picture-unknown"),
    ],
)
def test_a_proposal_that_cannot_be_told_is_refused_by_name(project, fay, change, status, name):
    answer = fay.post(MOMENTS, {**DOUBT, **change})
    assert (answer.status_code, answer.json()["type"]) == (status, f"urn:coulisses:{name}")
    assert not Draft.objects.exists() and checked(project.work) == 2


def test_a_sound_that_is_kept_can_be_told(project, ana):

    heard = store.Shown(sounds.sound("mp3", 0.5))
    facts = {"seconds": 0.5, "waveform": [3, 2, 1], "loudness": None}
    store.keep(project.work, "file:a1", reader="sound", facts=facts, previews={"sound": heard})
    said = {"kind": "note", "sound": {"version": "file:a1", "words": "A saw"}}
    assert ana.post(MOMENTS, said).status_code == 201
    assert Entry.objects.latest("position").fact.sound["words"] == "A saw"
    unknown = ana.post(MOMENTS, {"kind": "note", "sound": "file:a2"})
    assert unknown.json()["type"] == "urn:coulisses:sound-unknown"
    assert checked(project.work) == 3


def test_a_contributor_proposes_what_is_kept_under_a_name_of_its_own(project, fay):
    kept = store.Shown(b"RIFF", 40, 30)
    store.keep(
        project.work, "file:p1", reader="picture", facts={}, previews={"small": kept, "large": kept}
    )
    assert fay.post(MOMENTS, {"kind": "note", "pictures": ["file:p1"]}).status_code == 202
    part = Draft.objects.get().attachments.get()
    assert part.version.startswith("upload:")
