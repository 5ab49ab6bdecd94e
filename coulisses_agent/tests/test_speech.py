"""The agent speaks the language of whoever is at the terminal, French or English."""

import importlib
import json
import os
import pkgutil
import plistlib
import re
import subprocess
import sys
from pathlib import Path

import pytest

import coulisses_agent
from coulisses_agent import events, held, options, reasons, speech
from coulisses_agent.folder import asking, policies
from coulisses_agent.folder.place import Folder
from coulisses_agent.folder.proposing import look_around
from coulisses_agent.house import address
from coulisses_agent.refusals import HouseRefused, Stopped
from coulisses_agent.service import described, launchd, systemd, windows, writing
from coulisses_agent.tests.contract import TOKEN, RecordingHouse
from coulisses_agent.tests.repositories import Repository
from coulisses_readers import secrets
from coulisses_readers.secrets import detectors

NARROW, WIDE = "\N{NARROW NO-BREAK SPACE}", "\N{NO-BREAK SPACE}"
# The second is no locale of any machine.
FRENCH = ["fr_FR.UTF-8", "fr_XX.UTF-8"]
TO = ["--to", "https://house.example/@ana/boat/"]


def agent(*words: object, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run the agent in a process of its own."""
    command = [sys.executable, "-m", "coulisses_agent", *map(str, words)]
    encoding = environment.get("PYTHONIOENCODING", "utf-8")
    env = os.environ | environment
    return subprocess.run(command, capture_output=True, text=True, encoding=encoding, env=env)


@pytest.fixture
def french(monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody who speaks French sits at the terminal."""
    monkeypatch.setenv("LC_ALL", "fr_FR.UTF-8")


@pytest.fixture
def boat(tmp_path: Path) -> Path:
    """Ana's folder, with a secret and what isn't hers alone."""
    folder = tmp_path / "boat"
    (folder / "Contrats").mkdir(parents=True)
    (folder / "plan.md").write_text("A plank a day.\n")
    (folder / ".env").write_text("A=1\n")
    (folder / "Contrats" / "quay.txt").write_text("Between us.\n")
    return folder


@pytest.mark.parametrize(
    ("said", "language"),
    [
        ({"LC_ALL": "fr_CA.UTF-8", "LANG": "en_GB.UTF-8"}, "fr"),
        ({"LC_ALL": "C.UTF-8", "LANG": "fr_FR.UTF-8"}, "en"),
        ({"LC_ALL": "", "LC_MESSAGES": "fr", "LANG": "de_DE.UTF-8"}, "fr"),
        ({"LC_MESSAGES": "de_DE.UTF-8", "LANG": "fr_FR"}, "en"),
        ({"LANG": "fr_BE@euro"}, "fr"),
        ({"LANG": "sv_SE.UTF-8"}, "en"),
    ],
)
def test_the_language_is_that_of_the_environment(monkeypatch, said, language):
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    for name, value in said.items():
        monkeypatch.setenv(name, value)
    assert speech.language() == language


@pytest.mark.parametrize("locale", FRENCH)
def test_a_whole_run_is_told_in_french_and_its_json_keeps_its_keys(boat, tmp_path, locale):
    house = RecordingHouse()
    where = ["--to", f"{house.url}/@ana/boat/", "--state", tmp_path / "state", "--token", TOKEN]
    done = agent(boat, *where, "--progress", "json", LC_ALL=locale)
    house.close()
    assert (done.returncode, house.broken, done.stderr) == (0, [], "")
    said = [json.loads(line) for line in done.stdout.splitlines()]
    assert {event["event"] for event in said} == {"warning", "progress", "told", "done"}
    assert {event["what"] for event in said if event["event"] == "progress"} == {"entries"}
    warnings = [event["text"] for event in said if event["event"] == "warning"]
    assert f"/Contrats/ (1 fichier) attend votre signal{WIDE}: entre vous et d’autres." in warnings
    secret = "on dirait un fichier de réglages qui restent privés"
    assert f"Retenu, jamais envoyé{WIDE}: .env ({secret})." in warnings
    assert b"accept-language: fr" in house.wire.lower()
    assert "# entre vous et d’autres" in (boat / ".coulisses.toml").read_text(encoding="utf-8")
    status = agent(boat, *where, "--status", LC_ALL=locale).stdout
    assert f"Envoyé{WIDE}: 2 entrées, 2 aperçus." in status
    assert f"En attente{WIDE}: 0 entrée, 0 aperçu (0,0 Mo)." in status
    assert f"Retenu{WIDE}: .env ({secret})." in status


def test_a_commit_s_secrets_are_said_in_french(french, told, tmp_path, capsys):
    repository = Repository(tmp_path / "lamp")
    key = "AKIA" + "2E0A8F3B244C9986"
    repository.write("settings.py", f"a = 1\naws = '{key}'\n").commit(f"The key is {key}")
    assert told(repository, "--progress", "json") == 0
    said = [json.loads(line).get("text", "") for line in capsys.readouterr().out.splitlines()]
    assert any(
        f"{WIDE}: settings.py (on dirait une clé d’AWS, à la ligne 2)." in one for one in said
    )
    assert any("le message d’un commit (on dirait une clé d’AWS)." in one for one in said)


def every_refusal() -> list[type[Stopped]]:
    """Return every way in which the agent stops."""
    for module in pkgutil.walk_packages(coulisses_agent.__path__, "coulisses_agent."):
        if ".tests" not in module.name and not module.name.endswith("__main__"):
            importlib.import_module(module.name)
    found = [Stopped]
    for one in found:
        found += one.__subclasses__()
    return found


@pytest.mark.parametrize("kind", every_refusal(), ids=lambda kind: kind.__name__)
def test_every_refusal_is_spoken_in_both_languages_with_what_it_is_about(monkeypatch, kind):
    details = {name: f"({name})" for name in re.findall(r"%\((\w+)\)", kind.sentence)}
    refusal = kind(**details)
    english = str(refusal)
    monkeypatch.setenv("LC_ALL", "fr_FR.UTF-8")
    assert all(about in english and about in str(refusal) for about in details.values())
    assert kind is HouseRefused or str(refusal) != english


def test_what_the_house_refuses_is_said_in_french_by_both(french, served, boat, tmp_path):
    where = ["--to", f"{served.url}/@atelier/boat/", "--state", tmp_path, "--token", "co_no"]
    done = agent(boat, *where, "--progress", "none")
    assert done.returncode == 4
    assert "La maison ne connaît pas ce jeton." in done.stderr
    assert "Ce jeton n’ouvre rien ici." in done.stderr


def test_rules_that_can_t_be_followed_say_why_in_french(french, boat):
    (boat / ".coulisses.toml").write_text("[[rule]]\npolicy = 'hold'\n")
    with pytest.raises(policies.RulesUnreadable, match="il manque son motif"):
        policies.load(boat, say=print)


def test_the_first_run_asks_in_french_and_keeps_the_words_of_the_files(french, boat, capsys):
    found = look_around(Folder.walker(boat, policies.load(boat, say=print), say=print))
    asked: list[str] = []
    typed = iter(["9", ""])

    def answer(question: str) -> str:
        asked.append(question)
        return next(typed)

    [rule] = asking.ask(found, answer=answer)
    assert (rule.policy.name, rule.why) == ("hold", "entre vous et d’autres")
    assert asked[0].startswith(f"Entrée{WIDE}: d’accord") and f" q{WIDE}: arrêter" in asked[0]
    said = capsys.readouterr().err
    assert "3 fichiers dans 2 dossiers" in said
    assert f"«{NARROW}9{NARROW}» n’est pas un numéro de cette liste." in said
    for word in ("never", "hold", "show"):
        assert f"{word}{WIDE}: " in said


def test_the_bar_speaks_french_too(french, capsys):
    bar = events.Bar()
    bar.progress("previews", 1, 3)
    bar.told("quay.png")
    bar.warning("Au vent.")
    bar.done(1, 3)
    said = capsys.readouterr().err
    for one in (
        "raconté : quay.png",
        "attention : Au vent.",
        "Raconté : 1 entrée. Envoyé : 3 aperçus.",
    ):
        assert one.replace(" :", f"{WIDE}:") in said


def test_a_service_is_described_in_french_and_speaks_it(french, boat, tmp_path):
    at = address(TO[1], studio=None, project=None, default="boat")
    one = described.of(boat, at, tmp_path, title="boat")
    unit = systemd.spelled(one).data.decode()
    assert "Description=Coulisses raconte boat\n" in unit
    assert "Environment=LC_MESSAGES=fr\n" in unit
    property_list = plistlib.loads(launchd.spelled(one).data)
    assert property_list["EnvironmentVariables"] == {"LC_MESSAGES": "fr"}
    assert "Coulisses raconte boat" in windows.spelled(one).data.decode("utf-16")
    elsewhere = next(name for name in writing.SYSTEMS if name != writing.here())
    assert f"Pour l’arrêter pour de bon{WIDE}:" in writing.write(one, elsewhere)


def test_the_help_and_a_slip_on_the_command_line_are_in_french(french, capsys):
    with pytest.raises(SystemExit):
        options.parser().parse_args(["--help"])
    said = capsys.readouterr().out
    assert said.startswith(f"usage{WIDE}: coulisses capture") and f"\nà qui{WIDE}:\n" in said
    assert not re.search("positional|options|show this", said)
    with pytest.raises(SystemExit):
        options.parser().parse_args(["boat", "--wach"])
    assert "cette ligne de commande n’est pas claire" in capsys.readouterr().err


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "cp1252"])
def test_a_terminal_of_few_letters_is_spoken_to_in_those_it_has(boat, tmp_path, encoding):
    words = [boat, *TO, "--state", tmp_path / "state", "--status"]
    done = agent(*words, LC_ALL="fr_FR.UTF-8", PYTHONIOENCODING=encoding)
    assert done.returncode == 0, done.stderr
    first, second, *_ = done.stdout.replace("é", "e").replace("’", "'").splitlines()
    assert first == "un dossier jamais raconte > pas encore de maison"
    assert second == "Aucun agent n'est au travail."
    assert "?" not in done.stdout


def test_every_kind_of_secret_has_words_of_its_own():
    names = [".env", "id_rsa", "a.p12", "a.kdbx", ".netrc", ".npmrc"]
    kinds = {secrets.is_secret_path(name) for name in names}
    kinds |= {one.kind for one in detectors.all_detectors()}
    assert kinds - reasons.KINDS.keys() == set()


def test_a_kind_of_secret_that_is_new_here_is_still_a_secret(french):
    assert "(on dirait un secret)" in held.spoken({"path": "a.txt", "reason": "moon_key"})
