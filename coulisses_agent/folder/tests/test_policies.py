"""A folder's own rules: every form that can be read, and whatever can't is refused."""

import os
from pathlib import Path

import pytest

from coulisses_agent.folder import policies
from coulisses_agent.folder.policies import Policy, Rule, RulesUnreadable

HOLD, NEVER, SHOW = Policy("hold"), Policy("never"), Policy("show")
TWO_DAYS = Policy("delay", 2 * 86400)


def ruled(folder: Path, text: str) -> policies.Policies:
    """Return the rules of a folder whose file says this."""
    (folder / ".coulisses.toml").write_bytes(text.encode())
    return policies.load(folder, say=print)


def rule(pattern: str, policy: str, *more: str) -> str:
    """Return a rule as it is written."""
    return "\n".join(["[[rule]]", f"pattern = '{pattern}'", f'policy = "{policy}"', *more, ""])


def test_without_rules_all_is_shown_at_once(tmp_path: Path) -> None:
    assert policies.load(tmp_path, say=print).of(b"a/b.md") == SHOW


@pytest.mark.parametrize(
    ("text", "policy"),
    [
        ('default = "hold"', HOLD),
        ('default = "never"', NEVER),
        ('default = "delay:2d"', TWO_DAYS),
        (rule("*.md", "hold"), HOLD),
        (rule("*.md", "delay:2d"), TWO_DAYS),
        (rule("*.md", "delay", 'delay = "1d 24h"'), TWO_DAYS),
        ("[[rule]]\npattern = '*.md'\ndelay = '2d'", TWO_DAYS),
        ('default = "hold"\n' + rule("*.md", "show"), SHOW),
        ("# nothing but words", SHOW),
        (rule("*.md", "hold").replace("\n", "\r\n"), HOLD),
    ],
)
def test_a_rule_may_be_written_in_every_form(tmp_path: Path, text: str, policy: Policy) -> None:
    assert ruled(tmp_path, text).of(b"a/b.md") == policy


@pytest.mark.parametrize(
    "text",
    [
        'defualt = "hold"',
        'default = "hidden"',
        'default = "delay"',
        "default = 3",
        "default = ['hold']",
        rule("*.md", "hodl"),
        rule("*.md", "hold", 'delay = "2d"'),
        rule("*.md", "delay"),
        rule("*.md", "delay", "delay = 7"),
        rule("*.md", "delay", 'delay = "soon"'),
        rule("*.md", "delay", 'delay = "0s"'),
        rule("*.md", "delay", 'delay = "99999w"'),
        rule("*.md", "hold", 'paths = "b"'),
        rule("", "hold"),
        rule(" ", "hold"),
        rule("!*.md", "hold"),
        rule("# words", "hold"),
        '[[rule]]\npolicy = "hold"',
        '[rule]\npattern = "*.md"\npolicy = "hold"',
        '[[rules]]\npattern = "*.md"\npolicy = "hold"',
        "rule = 'x'",
        '[[rule]]\npattern = 3\npolicy = "hold"',
        "[[rule",
        "\ufeffdefault = 'hold'",
        "default = " + "[" * 5000 + "]" * 5000,
    ],
)
def test_what_nobody_can_follow_is_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(RulesUnreadable) as refusal:
        ruled(tmp_path, text)
    assert ".coulisses.toml" in str(refusal.value)


def test_rules_that_are_no_text_or_no_file_are_refused(tmp_path: Path) -> None:
    (tmp_path / ".coulisses.toml").write_bytes(b"default = '\xff'")
    with pytest.raises(RulesUnreadable):
        policies.load(tmp_path, say=print)
    (tmp_path / ".coulisses.toml").unlink()
    (tmp_path / ".coulisses.toml").mkdir()
    with pytest.raises(RulesUnreadable):
        policies.load(tmp_path, say=print)


def test_the_last_rule_that_fits_decides(tmp_path: Path) -> None:
    rules = ruled(
        tmp_path,
        rule("drafts/", "hold") + rule("*.png", "delay:2d") + rule("drafts/cover.png", "show"),
    )
    assert rules.of(b"drafts/a.md") == HOLD
    assert rules.of(b"drafts/deep/er/a.md") == HOLD
    assert rules.of(b"drafts/b.png") == rules.of(b"b.png") == TWO_DAYS
    assert rules.of(b"drafts/cover.png") == SHOW


def test_a_later_rule_shows_what_stands_in_a_folder_that_is_never_told(tmp_path: Path) -> None:
    rules = ruled(tmp_path, rule("out/", "never") + rule("out/cover.png", "show"))
    assert rules.is_told(b"out/cover.png")
    assert not rules.is_told(b"out/a.png")
    assert rules.why(b"out", is_folder=True) is None
    rules = ruled(tmp_path, rule("out/cover.png", "show") + rule("out/", "never"))
    assert rules.why(b"out", is_folder=True) == "never"
    assert not rules.is_told(b"out/cover.png")


def test_no_rule_takes_back_what_an_ignore_list_leaves_out(tmp_path: Path) -> None:
    (tmp_path / ".gitignore").write_text("out/\n")
    rules = ruled(tmp_path, rule("out/", "show") + rule("node_modules/", "show"))
    assert not rules.is_told(b"out/a.md")
    assert not rules.is_told(b"node_modules/left/pad.js")


def test_names_are_the_same_however_they_are_spelled(tmp_path: Path) -> None:
    composed, decomposed = "priv\u00e9/", "prive\u0301/a.md"
    rules = ruled(tmp_path, rule(composed, "hold") + rule("CONTRATS/*.PDF", "never"))
    assert rules.of(decomposed.encode()) == rules.of("PRIV\u00c9/a.md".encode()) == HOLD
    assert rules.of(b"contrats/acme.pdf") == rules.of(b"Contrats/Acme.Pdf") == NEVER


def test_a_line_that_ends_in_a_name_hides_nothing_from_a_rule(tmp_path: Path) -> None:
    rules = ruled(tmp_path, rule("contracts/", "hold") + rule("/a/*.md", "hold"))
    for path in (
        b"x\ny/contracts/a.md",
        b"contracts/a\nb.md",
        b"a/\n.md",
        b"a/b\nc.md",
        b"a/\n\n.md",
    ):
        assert rules.of(path) == HOLD, path


def test_names_that_are_no_text_are_held_with_their_folder(tmp_path: Path) -> None:
    rules = ruled(tmp_path, rule("held/", "hold") + rule("*.kra", "hold"))
    assert rules.of(b"held/\xff\xfe.md") == rules.of(b"\xe9t\xe9.kra") == HOLD


def test_what_is_saved_keeps_what_stood_there(tmp_path: Path) -> None:
    rules, ignored = tmp_path / ".coulisses.toml", tmp_path / ".coulissesignore"
    before = '# My own words.\r\ndefault = "show" # as ever\r\n\r\n[[rule]]\r\npattern = "b/"\r\n'
    before += 'policy = "hold" # Bo asked\r\n'
    rules.write_bytes(before.encode())
    ignored.write_bytes("# À ne pas montrer\nold/\n".encode())
    given = [
        Rule("contrats/", HOLD, "between you and others"),
        Rule("*.psd", TWO_DAYS),
        Rule("étude/", NEVER, "yours alone"),
        Rule("b/", HOLD),
        Rule("old/", NEVER),
    ]
    assert policies.save(tmp_path, given) == [ignored, rules]
    said = rules.read_bytes().decode()
    assert said.startswith(before.rstrip("\r\n"))
    assert said.count("b/") == 1 and "# between you and others" in said
    assert ignored.read_bytes().decode().startswith("# À ne pas montrer\nold/\n")
    assert ignored.read_bytes().decode().count("old/") == 1
    found = policies.load(tmp_path, say=print)
    assert found.of(b"contrats/a") == found.of(b"b/a") == HOLD
    assert found.of(b"a.psd") == TWO_DAYS
    assert not found.is_told("étude/a.md".encode())
    assert policies.save(tmp_path, given) == []
    assert sorted(os.listdir(tmp_path)) == [".coulisses.toml", ".coulissesignore"]


def test_nothing_is_saved_over_rules_that_cannot_be_read(tmp_path: Path) -> None:
    rules = tmp_path / ".coulisses.toml"
    for text in ("[[rule", "rule = 3", '[[rule]]\npolicy = "hold"'):
        rules.write_text(text)
        with pytest.raises(RulesUnreadable):
            policies.save(tmp_path, [Rule("a/", HOLD)])
        assert rules.read_text() == text


@pytest.mark.parametrize(
    ("said", "seconds"),
    [("90s", 90), ("2m", 120), ("12h", 43200), ("1w 3d", 864000), (" 1d12h ", 129600)],
)
def test_a_delay_is_said_as_people_say_it(said: str, seconds: int) -> None:
    assert policies.duration(said) == seconds
    assert policies.duration(policies.spoken(seconds)) == seconds
