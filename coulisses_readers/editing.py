"""Runs of kept, struck and put words, tidied until they read as an editor's."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise

# [op, text]: "=" kept, "-" struck, "+" put.
Run = list[str]

_MAX_SLIDE = 300
_SENTENCE_END = re.compile(r"[.!?…]['\"’”»)\]]*\s*$")


def without_confetti(runs: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Kept crumbs between two larger changes read better as part of the change."""
    changes = _clusters(runs)
    merged = True
    while merged:
        merged = False
        kept: list[list[str]] = []
        for index, (same, old, new) in enumerate(changes):
            is_inner = bool(kept) and index > 0
            if is_inner and _is_crumb(same, kept[-1], (old, new)):
                kept[-1][1] += same + old
                kept[-1][2] += same + new
                merged = True
            else:
                kept.append([same, old, new])
        changes = kept
    _slide(changes)
    return [
        run for same, old, new in changes for run in (("=", same), ("-", old), ("+", new)) if run[1]
    ]


def _slide(changes: list[list[str]]) -> None:
    """Of the places where the same words could have been put or struck, the natural one.

    "[a b. ]a c" and "a [b. a ]c" say the same; whole lines and whole sentences read better.
    """
    for here, there in pairwise(changes):
        before, after = here[0], there[0]
        side = 1 if here[1] else 2
        run = here[side]
        if (here[1] and here[2]) or not run or not after:
            continue
        left = _shared(before[: -_MAX_SLIDE - 1 : -1], run[: -_MAX_SLIDE - 1 : -1])
        right = _shared(run, after)
        start = len(before) - left
        around = before[start:] + run + after[:right]
        edges = [
            (_edge(before[:start][-9:] + around[:at][-9:]), -abs(at - left), at)
            for at in range(left + right + 1)
        ]
        best = max(edges)[2]
        here[0] = before[:start] + around[:best]
        here[side] = around[best : best + len(run)]
        there[0] = around[best + len(run) :] + after[right:]


def _shared(one: str, other: str) -> int:
    size = 0
    for a, b in zip(one[:_MAX_SLIDE], other, strict=False):
        if a != b:
            break
        size += 1
    return size


def _edge(before: str) -> int:
    """How natural it is to begin something after this: a paragraph, a line, a sentence, a word."""
    if not before or before.endswith("\n\n"):
        return 4
    if before.endswith("\n"):
        return 3
    if before[-1].isspace():
        return 2 if _SENTENCE_END.search(before[-8:]) else 1
    return 0


def _clusters(runs: Iterable[tuple[str, str]]) -> list[list[str]]:
    """Triples [kept, struck, put]; the last may have nothing struck or put."""
    found = [["", "", ""]]
    for op, words in runs:
        if op == "=":
            if found[-1][1] or found[-1][2]:
                found.append(["", "", ""])
            found[-1][0] += words
        else:
            found[-1][1 if op == "-" else 2] += words
    return found


def _is_crumb(same: str, one: Sequence[str], other: Sequence[str]) -> bool:
    old, new = other
    if not (old or new):
        return False
    weight = sum(map(str.isalnum, same))
    if "\n\n" in same:
        return False
    before = max(_letters(one[1]), _letters(one[2]))
    after = max(_letters(old), _letters(new))
    if not weight:
        # Two words changed side by side are one change; a mark far from another is not.
        return before > 0 and after > 0 and bool(one[1] or old) and bool(one[2] or new)
    return weight * 2 <= min(before, after) and weight < 24


def _letters(words: str) -> int:
    return sum(map(str.isalnum, words))


def join(runs: Iterable[tuple[str, str]]) -> list[Run]:
    """Return runs joined so that each reads as one edit: what was there, then what is put."""
    joined = []
    for same, old, new in _clusters(runs):
        old, new, shared = _trim_shared_space(old, new)
        joined += [["=", same], ["-", old], ["+", new], ["=", shared]]
    tidy: list[Run] = []
    for op, words in joined:
        if tidy and tidy[-1][0] == op == "=":
            tidy[-1][1] += words
        elif words:
            tidy.append([op, words])
    return tidy


def _trim_shared_space(old: str, new: str) -> tuple[str, str, str]:
    if old and new and old[-1].isspace() and old[-1] == new[-1]:
        size = 0
        while size < min(len(old), len(new)) and old[-size - 1] == new[-size - 1]:
            if not old[-size - 1].isspace():
                break
            size += 1
        return old[:-size], new[:-size], old[-size:]
    return old, new, ""
