import pytest

from coulisses.cheers import limits


@pytest.fixture(autouse=True)
def nobody_has_tapped_before():
    for bucket in (limits.taps, limits.lines_taps, limits.newcomers):
        bucket.forget()
