"""The reader of prose: what an editor's pencil would have struck and put."""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterable, Sequence
from functools import lru_cache
from itertools import pairwise

from coulisses_readers import align, text
from coulisses_readers.look import Look, Unreadable
from coulisses_readers.registry import Reader

# [op, text]: "=" kept, "-" struck, "+" put, and in excerpts "…" (empty text) for what is skipped.
Run = list[str]

MAX_BYTES = 8 * 1024 * 1024
_MAX_SHOWN = 400_000
_CONTEXT = 160
_MAX_SLIDE = 300

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
_SENTENCE_END = re.compile(r"[.!?…]['\"’”»)\]]*\s*$")


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
    return _join(runs)


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
    return _without_confetti(runs)


@lru_cache(maxsize=4096)
def _weigh_word(word: Hashable) -> float:
    words = str(word)
    if words.isspace():
        return 0.05
    return 1.0 + len(words) if words[0].isalnum() else 0.4


def _without_confetti(runs: list[tuple[str, str]]) -> list[tuple[str, str]]:
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


def _join(runs: Iterable[tuple[str, str]]) -> list[Run]:
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


def _without_line_ends(runs: Sequence[Sequence[str]]) -> list[Run]:
    quiet = [run for run in runs if run[0] == "=" or run[1].strip()]
    if all(op == "=" for op, _ in quiet):
        return [list(run) for run in runs]
    shown = [
        ("=" if op == "+" and words.isspace() else op, words)
        for op, words in runs
        if op != "-" or words.strip()
    ]
    return _join(shown)


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
    rank=20,
    suffixes=frozenset({".md", ".markdown", ".txt", ".rst", ".fountain", ".tex", ".adoc", ".org"}),
    names=frozenset({"readme", "changelog", "license", "licence", "copying", "authors", "news"}),
    is_fit=_is_fit,
)
