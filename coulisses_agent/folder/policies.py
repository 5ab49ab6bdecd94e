"""What is shown at once, what after a while, what when a maker says so, and what never.

A folder says so itself, in `.coulisses.toml` at its root::

    default = "show"

    [[rule]]
    pattern = "contracts/"        # as in .gitignore, without regard to case
    policy = "hold"

    [[rule]]
    pattern = "*.psd"
    policy = "delay"
    delay = "2d"

The last rule that fits decides. Nothing takes back what is never told by its nature or by an ignore
list (`never`, `ignoring`); the list `.coulissesignore` can take back what `.gitignore` leaves out.
"""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pathspec
import tomlkit

from coulisses_agent.folder import ignoring, lists, memory, never
from coulisses_agent.refusals import Stopped
from coulisses_agent.speech import gettext as _
from coulisses_agent.speech import gettext_noop as N_

POLICIES = ("show", "delay", "hold", "never")
LONGEST_DELAY = 10 * 366 * 24 * 3600  # seconds

_UNITS = {"s": 1, "m": 60, "h": 3600, "d": 86400, "w": 7 * 86400}
_DURATION = re.compile(r"(?:\s*\d+\s*[smhdw])+\s*")
_PART = re.compile(r"(\d+)\s*([smhdw])")


class RulesUnreadable(Stopped):
    """The folder's own rules say something that nobody can follow: nothing is shown then."""

    sentence = N_("%(path)s can't be followed: %(said)s")
    status = 2


@dataclass(frozen=True)
class Policy:
    """How a file is told: `name` is one of POLICIES, `delay` in seconds for "delay"."""

    name: str = "show"
    delay: int = 0

    @property
    def key(self) -> str:
        """The policy as the memory keeps it: "hold", "delay:172800"."""
        return f"{self.name}:{self.delay}" if self.delay else self.name

    def is_as_open_as(self, key: str) -> bool:
        """Does it show a file as soon as the policy of this key does, or sooner?"""
        name, _colon, delay = key.partition(":")
        other = (POLICIES.index(name) if name in POLICIES else 0, int(delay or 0))
        return (POLICIES.index(self.name), self.delay) <= other


@dataclass(frozen=True)
class Rule:
    """A pattern and how what fits it is told. `why` stands beside it as a comment."""

    pattern: str
    policy: Policy
    why: str = ""


@dataclass
class Policies:
    """The rules of the folder at `root`."""

    root: Path
    ignored: ignoring.Ignoring
    rules: tuple[Rule, ...] = ()
    default: Policy = field(default_factory=Policy)
    read_as: lists.Mark = field(default_factory=lists.Mark)

    def __post_init__(self) -> None:
        self._prepare()

    def _prepare(self) -> None:
        self._spec = pathspec.PathSpec([_pattern(rule.pattern) for rule in self.rules])
        shown = (at for at, rule in enumerate(self.rules) if rule.policy.name != "never")
        self._last_shown = max(shown, default=-1)

    def reload(self) -> None:
        """Read rules and lists anew. Raises RulesUnreadable, and changes nothing then."""
        self.rules, self.default, self.read_as = _loaded(self.root)
        self._prepare()
        self.ignored.forget()

    def are_as_read(self, paths: Iterable[bytes]) -> bool:
        """Do the rules and the lists that decide about these paths still say what was read?"""
        if lists.mark(_file(self.root)) != self.read_as:
            return False
        return all(map(self.ignored.are_as_read, {memory.split(path)[0] for path in paths}))

    def renew(self, folder: bytes) -> None:
        """Read a folder's own ignore lists anew, if they say something else by now."""
        self.ignored.renew(folder)

    def of(self, path: bytes) -> Policy:
        """Return how a file is told that is not ignored."""
        at = self._deciding(path)
        return self.default if at is None else self.rules[at].policy

    def why(self, path: bytes, *, is_folder: bool) -> str | None:
        """Return why what is here is never told, or None; all above it may be."""
        if why := self.ignored.why(path, is_folder=is_folder):
            return why
        if not is_folder:
            return "never" if self.of(path).name == "never" else None
        at = self._deciding(path + b"/")
        # A later rule may show something in a folder that an earlier one hides.
        if at is None or at < self._last_shown:
            return None
        return "never" if self.rules[at].policy.name == "never" else None

    def is_told(self, path: bytes, *, is_folder: bool = False) -> bool:
        """May this be told, and every folder above it?"""
        if any(self.why(folder, is_folder=True) for folder in memory.steps(path)[:-1]):
            return False
        return self.why(path, is_folder=is_folder) is None

    def _deciding(self, path: bytes) -> int | None:
        if not self.rules:
            return None
        return self._spec.check_file(lists.comparable(os.fsdecode(path).lower())).index


def load(root: Path, *, say: lists.Say) -> Policies:
    """Read a folder's rules; none where there is no file. Raises RulesUnreadable."""
    ignored = ignoring.Ignoring(os.fsencode(os.path.realpath(root)), say=say)
    return Policies(root, ignored, *_loaded(root))


def save(root: Path, rules: Iterable[Rule]) -> list[Path]:
    """Add rules to a folder's own files; return those that were written.

    What is never told goes to `.coulissesignore`, the rest to `.coulisses.toml`; what stands there
    already stays as it is, with its comments. Raises OSError, RulesUnreadable.
    """
    given = list(rules)
    ignored = [rule for rule in given if rule.policy.name == "never"]
    others = [rule for rule in given if rule.policy.name != "never"]
    written = []
    for name, chosen, add in (
        (never.IGNORE, ignored, _listed),
        (never.RULES, others, _ruled),
    ):
        path = root / name
        before = path.read_bytes().decode(errors="surrogateescape") if path.exists() else ""
        after = add(path, before, chosen)
        if after != before:
            _replace(path, after)
            written.append(path)
    return written


def duration(said: str) -> int:
    """Return the seconds of "2d", "12h" or "1w 3d"; raises ValueError."""
    if not _DURATION.fullmatch(said):
        wrong = _('a delay is as "12h", "2d" or "1w", and not "%(said)s"')
        raise ValueError(wrong % {"said": said})
    seconds = sum(int(number) * _UNITS[unit] for number, unit in _PART.findall(said))
    if not 0 < seconds <= LONGEST_DELAY:
        wrong = _('a delay is between a second and ten years, and not "%(said)s"')
        raise ValueError(wrong % {"said": said})
    return seconds


def spoken(seconds: int) -> str:
    """Say a duration as `duration` reads it."""
    unit = next(unit for unit in "wdhms" if seconds % _UNITS[unit] == 0)
    return f"{seconds // _UNITS[unit]}{unit}"


def _file(root: Path) -> bytes:
    return os.fsencode(root / never.RULES)


def _loaded(root: Path) -> tuple[tuple[Rule, ...], Policy, lists.Mark]:
    path = root / never.RULES
    mark = lists.mark(_file(root))
    try:
        return *_read(tomllib.loads(path.read_bytes().decode())), mark
    except FileNotFoundError:
        return (), Policy(), mark
    except OSError as error:
        raise RulesUnreadable(path=path, said=error.strerror) from error
    except (ValueError, TypeError, RecursionError) as error:
        raise RulesUnreadable(path=path, said=error) from error


def _read(found: dict[str, Any]) -> tuple[tuple[Rule, ...], Policy]:
    _require_only(found, {"default", "rule"}, _("a rules file has no %(word)s"))
    rules = found.get("rule", [])
    if not isinstance(rules, list) or not all(isinstance(rule, dict) for rule in rules):
        raise ValueError(_("each rule begins with [[rule]]"))
    made = tuple(_rule(rule) for rule in rules)
    for rule in made:
        _pattern(rule.pattern)
    return made, _policy(found.get("default", "show"), None)


def _rule(found: dict[str, Any]) -> Rule:
    _require_only(found, {"pattern", "policy", "delay"}, _("a rule has no %(word)s"))
    pattern = found.get("pattern")
    if not isinstance(pattern, str) or not pattern.strip():
        raise ValueError(_("a rule needs a pattern"))
    policy = found.get("policy", "delay" if "delay" in found else None)
    return Rule(pattern, _policy(policy, found.get("delay")))


def _policy(name: Any, delay: Any) -> Policy:
    if isinstance(name, str) and name.startswith("delay:"):
        name, delay = "delay", name.removeprefix("delay:")
    if name not in POLICIES:
        wrong = _("a policy is one of %(policies)s, and not %(name)s")
        raise ValueError(wrong % {"policies": ", ".join(POLICIES), "name": repr(name)})
    if name != "delay":
        if delay is not None:
            raise ValueError(_('only the policy "delay" has a delay'))
        return Policy(name)
    if not isinstance(delay, str):
        raise ValueError(_('the policy "delay" needs a delay, as delay = "2d"'))
    return Policy(name, duration(delay))


def _require_only(found: dict[str, Any], allowed: set[str], wrong: str) -> None:
    # A misspelled word would show what somebody meant to hide.
    if unknown := sorted(found.keys() - allowed):
        raise ValueError(wrong % {"word": repr(unknown[0])})


def _pattern(pattern: str) -> lists.Pattern:
    made = lists.pattern(pattern, is_case_blind=True)
    if not made.include:
        raise ValueError(_("%(pattern)s is no pattern for a rule") % {"pattern": repr(pattern)})
    return made


def _listed(path: Path, before: str, chosen: list[Rule]) -> str:
    there = {line.strip() for line in before.splitlines()}
    lines = [before.rstrip("\n")] if before.strip() else []
    for rule in chosen:
        if rule.pattern not in there:
            lines += [f"# {rule.why}"] * bool(rule.why) + [rule.pattern]
    return "\n".join(lines) + "\n" if lines else ""


def _ruled(path: Path, before: str, chosen: list[Rule]) -> str:
    try:
        document = tomlkit.parse(before)
        there = {rule["pattern"] for rule in document.get("rule", [])}
        tables = document.setdefault("rule", tomlkit.aot()) if chosen else []
        for rule in chosen:
            if rule.pattern not in there:
                tables.append(_table(rule))
    except (ValueError, TypeError, KeyError) as error:
        raise RulesUnreadable(path=path, said=error) from error
    return tomlkit.dumps(document)


def _table(rule: Rule) -> tomlkit.items.Table:
    table = tomlkit.table()
    if rule.why:
        table.add(tomlkit.comment(rule.why))
    table["pattern"], table["policy"] = rule.pattern, rule.policy.name
    if rule.policy.delay:
        table["delay"] = spoken(rule.policy.delay)
    return table


def _replace(path: Path, text: str) -> None:
    beside = path.with_name(f"{path.name}.tmp")
    beside.write_bytes(text.encode(errors="surrogateescape"))
    beside.replace(path)
