"""What the tests of the readers may ask for."""

from collections.abc import Iterator

import pytest

from coulisses_readers.sandbox import Sandbox


@pytest.fixture(scope="session")
def sandbox() -> Iterator[Sandbox]:
    """The child that looks at files, one for all tests: starting it is what takes long."""
    with Sandbox(seconds=60) as sandbox:
        yield sandbox
