"""The `coulisses` command: every verb answers, and what can't be done is said in a sentence."""

import pytest

from coulisses.site import commands
from coulisses.testing import given


@pytest.mark.parametrize("name", commands.VERBS)
def test_a_verb_says_what_it_takes(name, capsys):
    verb = commands.VERBS[name].load()
    with pytest.raises(SystemExit) as ended:
        verb.command(["--help"])
    assert ended.value.code == 0
    assert f"coulisses {name}" in capsys.readouterr().out
    assert verb.parser().description


def test_without_a_verb_all_are_listed(capsys):
    assert commands.main([]) == 0
    listed = capsys.readouterr().out
    assert all(f"  {name} " in listed for name in commands.VERBS)


def test_an_unknown_verb_is_named(capsys):
    assert commands.main(["dance"]) == 2
    assert "'dance'" in capsys.readouterr().err


def test_the_version_is_the_newest_of_the_changelog(capsys):
    assert commands.main(["--version"]) == 0
    assert capsys.readouterr().out.startswith("coulisses 0.")


@pytest.mark.parametrize("verb", [["token", "--studio", "atelier"], ["manage", "check"]])
def test_a_folder_without_a_house_is_said_and_stays_empty(verb, tmp_path, capsys):
    name, *rest = verb
    assert commands.main([name, "--data", str(tmp_path), *rest]) == 2
    assert str(tmp_path) in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_a_token_of_nobodys_studio_is_refused(house):
    with pytest.raises(AssertionError, match="no such studio"):
        house.say("token", "--studio", "nobodys")


def test_whom_one_admits_is_a_member_and_gets_a_link(house):
    project = given.project("quay")
    path = f"{project.studio.slug}/{project.slug}"
    link = house.say("admit", "--project", path, "--email", "cleo@cast.test", "--name", "Cleo")
    assert link.startswith("/enter/")
    member = project.tiers.get(name="wings").memberships.get().account
    assert (member.email, member.voice.name) == ("cleo@cast.test", "Cleo")
