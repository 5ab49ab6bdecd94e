"""Secrets are recognised before anything leaves: the bytes on the wire are searched for them."""

from collections.abc import Callable

import pytest

from coulisses_agent.tests.contract import RecordingHouse
from coulisses_agent.tests.repositories import Repository

Tell = Callable[..., int]

# Put together here, so that this file itself holds nothing that looks like a secret.
AWS = "AKIA" + "Q7ZP4LK2M9XW3T5R"
GITHUB = "ghp" + "_" + "a8Jk2Lm9Qw4Er7Ty1Ui5Op3As6Df0Gh8Zx2C"
PEM = "-----BEGIN RSA " + "PRIVATE KEY-----\n"
KEY_LINE = "MIIEowIBAAKCAQEAx5k0v3hG7mJ2nR8qWb1LzYpT6dFcE9uKoS4aHiXvNrMwQjBt"
PEM_END = "-----END RSA " + "PRIVATE KEY-----\n"


def test_a_change_that_shows_a_key_is_held_back(
    repository: Repository, house: RecordingHouse, told: Tell
) -> None:
    repository.write("settings.py", "DEBUG = True\n").write("poem.md", "Words.\n").commit()
    repository.write("settings.py", f"DEBUG = True\n\naws = '{AWS}'\n")
    repository.write("poem.md", "More words.\n").commit("configure")
    assert told(repository) == 0
    capture = house.told[1]
    assert [change["path"] for change in capture["changes"]] == ["poem.md"]
    assert [one["path"] for one in capture["held"]] == ["settings.py"]
    assert "aws" in capture["held"][0]["reason"]
    assert AWS.encode() not in house.wire


def test_a_key_that_is_taken_out_is_held_back_as_well(
    repository: Repository, house: RecordingHouse, told: Tell
) -> None:
    repository.write("deploy.py", f"token = '{GITHUB}'\nx = 1\n").commit()
    repository.write("deploy.py", "x = 1\n").commit("oops")
    repository.write("deploy.py", "x = 2\n").commit("on")
    told(repository)
    assert [len(capture["held"]) for capture in house.told] == [1, 1, 0]
    assert GITHUB.encode() not in house.wire


def test_env_files_and_keys_are_held_back_by_name_whatever_they_hold(
    repository: Repository, house: RecordingHouse, told: Tell
) -> None:
    repository.write("app/.env", "NAME=quietly-private\n").write("id_rsa", "quietly-private\n")
    repository.write("app/.env.example", "NAME=\n").commit()
    repository.git("mv", "app/.env", "app/plain.txt")
    repository.write("app/plain.txt", "NAME=quietly-private\nX=1\n").commit("renamed")
    told(repository)
    reasons = {one["path"]: one["reason"] for one in house.told[0]["held"]}
    assert reasons == {"app/.env": "env_file", "id_rsa": "private_key"}
    assert [change["path"] for change in house.told[0]["changes"]] == ["app/.env.example"]
    assert house.told[1]["held"]
    assert b"quietly-private" not in bytes(house.wire).split(b"/previews/")[0]


def test_a_private_key_of_which_only_the_end_is_near_is_held_back(
    repository: Repository, house: RecordingHouse, told: Tell
) -> None:
    body = "".join(f"{KEY_LINE[n:]}{KEY_LINE[:n]}\n" for n in range(12))
    repository.write("conf.py", f"a = 1\nKEY = '''{PEM}{body}{PEM_END}'''\nb = 1\n").commit()
    repository.write("conf.py", f"a = 1\nKEY = '''{PEM}{body}{PEM_END}'''\nb = 2\n").commit()
    told(repository)
    assert all(capture["held"] for capture in house.told)
    assert KEY_LINE[20:50].encode() not in house.wire
    assert house.captures and "conf.py" not in str(house.previews)


def test_a_message_that_tells_a_secret_is_not_told(
    repository: Repository, house: RecordingHouse, told: Tell
) -> None:
    repository.write("a.py", "x = 1\n").commit(f"use the token\n\nit is {GITHUB}")
    told(repository)
    (capture,) = house.told
    assert capture["title"] == capture["body"] == ""
    assert capture["held"] == [{"path": "", "reason": capture["held"][0]["reason"]}]
    assert [change["path"] for change in capture["changes"]] == ["a.py"]
    assert GITHUB.encode() not in house.wire


def test_a_file_name_that_is_a_secret_is_not_told(
    repository: Repository, house: RecordingHouse, told: Tell
) -> None:
    repository.write(f"notes-{AWS}.md", "Words.\n").write(f"{AWS}/.env", "x").commit()
    told(repository)
    assert {one["path"] for one in house.told[0]["held"]} == {""}
    assert house.told[0]["changes"] == []
    assert AWS.encode() not in house.wire


def test_text_with_a_secret_anywhere_never_gets_a_preview(
    repository: Repository, house: RecordingHouse, told: Tell
) -> None:
    far = "Words.\n" * 400
    repository.write("notes.md", f"First.\n{far}key: {AWS}\n").commit()
    repository.write("notes.md", f"Second.\n{far}key: {AWS}\n").commit()
    repository.write("clean.md", "Nothing here.\n").commit()
    told(repository)
    assert house.told[0]["held"] and house.told[1]["changes"]
    version = house.told[1]["changes"][0]["after"]["version"]
    assert house.previews[version] == {
        "facts": {"reader": "prose", "bytes": 2814 + len(AWS), "reason": "held"}
    }
    assert AWS.encode() not in house.wire
    assert house.previews[house.told[2]["changes"][0]["after"]["version"]]["text"]


def test_secrets_in_latin_and_wide_text_are_seen(
    repository: Repository, house: RecordingHouse, told: Tell
) -> None:
    repository.write("latin.md", f"clé: {AWS}\n".encode("latin-1"))
    repository.write("wide.md", f"clé: {AWS}\n".encode("utf-16")).commit()
    told(repository)
    assert AWS.encode() not in house.wire
    assert AWS.encode("utf-16-le") not in house.wire


def test_a_merge_that_settles_with_a_secret_is_held_back(
    repository: Repository, house: RecordingHouse, told: Tell
) -> None:
    repository.write("a.py", "x = 1\n").commit()
    repository.git("checkout", "-q", "-b", "side")
    repository.write("a.py", "x = 2\n").commit()
    repository.git("checkout", "-q", "main")
    repository.write("a.py", "x = 3\n").commit()
    repository.git("merge", "-q", "-s", "ours", "--no-commit", "side")
    repository.write("a.py", f"x = '{AWS}'\n").commit("both")
    told(repository)
    assert house.told[-1]["held"] and AWS.encode() not in house.wire


def test_what_is_held_back_is_said_to_the_maker_and_not_how_it_goes(
    repository: Repository, told: Tell, house: RecordingHouse, capsys: pytest.CaptureFixture[str]
) -> None:
    repository.write("settings.py", f"a = 1\nb = 2\naws = '{AWS}'\n").commit()
    told(repository, "--progress", "json")
    said = capsys.readouterr().out
    assert "settings.py" in said and "on line 3" in said and AWS not in said
