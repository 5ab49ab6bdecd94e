"""What the tests' own databases promise."""

import asyncio

import pytest
from django.db import connections

pytestmark = pytest.mark.django_db


def test_a_test_has_one_connection_while_an_event_loop_runs_and_while_none_does():
    async def ask():
        return connections["default"]

    assert asyncio.run(ask()) is connections["default"]
