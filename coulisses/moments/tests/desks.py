"""Who sits at the composer, and what they bring: photos, sounds, papers."""

import io

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from coulisses.moments.models import Draft
from coulisses.testing import given

TELL = "/desk/@atelier/boat/tell/"


def at(name, *, has_checks=False):
    """Somebody's browser, come in; "" for a passer-by's."""
    browser = Client(enforce_csrf_checks=has_checks)
    if name:
        browser.force_login(given.account(name))
    return browser


def photo(name="canvas.jpg", colour="teal", size=(300, 400)):
    """A photo as a phone hands it over."""
    raw = io.BytesIO()
    Image.new("RGB", size, colour).save(raw, "JPEG")
    return SimpleUploadedFile(name, raw.getvalue(), "image/jpeg")


def file(name, data, kind="application/octet-stream"):
    """Any file on its way in."""
    return SimpleUploadedFile(name, data, kind)


def keep(browser, path=TELL, *, knew=0, **said):
    """Keep what is written, as the page's script does; returns the answer."""
    words = {"kind": "progress", "knew": knew, **said}
    return browser.post(path, words, headers={"Accept": "application/json"})


def draft(browser, **said):
    """Keep a new draft, and return its row."""
    answer = keep(browser, **{"body": "The mast is up.", **said})
    assert answer.status_code == 200, answer.content
    return Draft.objects.get(pk=answer.json()["address"].split("/")[-2])


def act(browser, row, act, **said):
    """Press a button of a draft's form, with all that the page shows of it."""
    fields = ("kind", "title", "body", "asks", "audience", "teaser")
    shown = {name: getattr(row, name) for name in fields}
    rows = list(row.attachments.order_by("place", "pk"))
    parts = {"parts": "all", "part": [one.pk for one in rows]}
    words = {f"words-{one.pk}": one.words for one in rows}
    whole = {**shown, **parts, **words, "knew": row.revision, "act": act, **said}
    return browser.post(row.desk, whole)
