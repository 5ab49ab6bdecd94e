"""All that is somebody's, to take home: whole, theirs alone, gone after a week."""

import json
import zipfile
from datetime import timedelta
from io import BytesIO

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from coulisses.accounts.models import Device
from coulisses.capture.models import Hook
from coulisses.media import vaults
from coulisses.moments import rules as moments
from coulisses.moments.models import Draft
from coulisses.pages.tests import told
from coulisses.people import exports, packing
from coulisses.people.models import Account, Export
from coulisses.projects import rules as projects
from coulisses.testing import given

pytestmark = pytest.mark.django_db


def come_in(account):
    client = Client()
    client.force_login(account)
    return client


def put_together(account):
    export = exports.ask(account, language="en", at=timezone.now())
    assert packing.make_next()
    export.refresh_from_db()
    return export


def opened(export):
    return zipfile.ZipFile(vaults.exports().local(export.path))


def test_ana_takes_home_all_that_is_hers_and_nothing_of_others():
    boat, ana = given.project(), given.ana()
    told.save(boat, told.picture(boat, "git:v1"), title="First sketch")
    told.say(boat, "A plank <b>", body="pine")
    how = dict(by=given.bo().voice_id, happened_at=given.NOON, told_at=given.NOON)
    moments.tell(boat, kind="note", title="Of Bo's", **how)
    secret = projects.issue_token(boat.studio, ana, label="laptop", at=given.NOON)
    Hook.objects.create(
        project=boat, forge="github", secret="whisper", account=ana, opened_at=given.NOON
    )
    Draft.objects.create(account=ana, project=boat, body="not yet", kept_at=given.NOON)
    circle = given.tier(boat, ana)
    packed = opened(put_together(ana))
    assert packed.testzip() is None
    said = {
        name: packed.read(name).decode() for name in packed.namelist() if not name.endswith(".webp")
    }
    rows = {name: json.loads(text) for name, text in said.items() if name.endswith(".json")}
    assert rows["account.json"][0]["email"] == "ana@cast.test"
    assert rows["tokens.json"][0]["label"] == "laptop"
    assert rows["memberships.json"][0]["circle"] == circle.name
    assert rows["drafts.json"][0]["words"] == "not yet"
    assert rows["roles.json"][1] | {"is_owned": True} == rows["roles.json"][1]
    words = [one["said"]["title"] for one in rows["told.json"] if "title" in one["said"]]
    assert {"A plank <b>", "First sketch"} <= set(words)
    assert [one["position"] for one in rows["told.json"]] == [1, 2, 3, 4]
    (picture,) = [name for name in packed.namelist() if name.endswith(".webp")]
    assert picture == "files/atelier-boat/3-1-canvas.webp"
    assert picture in rows["told.json"][2]["files"]
    whole = " ".join(said.values())
    for hidden in (secret, "whisper", "Of Bo", "bo@cast.test"):
        assert hidden not in whole
    assert "A plank &lt;b&gt;" in said["told.html"]
    assert "http:" not in said["index.html"] and "https:" not in said["index.html"]


def test_what_is_taken_home_is_in_the_language_it_was_asked_in():
    given.studio()
    exports.ask(given.ana(), language="fr", at=timezone.now())
    packing.make_next()
    packed = opened(Export.objects.get())
    assert "Tout ce qui est à vous" in packed.read("index.html").decode()
    assert "Ce que vous avez raconté" in packed.read("told.html").decode()


def test_a_file_is_named_so_that_every_machine_can_keep_it():
    for name in ("../../etc/passwd", "é à.png", "a" * 300, "..", "con\0trol", "-rf"):
        safe = packing.safe_name(name)
        assert safe and len(safe) <= 80 and not set(safe) & set("/\\\0 ") and safe[0] not in ".-"


def test_ana_finds_it_on_her_page_when_it_is_ready():
    ana = come_in(given.ana())
    assert "Put it together" in ana.get("/account/data/").content.decode()
    assert ana.post("/account/data/export").status_code == 302
    assert "being put together" in ana.get("/account/data/").content.decode()
    packing.make_next()
    page = ana.get("/account/data/").content.decode()
    address = f"/account/data/export/{Export.objects.get().pk}"
    assert address in page
    answer = ana.get(address)
    assert answer["Content-Type"] == "application/zip" and "no-store" in answer["Cache-Control"]
    assert "attachment" in answer["Content-Disposition"]
    assert zipfile.ZipFile(BytesIO(b"".join(answer.streaming_content))).testzip() is None


@pytest.mark.parametrize("name", ["Eve", "Bo", "Hal"])
def test_nobody_else_takes_it_home(name):
    export = put_together(given.ana())
    given.host()
    assert come_in(given.account(name)).get(f"/account/data/export/{export.pk}").status_code == 404
    assert Client().get(f"/account/data/export/{export.pk}").status_code == 302


def test_asked_for_twice_it_is_put_together_once():
    first = exports.ask(given.ana(), language="en", at=given.NOON)
    assert exports.ask(given.ana(), language="en", at=given.NOON).pk == first.pk
    packing.make_next()
    assert not packing.make_next()
    again = exports.ask(given.ana(), language="en", at=given.NOON)
    assert again.pk != first.pk and Export.objects.count() == 1


def test_what_a_dead_maker_left_is_begun_anew_and_given_up_after_three_times():
    exports.ask(given.ana(), language="en", at=given.NOON)
    for minute in range(exports.MOST_TRIES):
        export = exports.claim(given.minutes(2 * minute))
        assert export and exports.claim(given.minutes(2 * minute)) is None
    assert exports.claim(given.minutes(20)) is None
    assert Export.objects.get().state == "failed"


def test_a_maker_that_was_overtaken_puts_nothing_in_its_place(tmp_path):
    exports.ask(given.ana(), language="en", at=given.NOON)
    slow = exports.claim(given.NOON)
    quick = exports.claim(given.minutes(5))
    for export in (slow, quick):
        made = exports.folder() / f"{export.tries}.half"
        made.write_bytes(b"zip")
        assert exports.say(export, done=1, at=given.minutes(5)) == (export is quick)
        exports.finish(export, made, at=given.minutes(5))
    assert Export.objects.get().state == "ready"
    assert vaults.exports().local(Export.objects.get().path).exists()


@pytest.mark.usefixtures("transactional_house")
def test_after_a_week_it_is_swept_and_opens_for_nobody():
    export = put_together(given.ana())
    path = vaults.exports().local(export.path)
    later = timezone.now() - exports.KEPT_FOR - timedelta(minutes=1)
    Export.objects.update(expires_at=later)
    assert come_in(given.ana()).get(f"/account/data/export/{export.pk}").status_code == 404
    exports.sweep()
    assert not path.exists() and not Export.objects.exists()


def test_whoever_came_in_long_ago_says_the_password_first():
    ana = given.ana()
    ana.set_password("a plank a day")
    ana.save()
    client = come_in(ana)
    Account.objects.filter(pk=ana.pk).update(last_login=timezone.now() - timedelta(hours=1))
    wrong = client.post("/account/data/export", {"password": "guess"})
    assert wrong.status_code == 422 and "not your password" in wrong.content.decode()
    assert client.post("/account/data/export", {"password": "a plank a day"}).status_code == 302


def test_whoever_has_no_password_comes_in_anew():
    ana = given.ana()
    client = come_in(ana)
    Account.objects.filter(pk=ana.pk).update(last_login=timezone.now() - timedelta(hours=1))
    assert "come in again" in client.get("/account/data/").content.decode()
    assert client.post("/account/data/export").status_code == 403
    assert not Export.objects.exists()


def test_a_screen_left_open_is_no_fresher_for_who_comes_in_elsewhere():
    ana, long_ago = given.ana(), timezone.now() - timedelta(hours=1)
    left_open = come_in(ana)
    left_open.get("/account/data/")
    Device.objects.update(began_at=long_ago)
    come_in(ana)
    assert left_open.post("/account/data/export").status_code == 403
    assert not Export.objects.exists()


def test_eve_cannot_guess_a_password_on_a_screen_left_open(settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    cache.clear()
    ana = given.ana()
    ana.set_password("a plank a day")
    ana.save()
    client = come_in(ana)
    Account.objects.filter(pk=ana.pk).update(last_login=timezone.now() - timedelta(hours=1))
    tries = [
        client.post("/account/data/export", {"password": f"guess {number}"}).status_code
        for number in range(12)
    ]
    assert tries[:10] == [422] * 10 and tries[-1] == 429


def test_a_house_that_was_restored_says_that_what_was_packed_is_not_there():
    export = put_together(given.ana())
    vaults.exports().remove(export.path)
    assert come_in(given.ana()).get(f"/account/data/export/{export.pk}").status_code == 404
