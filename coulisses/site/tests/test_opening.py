"""`coulisses open`: one command from a folder to a house; what cannot be opened is refused."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import contextmanager

import pytest

from coulisses.testing import foundations, warm


def run(*words):
    return warm.run("open", *words, environment={**os.environ, "LANG": "C"})


@pytest.fixture
def work(tmp_path):
    folder = tmp_path / "still-life"
    folder.mkdir()
    git = ["git", "-C", str(folder), "-c", "user.name=Ana", "-c", "user.email=ana@cast.test"]
    subprocess.run([*git, "init", "-q"], check=True)
    subprocess.run([*git, "config", "user.name", "Ana Moreau"], check=True)
    subprocess.run([*git, "config", "user.email", "ana@cast.test"], check=True)
    for number in range(3):
        (folder / "notes.md").write_text("A line.\n" * (number + 1))
        subprocess.run([*git, "add", "."], check=True)
        subprocess.run([*git, "commit", "-q", "-m", f"Step {number}"], check=True)
    return folder


@contextmanager
def opened_first(*words):
    """Run the command as somebody at a terminal does who never ran it before."""
    command = [sys.executable, "-m", "coulisses", "open", *map(str, words)]
    process = subprocess.Popen(
        command, stdout=subprocess.PIPE, text=True, env={**os.environ, "LANG": "C"}
    )
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


@contextmanager
def opened(folder, data, *words):
    """Run the command on a house that is founded, begun warm."""
    foundations.lay(data)
    command = ["open", str(folder), "--data", str(data), "--port", "0", *words]
    process = warm.Process(command, environment={**os.environ, "LANG": "C"})
    try:
        yield process
    finally:
        process.kill()
        process.stdout.read()  # ends when its agent has
        process.wait()
        process.stdout.close()


def hear(process, pattern):
    """Read lines until one matches; returns the match."""
    heard = []
    for line in process.stdout:
        heard.append(line)
        found = re.search(pattern, line)
        if found:
            return found
    raise AssertionError("".join(heard))


def test_a_folder_is_opened_told_and_closed_without_an_orphan(work, tmp_path):
    data = tmp_path / "data"
    with opened_first(work, "--data", data, "--port", 0, "--curtain", "up") as process:
        stage = hear(process, r"Still life: (http\S+)").group(1)
        assert stage.endswith("/@ana-moreau/still-life/")
        hear(process, "Only this machine")
        hear(process, "The curtain is up")
        assert "/enter/" in hear(process, r"Sign in .*: (\S+)").group(1)
        hear(process, "All that was there has been told")
        assert "Step 2" in urllib.request.urlopen(stage, timeout=60).read().decode()
        began = time.monotonic()
        process.send_signal(signal.SIGINT)
        process.wait(timeout=60)
        assert time.monotonic() - began < 10  # two where nothing else runs
        assert process.returncode == 0
    agents = subprocess.run(["pgrep", "-f", str(work)], capture_output=True, text=True).stdout
    assert agents == ""
    assert oct(data.stat().st_mode)[-3:] == "700"
    with opened(work, data) as again:
        hear(again, "All that was there has been told")
        page = urllib.request.urlopen(
            stage.replace(stage.split("/")[2], port_of(again, data)), timeout=10
        )
        assert page.read().decode().count("Step 2") >= 1


def port_of(process, data):
    connections = subprocess.run(
        ["ss", "-Hltnp"], capture_output=True, text=True, check=False
    ).stdout
    found = re.search(rf"(127\.0\.0\.1:\d+).*pid={process.pid},", connections)
    return found.group(1) if found else ""


def test_a_project_from_a_path_of_ones_own_starts_in_rehearsal(work, tmp_path):
    with opened(work, tmp_path / "data") as process:
        stage = hear(process, r"Still life: (http\S+)").group(1)
        hear(process, "Rehearsal: only you see it")
        with pytest.raises(urllib.error.HTTPError):
            urllib.request.urlopen(stage, timeout=60)


def test_whoever_speaks_french_hears_the_house_and_its_agent_in_french(tmp_path, monkeypatch):
    folder = tmp_path / "chapitres"
    folder.mkdir()
    (folder / "un.md").write_text("Le quai était vide.\n")
    (folder / ".env").write_text("A=1\n")
    monkeypatch.setenv("LC_MESSAGES", "fr_FR.UTF-8")
    with opened(folder, tmp_path / "data") as process:
        hear(process, "En répétition")
        hear(process, r"Attention.: Retenu, jamais envoyé.: \.env \(on dirait un fichier de")
        hear(process, "Entrées\N{NO-BREAK SPACE}: 1/1 \\(\\d+,\\d par seconde")
        hear(process, "Tout ce qui était là est raconté")


def test_a_folder_that_is_not_there_is_refused(tmp_path):
    done = run(tmp_path / "nowhere", "--data", tmp_path / "data")
    assert done.returncode != 0
    assert "There is no folder" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_plain_folder_is_opened_and_its_next_save_told(tmp_path):
    folder, data = tmp_path / "chapters", tmp_path / "chapters" / "house"
    folder.mkdir()
    (folder / "one.md").write_text("The quay was empty.\n")
    with opened(folder, data, "--curtain", "up") as process:
        stage = hear(process, r"Chapters: (http\S+)").group(1)
        hear(process, "All that was there has been told")
        (folder / "two.md").write_text("A man counted the lamps.\n")
        hear(process, "Told: two.md")
        page = urllib.request.urlopen(stage, timeout=60).read().decode()
        process.send_signal(signal.SIGINT)
        process.wait(timeout=60)
    assert "one.md" in page and "A man counted the lamps." in page
    assert "sqlite3" not in page and "agent" not in page


def test_what_is_held_is_said_to_wait_and_not_to_be_told(tmp_path):
    folder = tmp_path / "letters"
    folder.mkdir()
    (folder / ".coulisses.toml").write_text('default = "hold"\n')
    (folder / "one.md").write_text("Nobody knows yet.\n")
    with opened(folder, tmp_path / "data", "--curtain", "up") as process:
        stage = hear(process, r"Letters: (http\S+)").group(1)
        assert hear(process, "Waits in your tray: one.md|Told")[0] == "Waits in your tray: one.md"
        assert "one.md" not in urllib.request.urlopen(stage, timeout=60).read().decode()


def test_a_port_in_use_is_refused_and_the_option_named(work, tmp_path):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        done = run(work, "--data", tmp_path / "data", "--port", taken.getsockname()[1])
    assert done.returncode != 0
    assert "is in use" in done.stderr
    assert "--port" in done.stderr


def test_a_data_folder_that_cannot_be_used_is_refused(work, tmp_path):
    (tmp_path / "file").write_text("I am a file.")
    done = run(work, "--data", tmp_path / "file" / "data")
    assert done.returncode != 0
    assert "cannot be used" in done.stderr


def test_a_slug_with_a_slash_is_refused(work, tmp_path):
    done = run(work, "--data", tmp_path / "data", "--port", 0, "--studio", "a/b")
    assert done.returncode != 0
    assert "a/b" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_port_that_is_none_is_refused(work, tmp_path):
    done = run(work, "--data", tmp_path / "data", "--port", "99999")
    assert done.returncode == 2
    assert "no port" in done.stderr
