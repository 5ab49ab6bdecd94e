"""`coulisses verify` over the network, from a house in a process of its own."""

import json

import pytest

from coulisses.proof.tests.lying import signed
from coulisses.proof.tests.told import long_project
from coulisses.proof.verifier import command
from coulisses.site import commands


@pytest.fixture
def kept(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    return tmp_path / "coulisses" / "checkpoints"


def test_a_log_that_holds_ends_with_status_0_and_plain_words(house, kept, capsys):
    project = long_project(4, slug="dory")
    assert command.command([f"{house.url}{project.path}"]) == command.HOLDS
    told = capsys.readouterr().out
    assert told.startswith("HOLDS") and "does not prove" in told
    assert len(list(kept.iterdir())) == 1


def test_a_log_that_does_not_hold_ends_with_status_1(house, kept, capsys):
    project = long_project(4, slug="punt")
    address = f"{house.url}{project.path}"
    command.command([address])
    (file,) = kept.iterdir()
    seen = json.loads(file.read_text())
    file.write_text(json.dumps({**seen, "checkpoint": signed(project, 4, bytes(32)).decode()}))
    assert command.command([address]) == command.DOES_NOT_HOLD
    assert "DOES NOT HOLD" in capsys.readouterr().err


def test_what_cannot_be_verified_ends_with_status_2(house, kept, capsys):
    assert command.command([f"{house.url}/@no/body/"]) == command.CANNOT_SAY
    assert "Could not verify" in capsys.readouterr().err
    with pytest.raises(SystemExit) as ended:
        command.command([])
    assert ended.value.code == command.CANNOT_SAY


def test_it_is_a_verb_of_the_house_s_command(house, kept, capsys):
    project = long_project(4, slug="skiff")
    assert commands.main(["verify", f"{house.url}{project.path}"]) == command.HOLDS
    assert "HOLDS" in capsys.readouterr().out
