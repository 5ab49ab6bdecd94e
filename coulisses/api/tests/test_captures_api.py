"""What an agent sends, over HTTP."""

import io
import json

import pytest
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart
from PIL import Image

from coulisses.capture.tests.saves import added, spelled
from coulisses.media import store
from coulisses.testing import given
from coulisses.testing.checked import checked

pytestmark = pytest.mark.django_db


def webp(width=40, height=30):
    """A picture's bytes."""
    raw = io.BytesIO()
    Image.new("RGB", (width, height), "teal").save(raw, "WEBP")
    return raw.getvalue()


def part(name, data, kind):
    """A file part of a multipart body."""
    file = io.BytesIO(data)
    file.name, file.content_type = name, kind
    return file


def multipart(**parts):
    """A multipart body, as bytes."""
    return encode_multipart(BOUNDARY, parts)


def test_a_batch_is_told_and_a_second_time_found(ana):
    project = given.project()
    batch = {"captures": [spelled(1, added("boat.png", "a")), spelled(2)]}
    first, second = (ana.post("atelier/boat/captures", batch) for _ in "12")
    assert (first.status_code, second.status_code) == (200, 200)
    assert first.json()["results"][0] == {
        "once": f"git:{1:040x}",
        "state": "told",
        "position": 3,
        "url": "http://testserver/@atelier/boat/3",
        "created": True,
    }
    assert [one["created"] for one in second.json()["results"]] == [False, False]
    assert checked(project.work) == 4


def test_what_is_unknown_and_wanted_comes_back_in_the_order_asked(ana):
    given.project()
    ana.post("atelier/boat/captures", {"captures": [spelled(2)]})
    asked = [f"git:{number:040x}" for number in (3, 2, 1)]
    answer = ana.post("atelier/boat/captures/unknown", {"once": asked})
    assert answer.json() == {"unknown": [asked[0], asked[2]]}
    wanted = ana.post("atelier/boat/previews/wanted", {"versions": ["git:b", "git:a"]})
    assert wanted.json() == {"wanted": ["git:b", "git:a"]}


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("captures", {"captures": [spelled(1)] * 201}),
        ("captures/unknown", {"once": ["git:a"] * 5_001}),
        ("previews/wanted", {"versions": ["git:a"] * 1_001}),
        ("captures/unknown", {"once": ["no name"]}),
        ("previews/wanted", {"versions": ["/etc/passwd"]}),
    ],
)
def test_too_many_at_once_and_names_that_are_none_are_refused(ana, path, body):
    given.project()
    answer = ana.post(f"atelier/boat/{path}", body)
    assert (answer.status_code, answer.json()["type"]) == (422, "urn:coulisses:body-malformed")


def test_a_refusal_says_which_save_and_where(ana):
    project = given.project()
    batch = {"captures": [spelled(1), spelled(2, added("a.png", "../x"))]}
    answer = ana.post("atelier/boat/captures", batch)
    assert answer.json()["errors"][0]["at"] == "captures.1.changes.0.after.version"
    assert checked(project.work) == 2


@pytest.mark.parametrize("is_file", [True, False])
def test_previews_come_as_the_parts_of_a_form(ana, is_file):
    project = given.project()
    facts = json.dumps({"reader": "picture", "width": 40}).encode()
    body = multipart(
        facts=part("facts", facts, "application/json") if is_file else facts.decode(),
        small=part("small", webp(20, 15), "image/webp"),
        large=part("large", webp(), "image/webp"),
    )
    answer = ana.put("atelier/boat/previews/git:abc", body, content_type=MULTIPART_CONTENT)
    assert (answer.status_code, answer.json()) == (
        201,
        {"version": "git:abc", "variants": ["large", "small"]},
    )
    assert store.open_preview(project.work, "git:abc", "small").width == 20
    assert store.open_preview(project.work, "git:abc", "large").version.facts == {"width": 40}


def test_a_moment_shows_pictures_that_are_kept(ana):
    project = given.project()
    body = multipart(facts='{"reader":"picture"}', large=part("large", webp(), "image/webp"))
    ana.put("atelier/boat/previews/upload:one", body, content_type=MULTIPART_CONTENT)
    said = {"kind": "progress", "pictures": [{"version": "upload:one", "alt": "A hull"}]}
    assert ana.post("atelier/boat/moments", said).status_code == 201
    (shown,) = project.work.entries.get(position=3).fact.pictures
    assert (shown["version"], shown["alt"], shown["width"]) == ("upload:one", "A hull", 40)


@pytest.mark.parametrize(
    ("parts", "name"),
    [
        ({"facts": "{"}, "facts-not-accepted"),
        ({"facts": "[]"}, "facts-not-accepted"),
        ({"facts": "[" * 50_000}, "facts-not-accepted"),
        ({"small": "x"}, "facts-not-accepted"),
        ({"facts": '{"reader":"picture"}', "huge": b"x"}, "preview-not-accepted"),
        ({"facts": '{"reader":"picture"}', "small": b"GIF89a"}, "preview-not-accepted"),
    ],
)
def test_a_preview_that_is_none_is_refused_by_name(ana, parts, name):
    given.project()
    files = {
        key: part(key, value, "image/webp") if isinstance(value, bytes) else value
        for key, value in parts.items()
    }
    body = multipart(**files)
    answer = ana.put("atelier/boat/previews/git:abc", body, content_type=MULTIPART_CONTENT)
    assert (answer.status_code, answer.json()["type"]) == (422, f"urn:coulisses:{name}")


@pytest.mark.parametrize("body", [b"", b"{}", b"--nonsense"])
def test_a_body_that_is_no_form_is_refused_by_name(ana, body):
    given.project()
    for kind in ("application/json", "multipart/form-data", "multipart/form-data; boundary=é"):
        answer = ana.put("atelier/boat/previews/git:abc", body, content_type=kind)
        assert answer.json()["type"] == "urn:coulisses:body-not-multipart"


@pytest.mark.parametrize("version", ["abc", "git:" + "a" * 65, "git:..%2F..", "GIT:abc"])
def test_a_version_has_a_name_of_one_form(ana, version):
    given.project()
    answer = ana.put(f"atelier/boat/previews/{version}", multipart(facts="{}"))
    assert answer.status_code in (404, 422)
    assert answer["Content-Type"] == "application/problem+json"


def test_what_waits_is_listed_released_and_dropped_by_the_team_alone(ana, eve):
    project = given.project()
    batch = [
        spelled(number, added(f"{number}.png", f"{number}"), policy="hold") for number in (1, 2)
    ]
    came = ana.post("atelier/boat/captures", {"captures": batch}).json()["results"]
    assert [(one["state"], one["position"]) for one in came] == [("waiting", None)] * 2
    known = ana.post("atelier/boat/captures/unknown", {"once": [batch[0]["once"]]})
    assert known.json() == {"unknown": []}
    page = ana.get("atelier/boat/waiting?limit=1").json()
    (first,) = page["waiting"]
    (second,) = ana.get(f"atelier/boat/waiting?after={page['next']}").json()["waiting"]
    assert (first["paths"], second["paths"]) == (["1.png"], ["2.png"])
    for refused in (
        eve.get("atelier/boat/waiting"),
        eve.post(f"atelier/boat/waiting/{first['id']}/release", {}),
        eve.ask("DELETE", f"atelier/boat/waiting/{first['id']}"),
    ):
        assert refused.status_code == 403
    told = ana.post(f"atelier/boat/waiting/{first['id']}/release", {})
    assert told.json()["position"] == 3
    dropped = ana.ask("DELETE", f"atelier/boat/waiting/{second['id']}")
    assert dropped.status_code == 204
    again = ana.post(f"atelier/boat/waiting/{second['id']}/release", {})
    assert (again.status_code, again.json()["type"]) == (404, "urn:coulisses:waiting-not-found")
    assert ana.get("atelier/boat/waiting").json() == {"waiting": [], "next": None}
    assert checked(project.work) == 3
