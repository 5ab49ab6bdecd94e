"""The first run: what a look around proposes to leave out is asked about, then written down.

The rules stand in the folder's own files, `.coulissesignore` and `.coulisses.toml`, where the maker
finds and changes them.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from coulisses_agent import counts
from coulisses_agent.folder import never, policies
from coulisses_agent.folder.place import Folder
from coulisses_agent.folder.policies import Policy, Rule
from coulisses_agent.folder.proposing import Found, Proposal, look_around
from coulisses_agent.git import names
from coulisses_agent.refusals import Stopped
from coulisses_agent.speech import gettext as _
from coulisses_agent.speech import gettext_noop as N_

_NEXT = {"never": "hold", "hold": "show", "show": "never"}


class NotNow(Stopped):
    """Somebody at the terminal would rather write the rules first."""

    sentence = N_(
        "Nothing was told. Rules of your own go into %(rules)s and %(ignore)s; the guide "
        "“Let the work tell itself” says how."
    )
    status = 7


def settle(root: Path, *, say: Callable[[str], None], can_ask: bool) -> None:
    """At a first run, find rules for what may not be for showing, and write them down.

    Asks where `can_ask`; elsewhere all that is proposed is taken, and said to `say`. Raises
    NotNow, OSError.
    """
    if not is_first(root):
        return
    rules = policies.load(root, say=say)
    found = look_around(Folder.walker(root, rules, say=say))
    if found.proposals:
        say = _say if can_ask else say
        write(root, ask(found) if can_ask else take(found, say=say), say=say)


def is_first(root: Path) -> bool:
    """Has a folder no rules yet?"""
    return not (root / never.RULES).exists() and not (root / never.IGNORE).exists()


def is_at_terminal() -> bool:
    """Is there somebody who can be asked?"""
    return sys.stdin.isatty() and sys.stderr.isatty()


def ask(found: Found, *, answer: Callable[[str], str] | None = None) -> list[Rule]:
    """Ask on the terminal about what is proposed, until Enter is pressed. Raises NotNow.

    `answer` asks a question and returns what is typed.
    """
    answer = answer or input
    chosen = [proposal.rule for proposal in found.proposals]
    _say(_looked(found))
    while True:
        _say(_("Perhaps not for showing:"))
        for line in _listed(found.proposals, chosen):
            _say(line)
        _say(f"     ({_meanings()})")
        said = _answered(answer)
        if not said:
            return [rule for rule in chosen if rule.policy.name != "show"]
        if said in ("q", "quit"):
            raise NotNow(rules=never.RULES, ignore=never.IGNORE)
        if said.isdecimal() and 1 <= int(said) <= len(chosen):
            at = int(said) - 1
            chosen[at] = replace(chosen[at], policy=Policy(_NEXT[chosen[at].policy.name]))
        else:
            _say(_("“%(said)s” is no number of this list.") % {"said": said})


def take(found: Found, *, say: Callable[[str], None]) -> list[Rule]:
    """Take all that is proposed, where nobody can be asked, and say so."""
    for proposal in found.proposals:
        rule = proposal.rule
        is_never = rule.policy.name == "never"
        said = (
            _("%(pattern)s (%(files)s) is not told: %(why)s.")
            if is_never
            else _("%(pattern)s (%(files)s) is held for you: %(why)s.")
        )
        files = counts.files(proposal.files)
        say(said % {"pattern": _safe(rule.pattern), "files": files, "why": rule.why})
    return [proposal.rule for proposal in found.proposals]


def write(root: Path, rules: Sequence[Rule], *, say: Callable[[str], None]) -> None:
    """Write rules into the folder's own files, so that nobody is asked again. Raises OSError."""
    if not rules:
        first = _("As in .gitignore: what stands here is never told.")
        (root / never.IGNORE).write_text(f"# {first}\n", encoding="utf-8")
    for path in policies.save(root, rules):
        said = _("Written down in %(path)s: change it whenever you like.")
        say(said % {"path": names.path(bytes(path))})


def _looked(found: Found) -> str:
    said = (
        _("A look around, by names only: %(files)s in %(folders)s.")
        if found.is_whole
        else _("A look around, by names only: %(files)s at least, in %(folders)s.")
    )
    return said % {"files": counts.files(found.files), "folders": counts.folders(found.folders)}


def _meanings() -> str:
    return _("never: not told at all · hold: waits in your tray · show: told at once")


def _listed(proposals: Sequence[Proposal], rules: Sequence[Rule]) -> list[str]:
    width = min(40, max(len(rule.pattern) for rule in rules))
    return [
        f"{number:4} {rule.policy.name:5}  {_safe(rule.pattern):{width}}  {rule.why} "
        f"({_an_example(proposal)})"
        for number, (proposal, rule) in enumerate(zip(proposals, rules, strict=True), 1)
    ]


def _an_example(proposal: Proposal) -> str:
    files, example = counts.files(proposal.files), _safe(proposal.example)
    return _("%(files)s, as %(example)s") % {"files": files, "example": example}


def _say(line: str) -> None:
    print(line, file=sys.stderr)


def _answered(answer: Callable[[str], str]) -> str:
    question = _("Enter: so be it · a number: change it · q: stop, and write rules of your own")
    try:
        return answer(f"{question} ").strip().lower()
    except EOFError:
        raise NotNow(rules=never.RULES, ignore=never.IGNORE) from None


def _safe(name: str) -> str:
    return names.path(name.encode(errors="surrogateescape"))
