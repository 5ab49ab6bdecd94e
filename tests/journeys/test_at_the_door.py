"""What a house doesn't take: each refusal has a name and a sentence, and nothing is lost."""

import http.client
import json
import socket

import httpx
import pytest
from django.utils import timezone
from playwright.sync_api import expect

from coulisses.lib import ids
from coulisses.people import rules as people
from coulisses.testing import given, warm
from coulisses.testing.checked import checked
from tests.journeys import acts
from tests.journeys.opening import PATIENCE


@pytest.fixture
def project(house):
    return given.project(ids.new(), title="The boat")


def problem(answer):
    """Return an answer's status and the name of its refusal."""
    assert answer.headers["Content-Type"] == "application/problem+json"
    said = answer.json()
    assert said["status"] == answer.status_code and said["detail"]
    return answer.status_code, said["type"].removeprefix("urn:coulisses:")


def test_a_picture_that_is_none_is_refused_and_every_word_stays(
    house, project, new_page, complaints
):
    page = new_page()
    page.goto(f"{house.url}/enter/{people.sign_in_link(given.ana(), at=timezone.now())}")
    page.goto(f"{house.url}{project.desk}tell/")
    torn = {"name": "hull.png", "mimeType": "image/png", "buffer": b"\x89PNG\r\n\x1a\nno"}
    page.get_by_label("Pictures").set_input_files(torn)
    expect(page.get_by_text("hull.png")).to_be_visible()
    assert checked(project.work) == 2
    acts.tells(page, "Doubt", "Is it straight?", button="Tell it", body="I can't tell.")
    expect(page.get_by_role("heading", name="Is it straight?").last).to_be_visible()
    assert checked(project.work) == 3
    complaints.clear()  # of the answer that was a refusal


def test_what_is_no_json_no_cursor_and_no_slug_is_named(house, project):
    token = house.say("token", "--studio", project.studio.slug)
    address = f"{house.url}/api/v1/projects/{project.studio.slug}"
    mine = {"headers": {"Authorization": f"Bearer {token}"}, "timeout": PATIENCE}
    anybody = {"timeout": PATIENCE}
    moments = f"{address}/{project.slug}/moments"
    assert problem(httpx.post(moments, content=b"{kind: doubt", **mine)) == (400, "body-not-json")
    assert problem(httpx.post(moments, content=b"\xff\xfe", **mine)) == (400, "body-not-json")
    assert problem(httpx.post(moments, json=["doubt"], **mine))[0] in {400, 422}
    entries = f"{address}/{project.slug}/entries"
    assert problem(httpx.get(entries, params={"after": "newest"}, **anybody))[0] in {400, 422}
    live = f"{house.url}{project.path}live"
    assert problem(httpx.get(live, params={"after": "12"}, **anybody)) == (400, "cursor-malformed")
    named = {"title": "A", "line": "", "language": "en"}
    assert problem(httpx.put(f"{address}/a%2Fb", json=named, **mine))[0] in {400, 404, 422}
    assert problem(httpx.put(f"{address}/A b", json=named, **mine)) == (422, "slug-malformed")
    yesterday = f"{house.url}{project.path}?before=yesterday"
    assert httpx.get(yesterday, **anybody).status_code == 400
    assert checked(project.work) == 2


def test_three_gigabytes_are_refused_as_soon_as_they_are_announced(house, project):
    with socket.create_connection(("127.0.0.1", int(house.url.rpartition(":")[2])), 10) as link:
        head = (
            f"POST {project.path}moments HTTP/1.1",
            "Host: 127.0.0.1",
            "Content-Type: multipart/form-data; boundary=x",
            f"Content-Length: {3 * 1024**3}",
        )
        link.sendall("\r\n".join([*head, "", "--x"]).encode())
        answer = http.client.HTTPResponse(link)
        answer.begin()
        said = json.loads(answer.read())
    assert (answer.status, said["type"]) == (413, "urn:coulisses:body-too-long")
    assert httpx.get(f"{house.url}{project.path}", timeout=PATIENCE).status_code == 200
    assert checked(project.work) == 2


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["open", "{tmp}/nowhere"], "There is no folder"),
        (["open", "/"], "your whole home"),
        (["serve", "--port", "{taken}"], "is in use"),
        (["token", "--studio", "quay"], "There is no house"),
        (["verify", "http://127.0.0.1:1/@a/b/"], "Could not verify"),
    ],
)
def test_a_command_that_cannot_be_carried_out_says_why_and_leaves(tmp_path, words, says):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        said = {"tmp": tmp_path, "taken": taken.getsockname()[1]}
        command = [word.format(**said) for word in words]
        if command[0] != "verify":
            command += ["--data", str(tmp_path / "data")]
        done = warm.run(*command)
    assert done.returncode != 0
    assert says in done.stderr
    assert "Traceback" not in done.stderr
