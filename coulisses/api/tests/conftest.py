"""Whose program is at the door: Ana's and Bo's of her studio, Eve's of hers, Dan's of none."""

import pytest

from coulisses.api.tests.programs import Program, token_for
from coulisses.testing import given


@pytest.fixture
def ana(db: None) -> Program:
    """A program of Ana's studio."""
    return Program(token_for(given.studio(), given.ana()))


@pytest.fixture
def bo(db: None) -> Program:
    """A program that tells in Bo's name."""
    return Program(token_for(given.studio(), given.bo()))


@pytest.fixture
def eve(db: None) -> Program:
    """A program with a token of Eve's own studio."""
    return Program(token_for(given.studio("den", owner=given.eve()), given.eve()))


@pytest.fixture
def dan(db: None) -> Program:
    """A program without a token."""
    return Program()
