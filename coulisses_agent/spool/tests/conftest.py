"""What the tests of a spool may ask for."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from coulisses_agent.spool.store import Spool
from coulisses_agent.tests.contract import recording_house  # noqa: F401


@pytest.fixture
def spool(tmp_path: Path) -> Iterator[Spool]:
    """A spool of Ana's."""
    with Spool(tmp_path / "spool") as spool:
        yield spool
