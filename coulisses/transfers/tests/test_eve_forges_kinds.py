"""Eve forges what no form here could have put: such a log is refused, and a true one is not."""

import shutil

import pytest

from coulisses.transfers import refusals
from coulisses.transfers.tests import forging
from coulisses.transfers.tests.test_eve_and_the_archives import arrive, exported, refused

pytestmark = pytest.mark.django_db
YES, NO = {"key": "yes", "words": ""}, {"key": "no", "words": ""}
ASKED = {
    "question": "Which?",
    "options": [{"key": "a", "words": "Red"}, {"key": "b", "words": "Blue"}],
    "closes_at": "2999-01-01T12:00:00Z",
}
FORGED = [
    ("decision.opened", {**ASKED, "method": "yesno"}),
    ("decision.opened", {**ASKED, "options": [YES, NO]}),
    ("decision.opened", {**ASKED, "quorum": 1 << 70}),
    ("decision.opened", {**ASKED, "closes_at": "2999-01-01T12:00:00"}),
    ("credit.added", {"role": "emperor", "name": "Eve"}),
    ("credit.added", {"role": "test", "name": "E" * 5_000}),
    ("credit.added", {"role": "test", "name": "Eve\n\nMakers\n  Eve"}),
]


@pytest.fixture
def folder(tmp_path):
    return exported(tmp_path / "export")


def test_what_no_form_here_could_have_put_stands_in_no_table(folder, tmp_path):
    for number, (kind, body) in enumerate(FORGED):
        place = shutil.copytree(folder, tmp_path / f"forged {number}")
        forging.tell(place, kind=kind, body=body)
        refused(refusals.LogUnread, place)


def test_a_vote_that_a_form_here_could_have_put_is_taken_in(folder):
    forging.tell(folder, kind="decision.opened", body=ASKED)
    forging.tell(
        folder, kind="decision.opened", body={**ASKED, "method": "yesno", "options": [YES, NO]}
    )
    assert arrive(folder).decisions.count() == 2
