"""Nobody has done anything before a test: what a process counts of those who come is forgotten.

All tests of a process come from one address, and faster than anybody: without this the last of
many who search would be sent away, whichever test that is.
"""

import sys
from functools import cache

import pytest
from django.urls import get_resolver

from coulisses.lib.pace import Bucket


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """Begin anew with everybody."""
    if item.get_closest_marker("django_db"):
        for one in _buckets():
            one.forget()


@cache
def _buckets() -> list[Bucket]:
    assert get_resolver().url_patterns  # which reads all that counts
    ours = [module for name, module in sys.modules.items() if name.startswith("coulisses.")]
    return [one for module in ours for one in vars(module).values() if isinstance(one, Bucket)]
