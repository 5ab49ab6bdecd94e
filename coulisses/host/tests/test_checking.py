"""A whole house is checked in its place, on either database."""

import pytest

from coulisses.host.backups import checking
from coulisses.host.backups.manifest import Head
from coulisses.log import ledger
from coulisses.media import store
from coulisses.media.models import Preview
from coulisses.projects import rules
from coulisses.testing import given

pytestmark = pytest.mark.both_databases


@pytest.fixture
def project():
    """Return a project with a shredded entry and a file."""
    made = given.project()
    rules.shred(made, 1, reason="told in haste", by=given.ana().voice_id, at=given.NOON)
    store.keep(made.work, "git:1", reader="text", facts={}, previews={"text": store.Shown(b"x")})
    return made


def test_a_house_that_is_whole_is_found_whole(project):
    head = Head(3, ledger.root(project.work).hex())
    report = checking.examine(heads={project.work_id: head})
    assert (report.wrongs, report.logs, report.entries, report.files) == ([], 2, 3, 1)


def test_a_log_that_is_older_than_the_list_says_is_found(project):
    heads = {project.work_id: Head(4, "00"), "nobodys": Head(1, "00")}
    wrongs = checking.examine(heads=heads).wrongs
    assert [wrong.partition(": ")[2] for wrong in wrongs] == [
        "the log is not as far as it was",
        "the log is missing",
    ]


def test_a_file_that_was_let_go_of_on_purpose_is_excused(project):
    preview = Preview.objects.get()
    store.location(preview).unlink()
    assert checking.examine(excused=[preview.path]).wrongs == []
    assert checking.examine().wrongs == [f"media/{preview.path}: the file is missing"]
