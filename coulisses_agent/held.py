"""What is held back: keys, tokens and private files, recognised before anything leaves.

A reason is a key, as "aws_access_key" or "env_file"; `spoken` says it to a person.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from coulisses_agent import reasons
from coulisses_agent.git import names
from coulisses_agent.git.touched import Touched
from coulisses_agent.speech import gettext as _
from coulisses_readers import secrets, text
from coulisses_readers.look import Look, Unreadable

Held = dict[str, str]

# A key of which only the end is near what changed: its beginning is what the readers know it by.
_KEY_END = re.compile(r"-----END [A-Z ]*PRIVATE KEY")
_BETWEEN_PARTS = re.compile(r"\W+")
_LINE_END = re.compile(r"\r\n?|\n")
_HUNK = re.compile(r"@@ -\d+(?:,\d+)? \+(\d+)")


def is_secret_path(file: Touched) -> bool:
    """Is the file secret by its name, now or before it was renamed?"""
    return any(path_reason(path) for path in _paths(file))


def of_path(file: Touched) -> Held:
    """Return how a file that is secret by its name is reported."""
    path = next(path for path in _paths(file) if path_reason(path))
    return {"path": _shown(path), "reason": path_reason(path) or ""}


def in_file(file: Touched) -> tuple[Held, int] | None:
    """Return the first secret in what a file's patch shows, and its line in the file; or None."""
    for path in _paths(file):
        if kind := in_name(path):
            return {"path": "", "reason": kind}, 0
    if not file.patch:
        return None
    lines = _decoded(file.patch).split("\n")
    found = secrets.findings([line[1:] for line in lines], names.path(file.path))
    at, kind = (found[0].line_no - 1, found[0].kind) if found else _end_of_key(lines)
    if kind is None:
        return None
    return {"path": names.path(file.path), "reason": kind}, _line_in_file(lines, at)


def in_words(words: str) -> str | None:
    """Return why words can't be told, or None."""
    found = secrets.findings(words.split("\n"), "")
    if found:
        return found[0].kind
    return "private_key" if _KEY_END.search(words) else None


def in_look(look: Look) -> str | None:
    """Return why what a reader has brought to light can't be shown, or None.

    Of a plain text the bytes themselves are asked about: `in_bytes`.
    """
    words = [*_strings(look.facts)]
    if look.text is not None and look.reader not in ("prose", "code"):
        words.append(look.text)
    return in_words("\n".join(words)) if words else None


def in_bytes(data: bytes, path: bytes) -> str | None:
    """Return why a whole file can't be shown if it is text, or None."""
    if not text.is_text(data[:8192]):
        return None
    found = secrets.findings(_LINE_END.split(_decoded(data)), names.path(path))
    return found[0].kind if found else None


def spoken(held: Held, line: int = 0, *, is_message: bool = False) -> str:
    """Say to a person what is held back: "Held back, never sent: a.py (it looks like a …)."."""
    said = (
        _("Held back, never sent: %(name)s (it looks like %(what)s, on line %(line)s).")
        if line
        else _("Held back, never sent: %(name)s (it looks like %(what)s).")
    )
    name = _("a commit's message") if is_message else named(held["path"])
    return said % {"name": name, "what": reasons.spoken(held["reason"]), "line": line}


def named(path: str) -> str:
    """Return the name of what is held back, unless that is the secret."""
    return path or _("a file whose very name is a secret")


def _paths(file: Touched) -> tuple[bytes, ...]:
    return (file.path, file.was) if file.was else (file.path,)


def path_reason(path: bytes) -> str | None:
    """Return why a file is secret by its name alone, or None."""
    return secrets.is_secret_path(names.text(path))


def _shown(path: bytes) -> str:
    return "" if in_name(path) else names.path(path)


def in_name(path: bytes) -> str | None:
    """Return which secret a path holds itself, or None. Its parts are looked at one by one too."""
    shown = names.path(path)
    found = secrets.findings([shown, *_BETWEEN_PARTS.split(shown)], "")
    return found[0].kind if found else None


def _strings(fact: Any) -> Iterator[str]:
    if isinstance(fact, str):
        yield fact
    elif isinstance(fact, Mapping | list | tuple):
        for one in fact.values() if isinstance(fact, Mapping) else fact:
            yield from _strings(one)


def _decoded(data: bytes) -> str:
    try:
        return text.decode(data)
    except Unreadable:
        return names.text(data)


def _end_of_key(lines: list[str]) -> tuple[int, str | None]:
    for at, line in enumerate(lines):
        if _KEY_END.search(line):
            return at, "private_key"
    return 0, None


def _line_in_file(lines: list[str], at: int) -> int:
    """Return the number that a patch's line has in the newer file, 0 where it has none."""
    if lines[at].startswith("-"):
        return 0
    for start in range(at, -1, -1):
        if header := _HUNK.match(lines[start]):
            return int(header[1]) + sum(line[:1] != "-" for line in lines[start + 1 : at])
    return 0
