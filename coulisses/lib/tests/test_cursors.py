"""A cursor leads back to its place, in its own log only."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coulisses.lib import cursors

LOG, OTHER = "a" * 26, "b" * 26


@given(st.integers(min_value=0, max_value=cursors.GREATEST))
def test_a_cursor_leads_back_to_its_place(position):
    assert cursors.read(LOG, cursors.spell(LOG, position)) == position


def test_a_cursor_of_another_log_is_refused():
    with pytest.raises(cursors.CursorMalformed):
        cursors.read(OTHER, cursors.spell(LOG, 12))


@given(st.text(max_size=60))
def test_what_is_no_cursor_is_refused(text):
    with pytest.raises(cursors.CursorMalformed):
        cursors.read(LOG, text)
