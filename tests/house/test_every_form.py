"""Every form of a desk: sent by whoever must not, and with what no browser would send."""

import re
from functools import cache, partial
from html.parser import HTMLParser

import pytest
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from django.test import Client
from django.utils import timezone

from coulisses.capture.models import Waiting
from coulisses.capture.rules import take
from coulisses.capture.tests import saves
from coulisses.log.models import Log
from coulisses.moments import rules as moments
from coulisses.moments.models import Draft, State
from coulisses.projects import team
from coulisses.projects.models import Project, Role
from coulisses.testing import given
from tools import reference

pytestmark = pytest.mark.django_db
VALUES = [
    "",
    "\x00",
    str(2**63),
    "9" * 40,
    "x" * 30_000,
    "a\r\nX: y",
    "0001-01-01",
    "9999-12-31T23:59",
]
# A contributor's program proposes as they do: it is their own.
PROPOSING = "/desk/@atelier/tokens/"
# What anybody who is signed in has of their own: none of it is a studio's.
OWN = {"django_session", "accounts_device", "accounts_counted"}


class Forms(HTMLParser):
    """The forms of a page: where each is sent, and its fields with what stands in them."""

    def __init__(self, page):
        super().__init__()
        self.found, self._address = [], page
        self.at = None

    def handle_starttag(self, tag, attributes):
        said = dict(attributes)
        if tag == "form":
            self.at = {}
            if said.get("method", "").lower() == "post":
                self.found.append(
                    (said.get("action", "").partition("#")[0] or self._address, self.at)
                )
        elif (
            tag in ("input", "textarea", "select", "button")
            and said.get("name")
            and self.at is not None
        ):
            self.at.setdefault(said["name"], (said.get("type", tag), said.get("value") or ""))


@pytest.fixture
def house():
    """Ana's rehearsal and her raised work, with something for every form."""
    boat, at = given.project("boat", is_raised=False), timezone.now()
    oar, by = given.project("oar"), given.ana().voice_id
    given.fay(boat.studio), given.host(), given.studio("elsewhere", owner=given.eve())
    for project in (boat, oar):
        moments.tell(project, kind="note", title="Told", by=by, happened_at=at, told_at=at)
        take(project, [saves.save(1, policy="hold"), saves.save(2)], by_owner=by, at=at)
        for state, author in ((State.OPEN, given.ana()), (State.WAITING, given.bo())):
            Draft.objects.create(project=project, account=author, body="w", state=state, kept_at=at)
    team.invite(boat.studio, role="maker", whom="Cleo", by=given.ana(), at=at)
    return boat


def _filled(places, spot):
    return places.get(spot[1], "1")


def pages():
    """Yield every address, filled in with what there is."""
    drafts = Draft.objects.values_list("pk", "project__slug")
    waiting = {"boat": "1", "oar": "2"}
    for draft, project in drafts:
        for position in ("2", "3"):
            places = {
                "studio": "atelier", "project": project, "position": position, "index": "0",
                "draft_id": draft, "first": "1", "path": "a", "rest": "0/000", "side": "after",
                "variant": "small", "waiting_id": waiting[project],
            }  # fmt: skip
            for address in reference.addresses():
                yield "/" + re.sub(r"<(\w+)>", partial(_filled, places), address)


def browser(name):
    client = Client(raise_request_exception=False)
    if name == "viewer":
        client.get(given.watch_link(Project.objects.get(slug="boat")))
    elif name:
        client.force_login(given.account(name))
    return client


def forms_of(name):
    """Return the forms that somebody finds: address and fields."""
    client, found = browser(name), {}
    for address in dict.fromkeys(pages()):
        answer = client.get(address)
        if answer.status_code != 200 or not answer["Content-Type"].startswith("text/html"):
            continue
        parser = Forms(address)
        parser.feed(answer.content.decode())
        found |= {(action, tuple(sorted(fields))): fields for action, fields in parser.found}
    return [(action, fields) for (action, _), fields in found.items()]


@cache
def tables():
    there = {model._meta.db_table for model in apps.get_models()} - OWN
    return sorted(there & set(connection.introspection.table_names()))


def rows():
    """Return how many rows each table holds, how far logs have grown, and what projects say."""
    counted = " union all ".join(f'select count(*) from "{table}"' for table in tables())
    with connection.cursor() as cursor:
        cursor.execute(counted)
        counts = cursor.fetchall()
    said = [
        list(model.objects.order_by("pk").values()) for model in (Project, Draft, Waiting, Role)
    ]
    return counts, dict(Log.objects.values_list("pk", "size")), said


def sent(client, action, data, *, look=lambda: None):
    """Send a form, look at what became of it, and let what it did be undone."""
    with transaction.atomic():
        status = client.post(action, data).status_code
        became = look()
        transaction.set_rollback(True)
    return status, became


def test_nobody_moves_anything_by_a_form_of_anas(house):
    forms = [one for one in forms_of("Ana") if one[0].startswith(("/desk/@", "/@"))]
    assert len(forms) > 40
    wrong = []
    for name in ("Fay", "Eve", "viewer", ""):
        client, before = browser(name), rows()
        for action, fields in forms:
            data = {
                field: value or "yes" for field, (kind, value) in fields.items() if kind != "file"
            }
            status, became = sent(client, action, data, look=rows)
            is_moved = became != before and (name, action) != ("Fay", PROPOSING)
            if is_moved or status >= 500:
                wrong.append((name, action, status))
    assert wrong == []


@pytest.mark.parametrize("name", ["Ana", "Hal"])
def test_no_form_stumbles_on_what_no_browser_sends(house, name):
    wrong, client = [], browser(name)
    for action, fields in forms_of(name):
        whole = {field: value for field, (_, value) in fields.items()}
        file = SimpleUploadedFile("../a\u202e.png", b"\x89PNG\r\n\x1a\n", "image/png")
        tampered = [{}, {field: [value, value] for field, value in whole.items()}]
        tampered += [dict.fromkeys(whole, value) for value in VALUES]
        tampered += [
            {**whole, field: file} for field, (kind, _) in fields.items() if kind == "file"
        ]
        for data in tampered:
            file.seek(0)
            if sent(client, action, data)[0] >= 500:
                wrong.append((action, str(data)[:100]))
    assert wrong == []
