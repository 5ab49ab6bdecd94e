"""The reader of prose: what an editor's pencil would have struck and put."""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterable, Sequence
from functools import lru_cache
from typing import Any

from coulisses_readers import align, editing, text
from coulisses_readers.look import Look, Unreadable
from coulisses_readers.registry import Reader

# In excerpts there is one more: ["…", ""] for what is skipped.
Run = editing.Run

MAX_BYTES = 8 * 1024 * 1024
_MAX_SHOWN = 400_000
_CONTEXT = 160

_PARAGRAPH = re.compile(r"(?:[^\n]*\S[^\n]*\n?)+(?:[^\S\n]*\n)*|(?:[^\S\n]*\n)+|[^\S\n]+$")
_TOKEN = re.compile(
    r"(?:\b(?:[cdjlmnst]|qu|jusqu|lorsqu|puisqu|quoiqu|presqu)['’](?=\w))"  # elisions: l’ d’ qu’
    r"|\w+(?:['’\-‐‑]\w+|[.,](?=\d)\w+)*"  # words: aujourd’hui, peut-être, don't, 3.14
    r"|[\u00a0\u202f ]?[;:!?»]+"  # high punctuation with the space before it
    r"|«[\u00a0\u202f ]?"
    r"|\.{2,}"
    r"|[^\S\n]+|\n+"
    r"|.",
    re.IGNORECASE | re.DOTALL,
)


def look(data: bytes, name: str) -> Look:
    """The text, and how many words and lines it has."""
    if len(data) > MAX_BYTES:
        raise Unreadable("too_large")
    words = text.read(data)
    facts = {
        "bytes": len(data),
        "words": len(re.findall(r"\w+", words)),
        "lines": words.count("\n") + (not words.endswith("\n")),
    }
    return Look("prose", facts, text=words[:_MAX_SHOWN])


def compare(before: Look | None, after: Look, name: str) -> dict[str, Any]:
    """An excerpt of what was struck and put, and how many lines were."""
    runs = word_diff((before.text or "") if before else "", after.text or "")
    lines = {"+": 0, "-": 0}
    for op, words in runs:
        if op in lines:
            lines[op] += max(1, words.count("\n"))
    return {"words": excerpt(runs), "added": lines["+"], "removed": lines["-"]}


def word_diff(before: str, after: str) -> list[Run]:
    """What was kept, struck and put, word by word, as [op, text] runs.

    The "=" and "-" runs joined are `before`; the "=" and "+" runs joined are `after`. Within one
    change the struck words come first.
    """
    if before == after:
        return [["=", before]] if before else []
    left, right = _paragraphs(before), _paragraphs(after)
    runs: list[tuple[str, str]] = []
    for op, old, new in _stretches(left, right, align.matches(left, right, _weigh_paragraph)):
        if op == "=":
            runs.append(("=", "".join(old)))
        else:
            runs += _diff_words("".join(old), "".join(new))
    return editing.join(runs)


def excerpt(runs: Sequence[Sequence[str]], limit: int = 1500) -> list[Run]:
    """The passage that changed most, with what stands around it, in at most `limit` characters.

    Where text is skipped stands a run ["…", ""]. Lines that only break elsewhere are not shown as
    changed, unless nothing else is.
    """
    near = _without_far(_without_line_ends(runs))
    if sum(len(words) for _, words in near) <= limit:
        return near
    start, end = _fullest(near, limit)
    chosen = [["…", ""]] if start and near[start][0] != "…" else []
    room = limit
    for op, words in near[start:end]:
        if len(words) > room:
            cut = _at_word(words, room)
            chosen += [[op, cut], ["…", ""]] if cut else [["…", ""]]
            room = 0
            break
        chosen.append([op, words])
        room -= len(words)
    if end < len(near) and chosen[-1][0] != "…":
        chosen.append(["…", ""])
    return chosen


def _paragraphs(words: str) -> list[str]:
    found = _PARAGRAPH.findall(words)
    return found if "".join(found) == words else words.splitlines(keepends=True)


def _weigh_paragraph(paragraph: Hashable) -> float:
    return 1.0 + len(str(paragraph).strip())


def _stretches(
    left: Sequence[str], right: Sequence[str], pairs: Sequence[align.Match]
) -> Iterable[tuple[str, Sequence[str], Sequence[str]]]:
    i = j = 0
    for a, b in [*pairs, (len(left), len(right))]:
        if a > i or b > j:
            yield "≠", left[i:a], right[j:b]
        if a < len(left) and b < len(right):
            yield "=", left[a : a + 1], right[b : b + 1]
        i, j = a + 1, b + 1


def _diff_words(before: str, after: str) -> list[tuple[str, str]]:
    left, right = _TOKEN.findall(before), _TOKEN.findall(after)
    runs = []
    for op, old, new in _stretches(left, right, align.matches(left, right, _weigh_word)):
        if op == "=":
            runs.append(("=", "".join(old)))
        else:
            runs += [("-", "".join(old)), ("+", "".join(new))]
    return editing.without_confetti(runs)


@lru_cache(maxsize=4096)
def _weigh_word(word: Hashable) -> float:
    words = str(word)
    if words.isspace():
        return 0.05
    return 1.0 + len(words) if words[0].isalnum() else 0.4


def _without_line_ends(runs: Sequence[Sequence[str]]) -> list[Run]:
    quiet = [run for run in runs if run[0] == "=" or run[1].strip()]
    if all(op == "=" for op, _ in quiet):
        return [list(run) for run in runs]
    shown = [
        ("=" if op == "+" and words.isspace() else op, words)
        for op, words in runs
        if op != "-" or words.strip()
    ]
    return editing.join(shown)


def _without_far(runs: Sequence[Sequence[str]]) -> list[Run]:
    near: list[Run] = []
    for index, (op, words) in enumerate(runs):
        head = _CONTEXT if index else 0
        tail = _CONTEXT if index < len(runs) - 1 else 0
        if op != "=" or len(words) <= head + tail + 40:
            near.append([op, words])
            continue
        if head:
            near.append(["=", _at_word(words, head)])
        near.append(["…", ""])
        if tail:
            near.append(["=", _from_sentence(words, tail)])
    return near


def _fullest(runs: Sequence[Sequence[str]], limit: int) -> tuple[int, int]:
    """The stretch of runs within `limit` that holds most changed letters; one run at least."""
    best, chosen = -1, (0, 1)
    for start in range(len(runs)):
        if runs[start][0] not in "=+-":
            continue
        size = weight = 0
        for end in range(start, len(runs)):
            op, words = runs[end]
            room = limit - size
            weight += min(len(words), room) if op in "+-" else 0
            size += len(words)
            if size >= limit or end == len(runs) - 1:
                # Where two weigh the same, the one that begins with what stands before wins.
                if weight > best:
                    best, chosen = weight, (start, end + 1)
                break
    return chosen


def _at_word(words: str, size: int) -> str:
    if len(words) <= size:
        return words
    cut = words[:size]
    space = max(cut.rfind(" "), cut.rfind("\n"))
    return cut[: space + 1] if space > size // 2 else cut


def _from_sentence(words: str, size: int) -> str:
    tail = words[-size:]
    for match in re.finditer(r"[.!?…][\"'’”»)\]]*\s+|\n+|\s+", tail):
        if match.end() < len(tail):
            return tail[match.end() :]
    return tail


def _is_fit(head: bytes) -> bool:
    return text.is_text(head)


READER = Reader(
    name="prose",
    look=look,
    compare=compare,
    rank=20,
    suffixes=frozenset({".md", ".markdown", ".txt", ".rst", ".fountain", ".tex", ".adoc", ".org"}),
    names=frozenset({"readme", "changelog", "license", "licence", "copying", "authors", "news"}),
    is_fit=_is_fit,
)
