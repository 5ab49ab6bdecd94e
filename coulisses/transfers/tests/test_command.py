"""`coulisses export` and `coulisses import`, and what was exported on any web server."""

import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer

import pytest
from django.conf import settings

from coulisses.pages.tests import told
from coulisses.projects.models import Role
from coulisses.proof.verifier import command
from coulisses.site import commands
from coulisses.testing import given
from coulisses.testing.checked import checked
from coulisses.transfers.tests import moving

pytestmark = pytest.mark.django_db


class Quiet(SimpleHTTPRequestHandler):
    """A web server that knows nothing of us."""

    def log_message(self, *_):
        """Say nothing."""


@pytest.fixture
def site(tmp_path):
    """Serve a folder over http, and return its address."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=tmp_path))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def run(*words):
    return commands.main([*map(str, words), "--data", str(settings.DATA)])


def test_a_project_is_exported_and_verified_wherever_it_is_served(
    site, tmp_path, monkeypatch, capsys
):
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    told.everything("boat")
    for to in (tmp_path / "any/where", tmp_path / "@atelier/boat"):
        to.parent.mkdir()
        assert run("export", "@atelier/boat", to) == 0
    for address in ("any/where/", "any/where/entries/3.html", "@atelier/boat/"):
        assert command.command([f"{site}/{address}"]) == command.HOLDS
    assert command.command([str(tmp_path / "any/where")]) == command.HOLDS
    assert "This is a copy" in capsys.readouterr().out
    assert command.command([f"{site}/nowhere/"]) == command.CANNOT_SAY
    lines = tmp_path / "any/where/log/entries.jsonl"
    lines.write_bytes(lines.read_bytes().replace(b'"position":3', b'"position":4', 1))
    assert command.command([f"{site}/any/where/"]) == command.DOES_NOT_HOLD


def test_a_zip_is_to_be_unpacked_before_it_is_verified(tmp_path, capsys):
    told.everything("boat")
    assert run("export", "@atelier/boat", tmp_path / "boat.zip") == 0
    assert command.command([str(tmp_path / "boat.zip")]) == command.CANNOT_SAY
    assert "Unpack the ZIP first" in capsys.readouterr().err


def test_what_was_exported_moves_in_by_a_command(tmp_path, capsys):
    place = moving.from_elsewhere(lambda: told.everything("boat"), tmp_path / "boat.zip")
    studio, _nora = moving.new_studio()
    assert run("import", place, "--studio", "neu", "--slug", "raft") == 0
    said = capsys.readouterr().out
    assert "/@neu/raft/" in said and "signed them there" in said
    assert checked(studio.projects.get().work)
    assert run("import", place, "--studio", "neu") == 2
    assert "in this house already" in capsys.readouterr().err
    assert run("import", place, "--studio", "nobody") == 2
    assert "--owner" in capsys.readouterr().err


def test_a_studio_is_opened_for_a_project_that_moves_into_a_new_house(tmp_path, capsys):
    place = moving.from_elsewhere(lambda: told.everything("boat"), tmp_path / "boat.zip")
    hal = given.host()
    assert run("import", place, "--studio", "quay", "--owner", "Nobody") == 2
    assert "Nobody" in capsys.readouterr().err
    assert run("import", place, "--studio", "quay", "--owner", hal.voice.name) == 0
    assert "/@quay/boat/" in capsys.readouterr().out
    assert Role.objects.get(studio__slug="quay").account == hal


def test_a_word_that_names_nothing_is_refused_in_a_sentence(tmp_path, capsys):
    given.project()
    assert run("export", "atelier/none", tmp_path / "x") == 2
    assert run("export", "atelier/boat", tmp_path / "not" / "there") == 2
    assert "cannot be written" in capsys.readouterr().err
