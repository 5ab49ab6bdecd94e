"""A project moves into another house with its numbers, its bytes and its proof."""

import json
import threading
from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest
from django.db import connection, transaction
from django.test import Client
from django.utils import timezone
from hypothesis import HealthCheck, example
from hypothesis import given as always
from hypothesis import settings as how
from hypothesis import strategies as some

from coulisses.capture.models import Piece, PieceVersion
from coulisses.host.backups import checking
from coulisses.lib.notes import Checkpoint, Verifier, open_note, sign
from coulisses.lib.refusals import Refusal
from coulisses.lib.tree import root_of
from coulisses.log import keys, ledger
from coulisses.log.models import Entry
from coulisses.media import store
from coulisses.media.models import Preview
from coulisses.moments import rules as moments
from coulisses.pages.tests import told
from coulisses.people.models import Account, Voice
from coulisses.pins import rules as pins
from coulisses.pins.models import Pin
from coulisses.projects import rules
from coulisses.projects.models import Day, Sitting, Tier
from coulisses.proof.tests.lying import HOST, LyingHouse
from coulisses.proof.verifier import look
from coulisses.testing import given
from coulisses.testing.checked import checked
from coulisses.transfers import arriving, refusals
from coulisses.transfers.tests import moving

pytestmark = pytest.mark.django_db


def arrive(folder, **more):
    studio, nora = moving.new_studio()
    return arriving.arrive(folder, studio, by=nora, at=timezone.now(), **more)


def log_of(folder):
    return (folder / "log/entries.jsonl").read_bytes()


def boat():
    """Return a project of every kind, pinned, amended and shredded."""
    project, ana = told.everything("boat"), given.ana()
    pins.pin(project, 5, by=ana.voice_id, at=given.minutes(205))
    moments.amend(project, 6, title="Anew", body="", by=ana.voice_id, at=given.NOON)
    rules.shred(project, 8, reason="a name", by=ana.voice_id, at=given.minutes(206))
    members = Entry.objects.exclude(audience="public").get(log=project.work)
    told.say(project, "more", audience=members.audience, at=given.minutes(207))
    rules.shred(project, members.position, reason="", by=ana.voice_id, at=given.minutes(208))
    return project


@pytest.mark.both_databases
def test_a_project_moves_with_its_bytes_and_goes_on_here(tmp_path, database):
    old = moving.from_elsewhere(boat, tmp_path / "old")
    project = arrive(old)
    assert project.path == "/@neu/boat/" and project.is_raised
    size = len(log_of(old).splitlines())
    assert checked(project.work) == size + 1
    note = (old / "proof/checkpoint").read_bytes()
    theirs = Verifier.from_vkey((old / "proof/vkey").read_text().strip())
    signed = Checkpoint.parse(open_note(note, [theirs]))
    assert signed.root == root_of(ledger.leaves(project.work, 0, size))
    assert theirs.public_key != keys.signer(project.work).verifier.public_key
    arrived = ledger.find(project.work, size + 1).fact
    assert (arrived.vkey, arrived.size) == (theirs.vkey(), size)
    assert (
        arrived.checkpoint.encode() == note and arrived.address == "https://old.test/@atelier/boat/"
    )
    again = moving.sent(project, tmp_path / "again")
    assert log_of(again).splitlines()[:size] == log_of(old).splitlines()
    assert (again / "files.jsonl").read_bytes() == (old / "files.jsonl").read_bytes()
    assert (again / "files/git-v2/large.webp").read_bytes()
    assert checking.examine().wrongs == []
    told.say(project, "Told here")
    assert checked(project.work) == size + 2


def test_all_that_derives_from_the_log_is_there_and_nobody_got_an_account(tmp_path):
    counts = {}
    models = (Piece, PieceVersion, Pin, Sitting, Day, Preview, Tier)

    def build():
        project = boat()
        counts.update({model: model.objects.count() for model in models})
        return project

    folder = moving.from_elsewhere(build, tmp_path / "old")
    project = arrive(folder)
    assert {model: model.objects.count() for model in models} == counts
    assert {account.voice.name for account in Account.objects.all()} == {"Nora"}
    assert Voice.objects.filter(name="Ana", account=None).count() == 1
    page = Client().get(project.path).content.decode()
    assert "signed at old.test" in page and "The last plank" in page and told.SECRET not in page
    front = Client().get(f"{project.path}4").content.decode()
    assert "picture/0/after/large" in front
    assert Client().get(f"{project.path}4/picture/0/after/large").status_code == 200


def test_a_checkpoint_kept_in_the_old_house_is_continued_by_the_new(tmp_path):
    old = moving.from_elsewhere(boat, tmp_path / "old")
    with httpx.Client() as client:
        look.verify(str(old), client, keep=tmp_path / "followed.json")
    project = arrive(old)
    followed = tmp_path / "followed.json"
    with httpx.Client(transport=LyingHouse(lambda request, content: content)) as client:
        url = f"{HOST}{project.path}"
        report = look.verify(url, client, keep=tmp_path / "new.json", against=[followed])
        assert report.compared == 1
        forged = json.loads(followed.read_text())
        other = keys.signer(project.work)
        text = Checkpoint(other.name, 3, bytes(32)).text()
        forged |= {"vkey": other.verifier.vkey(), "checkpoint": sign(text, other).decode()}
        followed.write_text(json.dumps(forged))
        with pytest.raises(look.check.PastDisagrees):
            look.verify(url, client, keep=tmp_path / "new.json", against=[followed])


def test_a_rehearsal_arrives_as_a_rehearsal(tmp_path):
    def build():
        project = given.project(is_raised=False)
        told.say(project, "Not yet", at=given.minutes(1))
        rules.striking.strike(project, 2)
        return project

    project = arrive(moving.from_elsewhere(build, tmp_path / "old"))
    assert not project.is_raised
    assert Client().get(project.path).status_code == 404
    rules.raise_curtain(project, by=given.ana().voice_id, at=timezone.now())
    assert ledger.find(project.work, 2).is_shredded


def test_it_arrives_once_and_under_another_address_where_that_is_taken(tmp_path):
    folder = moving.from_elsewhere(boat, tmp_path / "old")
    studio, _nora = moving.new_studio()
    given.project("boat", house=studio)
    assert arrive(folder).slug == "boat-2"
    with pytest.raises(refusals.AlreadyHere):
        arrive(folder)


@pytest.mark.usefixtures("transactional_house")
def test_of_two_that_take_it_in_at_once_one_does_and_its_files_stay(tmp_path):
    folder, both = moving.from_elsewhere(boat, tmp_path / "old"), threading.Barrier(2)
    moving.new_studio()

    def enter(_number):
        try:
            both.wait(30)
            return arrive(folder)
        except refusals.AlreadyHere:
            return None
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as threads:
        came = [one for one in threads.map(enter, range(2)) if one]
    assert len(came) == 1
    kept = Preview.objects.filter(version__log=came[0].work)
    assert kept and all(store.location(one).exists() for one in kept)


def test_only_the_key_that_one_names_will_do(tmp_path):
    folder = moving.from_elsewhere(boat, tmp_path / "old")
    with pytest.raises(refusals.SignedByAnother):
        arrive(folder, vkey="coulisses/other+00000000+AAAA")
    assert arrive(folder, vkey=(folder / "proof/vkey").read_text().strip())


def test_what_everybody_may_see_is_not_enough_to_move_in(tmp_path):
    folder = moving.from_elsewhere(boat, tmp_path / "old", is_whole=False)
    with pytest.raises(refusals.OnlyPublic):
        arrive(folder)


ACTS = some.lists(
    some.tuples(some.sampled_from(["say", "whisper", "shred", "amend", "pin", "picture", "save"]),
                some.integers(1, 12)),
    max_size=10,
)  # fmt: skip


def act(project, what, number):
    ana, at = given.ana().voice_id, given.minutes(number)
    size = Entry.objects.filter(log=project.work).count()
    about = min(number, size)
    if what == "say":
        told.say(project, f"Plank {number}", kind="doubt" if number % 2 else "note", at=at)
    elif what == "whisper":
        circle = project.tiers.first() or given.tier(project, given.cleo())
        told.say(project, told.SECRET, audience=circle.pk, teaser="a word", at=at)
    elif what == "picture":
        told.save(project, told.picture(project, f"git:v{size}"), title="A state", at=at)
    elif what == "save":
        told.save(project, told.prose(f"git:p{size}"), told.code(), title="Words", at=at)
    else:
        verbs = {
            "shred": lambda: rules.shred(project, about, reason="", by=ana, at=at),
            "amend": lambda: moments.amend(project, about, title="Anew", body="", by=ana, at=at),
            "pin": lambda: pins.pin(project, about, by=ana, at=at),
        }
        try:
            verbs[what]()
        except Refusal:
            return


class Over(Exception):
    """An example is over: all of it is taken back."""


@example(acts=[("shred", 1), ("shred", 3)])  # a shredding that was shredded for its reason
@how(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@always(acts=ACTS)
def test_whatever_was_told_comes_out_again_as_it_went_in(tmp_path_factory, acts):
    room = tmp_path_factory.mktemp("moved")

    def build():
        project = given.project()
        for what, number in acts:
            act(project, what, number)
        return project

    with pytest.raises(Over), transaction.atomic():
        old = moving.from_elsewhere(build, room / "old")
        project = arrive(old)
        again = moving.sent(project, room / "again")
        size = len(log_of(old).splitlines())
        assert log_of(again).splitlines()[:size] == log_of(old).splitlines()
        assert checked(project.work) == size + 1
        raise Over
