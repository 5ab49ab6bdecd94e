"""A save without a message is called by its files."""

import pytest

from coulisses.capture.tests.saves import added, save, told
from coulisses.testing import given
from coulisses.ui import headlines

pytestmark = pytest.mark.django_db


def test_a_save_is_called_by_its_message_or_else_by_its_files():
    project = given.project()
    many = added("hull/boat.png", "a"), added("notes.md", "b"), added("plan.md", "c")
    said, one, three = told(
        project,
        save(1, added("hull/boat.png", "d")),
        save(2, added("hull/boat.png", "e"), title=""),
        save(3, *many, title=""),
    )
    assert headlines.said(said) == "Save 1"
    assert headlines.said(one) == "boat.png"
    assert headlines.said(three) == "boat.png +2"
