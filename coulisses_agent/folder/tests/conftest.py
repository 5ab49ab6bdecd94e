"""What the tests of a plain folder may ask for."""

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from coulisses_agent.folder.tests import permissions
from coulisses_agent.folder.tests.scene import Scene
from coulisses_readers.sandbox import Sandbox


@pytest.fixture(scope="session")
def sandbox() -> Iterator[Sandbox]:
    """The child that looks at files, one for all tests: starting it is what takes long."""
    with Sandbox(seconds=20) as sandbox:
        yield sandbox


@pytest.fixture
def scenes(tmp_path: Path, sandbox: Sandbox) -> Iterator[Callable[..., Scene]]:
    """Makes scenes of Ana's folder `work`, each with the same spool."""
    with ExitStack() as stack:

        def make(**ways: Any) -> Scene:
            return stack.enter_context(
                Scene(tmp_path / "work", tmp_path / "spool", sandbox, **ways)
            )

        yield make


@pytest.fixture
def scene(scenes: Callable[..., Scene]) -> Scene:
    """Ana's folder without notices: time passes by hand."""
    return scenes()


@pytest.fixture
def bound_by_permissions() -> Iterator[None]:
    """Permission bits bind whoever runs the tests: root lays down what sets it above them."""
    if os.geteuid():
        yield
        return
    with permissions.binding():
        yield
