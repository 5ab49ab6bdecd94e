"""What a warm house holds when it is forked: all code of a house, read and set up for nobody.

Imported by the process that houses are forked from, and by nothing else. A house reads its
settings anew, so nothing that is read here may keep what an environment says, or what chance gave:
`tests/house/test_warm.py` looks for both.
"""

import gc
from importlib import import_module

import django
from django.contrib.auth import get_backends
from django.core.handlers.wsgi import WSGIHandler
from django.template.backends.django import get_installed_libraries
from django.utils.translation import trans_real

# What a house reads when it is first needed.
LATER = """
    av httpx PIL.Image psycopg pypdfium2 django.core.cache.backends.db
    coulisses.accounts.adapter coulisses.accounts.factors coulisses.accounts.passwords
    coulisses.lib.founding coulisses.site.asgi coulisses.site.server coulisses.site.serving
    coulisses.site.urls coulisses_readers.secrets.detectors
""".split()  # noqa: SIM905  a list that is read as one


def kindle() -> None:
    """Read all that a house reads."""
    django.setup()
    for name in (*LATER, *get_installed_libraries().values()):
        import_module(name)
    WSGIHandler()  # reads the middleware
    get_backends()
    for language in ("en", "fr"):
        trans_real.translation(language)
    gc.collect()
    gc.freeze()  # so that what houses share is never copied to be searched for garbage


kindle()
