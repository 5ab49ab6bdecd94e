"""Pytest's first plugin: a run has a data folder of its own and none of the developer's settings.

Loaded by `-p` in pyproject.toml, since Django's settings are read before any conftest.py.
"""

import atexit
import gc
import os
import shutil
import tempfile

for _name in [name for name in os.environ if name.startswith("COULISSES_")]:
    if not _name.startswith("COULISSES_TEST_"):
        del os.environ[_name]

_folder = tempfile.mkdtemp(prefix="coulisses-test-")
os.environ["COULISSES_DATA"] = _folder
# The first process of a run says it, those that share its work inherit it.
os.environ.setdefault("COULISSES_TEST_RUN", _folder)
os.environ["COULISSES_TIME_ZONE"] = "UTC"
# All tests ask from one address, and faster than anybody.
os.environ["COULISSES_API_PER_MINUTE_OUTSIDE"] = "0"
os.environ["COULISSES_UNHURRIED_SECONDS"] = "0"  # tests type as fast as machines
# Whoever runs the tests, what is said on a terminal is said in English unless a test asks.
os.environ.pop("LC_ALL", None)
os.environ.pop("LC_MESSAGES", None)
os.environ["LANG"] = "C.UTF-8"
atexit.register(shutil.rmtree, _folder, ignore_errors=True)
# Playwright's synchronous browser keeps an event loop in the test's own thread.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"


def pytest_collection_finish() -> None:
    """Let what was read until now, half a million objects, never be searched for garbage."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 10, 10)
