"""A secret never leaves: in every kind of text, in names, in what was there before."""

import json
import os

import pytest

from coulisses_agent.folder.tests.scene import KEY, Scene

LINE = f"aws_key = '{KEY}'"
NOTEBOOK = {
    "cells": [{"cell_type": "code", "source": ["import boto3\n", f"key = '{KEY}'\n"]}],
    "nbformat": 4,
}
PEM = "-----BEGIN RSA PRIVATE KEY-----\n" + "MIIEpAIBAAKCAQEA7bq3Zx9fKp2Lw8" * 2 + "\n"


def assert_held(scene: Scene, *, secret: str = KEY) -> None:
    """Nothing of the secret is on its way, nor kept to compare with."""
    assert secret.encode() not in scene.leaving()
    for _path, known in scene.memory.under(b""):
        look = scene.memory.look(known.version)
        assert look is None or secret not in (look.text or "")


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("settings.py", f"{LINE}\n".encode()),
        ("settings.py", f"# words\r\n{LINE}\r\n".encode()),
        ("settings.py", f"# words\r{LINE}\r".encode()),
        ("notes.md", f"The key is {KEY}.\n".encode("utf-16")),
        ("notes.md", ("\ufeff" + f"The key is {KEY}.\n").encode("utf-16-be")),
        ("notes.md", ("\ufeff" + f"The key is {KEY}.\n").encode("utf-32-le")),
        ("notes.md", ("\ufeff" + f"The key is {KEY}.\n").encode("utf-32-be")),
        ("notes.md", ("\ufeff" + f"{KEY}\n").encode()),
        ("notes.txt", f"Clé : {KEY}, gardée.\n".encode("cp1252")),
        ("data.json", json.dumps({"deep": [{"k": KEY}]}).encode()),
        ("analysis.ipynb", json.dumps(NOTEBOOK, indent=1).encode()),
        ("bundle.js", ("x" * 700 + f';var a="{KEY}";' + "y" * 100_000).encode()),
        ("lamp.svg", f"<svg xmlns='http://www.w3.org/2000/svg'><!-- {KEY} --></svg>".encode()),
        ("noext", f"{KEY}\n".encode()),
        ("server.txt", PEM.encode()),
        ("server.txt", PEM.replace("\n", "\r\n").encode()),
        ("server.txt", PEM.replace("\n", "\r").encode()),
    ],
)
def test_a_secret_in_any_text_holds_the_whole_file(scene: Scene, name: str, data: bytes) -> None:
    scene.open()
    scene.settle()
    scene.write(name, data)
    scene.write("poem.md", "Lit.\n")
    scene.settle()
    assert scene.short() == [("added", "poem.md")]
    assert [one["path"] for one in scene.captures()[0]["held"]] == [name]
    assert_held(scene)
    assert b"BEGIN RSA" not in scene.leaving() and b"MIIEp" not in scene.leaving()


@pytest.mark.parametrize(
    "name", [".env", "config/.env.local", "id_rsa", "keys/server.pem", "a.kdbx"]
)
def test_a_file_whose_name_says_that_it_is_secret_is_not_opened(scene: Scene, name: str) -> None:
    scene.write(name, "HOUSE=quietly-private\n")
    scene.open()
    scene.write(name, "HOUSE=quietly-private-still\n")
    scene.settle()
    os.rename(scene.root / name, scene.root / "plain.txt")
    scene.settle()
    assert b"quietly-private" not in scene.leaving()
    assert scene.captures() == []
    assert all(one["reason"] for told in scene.told for one in told.held)


def test_a_name_that_is_a_secret_is_said_by_nobody(scene: Scene) -> None:
    scene.write(f"key-{KEY}.txt", "Words.\n")
    scene.write(f"{KEY}/poem.md", "Lit.\n")
    scene.open()
    os.rename(scene.root / f"key-{KEY}.txt", scene.root / "plain.txt")
    scene.settle()
    os.symlink(f"{KEY}/poem.md", scene.root / "now")
    scene.settle()
    scene.write("lamp.md", "Lit.\n")
    os.unlink(scene.root / f"{KEY}/poem.md")
    scene.settle()
    assert_held(scene)
    assert not any(KEY in said for said in scene.said)
    assert not any(KEY in one["path"] for told in scene.told for one in told.held)
    assert scene.short()[-1] == ("added", "lamp.md")


def test_a_secret_that_is_taken_out_is_not_shown_as_struck(scene: Scene) -> None:
    text = f"one = 1\n{LINE}\ntwo = 2\n"
    scene.write("settings.py", text)
    scene.open()
    scene.write("settings.py", text.replace(f"{LINE}\n", "").replace("two", "deux"))
    scene.settle()
    assert scene.short() == [("added", "settings.py")]
    assert scene.changes()[0]["before"] is None
    assert_held(scene)
    assert b"two" not in scene.leaving()


def test_a_secret_that_comes_and_goes_leaves_no_trace_of_itself(scene: Scene) -> None:
    scene.write("settings.py", "one = 1\n")
    scene.open()
    scene.settle()
    scene.write("settings.py", f"one = 1\n{LINE}\n")
    scene.settle()
    held = scene.memory.known(b"settings.py")
    assert held and held.reason == "held"
    scene.write("settings.py", "one = 1\nthree = 3\n")
    scene.settle()
    assert scene.short() == [("added", "settings.py")] * 2
    assert held.version.encode() not in scene.leaving()
    assert_held(scene)


def test_a_held_file_that_is_renamed_or_removed_says_nothing(scene: Scene) -> None:
    scene.write("settings.py", f"{LINE}\n")
    scene.open()
    os.rename(scene.root / "settings.py", scene.root / "config.py")
    scene.settle()
    os.unlink(scene.root / "config.py")
    scene.settle()
    assert scene.captures() == []
    assert scene.memory.count() == 0


def test_beyond_twenty_changes_a_secret_is_held_all_the_same(scene: Scene) -> None:
    for number in range(30):
        scene.write(f"{number:02}.py", f"x = {number}\n")
    scene.write("zz.py", f"{LINE}\n")
    scene.open()
    scene.settle()
    for number in range(30):
        scene.write(f"{number:02}.py", f"x = {number} + 1\n" * 3)
    scene.write("zz.py", "x = 1\n")
    scene.settle()
    assert_held(scene)
    known = scene.memory.known(b"zz.py")
    assert known and ("renamed", "zz.py") not in scene.short()


def test_a_picture_that_was_put_off_and_holds_a_secret_is_held(scene: Scene) -> None:
    picture = f"<svg xmlns='http://www.w3.org/2000/svg'><text>{KEY}</text></svg>"
    scene.write("lamp.svg", picture, at=1_600_000_000)
    scene.open()
    assert_held(scene)
    assert [one["path"] for told in scene.told for one in told.held] == ["lamp.svg"]
