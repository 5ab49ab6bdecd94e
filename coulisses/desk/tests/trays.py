"""A tray with something of everything, and hands at it."""

import json

from django.test import Client
from django.utils import timezone

from coulisses.capture import queries, rules
from coulisses.capture.tests.saves import added, changed, save
from coulisses.media import store
from coulisses.testing import given

BACKEND = "django.contrib.auth.backends.ModelBackend"


def hands(name="Ana", **how):
    """Return a browser of somebody's, signed in."""
    client = Client(**how)
    client.force_login(given.account(name), backend=BACKEND)
    return client


def take(project, *saves, by="Ana", at=given.NOON, **how):
    """Hand saves in as somebody's agent does."""
    return rules.take(project, saves, by_owner=given.account(by).voice_id, at=at, **how)


def kept(project, name):
    """Keep a preview of a version."""
    shown = {"small": store.Shown(b"not a real picture", 4, 3)}
    store.keep(project.work, name, reader="picture", facts={}, previews=shown)


def boat(slug="boat", **how):
    """A project with two saves told (3, 4), one held, one due in a day, one of Fay's."""
    project = given.project(slug, **how)
    given.fay(project.studio)
    held = [{"path": ".env", "reason": "env_file"}]
    told = [save(1, added("hull.png", "a"), held=held), save(2, changed("hull.png", "b", "a"))]
    take(project, *told)
    take(project, save(3, changed("keel.png", "c", "b"), policy="hold", title="The keel"))
    due = save(4, added("mast.md", "d"), policy="delay", delay=86_400, title="The mast")
    take(project, due, at=timezone.now())
    take(project, save(5, added("oar.png", "e"), title="An oar"), by="Fay", is_proposed=True)
    for name in "abce":
        kept(project, f"git:{name}")
    return project


def waiting(project):
    """Return the rows that wait, by their titles."""
    return {json.loads(one.said)["title"]: one.pk for one in queries.waiting(project)}


def page(client, project, query=""):
    """Return the tray's page."""
    return client.get(f"{project.desk}tray/{query}").content.decode()


def act(client, project, verb, **said):
    """Do something at the tray, and return the page that follows."""
    return client.post(f"{project.desk}tray/{verb}", said, follow=True)
