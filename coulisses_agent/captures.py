"""A commit as the house is told it: words, author, date and what changed, without any secret."""

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from coulisses_agent import authors, changes, dates, held, words
from coulisses_agent.documents import Documents
from coulisses_agent.git import touched
from coulisses_agent.git.saves import History, Save
from coulisses_agent.git.touched import Touched
from coulisses_agent.speech import gettext as _

MOST_CHANGES = 20
MOST_BYTES = 60 * 1024  # of a capture's canonical JSON; the house takes 64 KiB of its content
_MOST_LISTED = 20  # files held back or missing that are named one by one

Capture = dict[str, Any]


@dataclass(frozen=True)
class Scribe:
    """Writes captures of one repository's commits. `warn` hears what is held back, and why."""

    history: History
    hands: authors.Hands
    warn: Callable[[str], None]
    documents: Documents

    def write(self, save: Save, *, past: bool, now: float) -> Capture:
        """Return the capture of a commit, at most MOST_BYTES of canonical JSON."""
        commit = save.commit
        said = words.told(commit.message)
        happened_at, is_absurd = dates.happened(commit.at, commit.committed, now=now)
        author = self.hands.of(commit)
        capture: Capture = {
            "once": f"git:{commit.oid}",
            "happened_at": happened_at,
            "past": past,
            "author": author,
            "source": "git",
            "revision": commit.oid,
            "title": said.title,
            "body": said.body,
            "is_merge": commit.is_merge,
            "changes": [],
            "more": save.uncounted,
            "held": [],
            "missing": [{"path": "", "reason": trouble} for trouble in save.troubles],
        }
        if is_absurd:
            capture["missing"].append({"path": "", "reason": "absurd_date"})
        if reason := held.in_words(f"{said.title}\n\n{said.body}"):
            capture |= {"title": "", "body": ""}
            self._hold(capture, {"path": "", "reason": reason}, is_message=True)
        if author["name"] and held.in_words(str(author["name"])):
            author["name"] = ""
        self._show(capture, save)
        return fitted(capture)

    def _show(self, capture: Capture, save: Save) -> None:
        """Fill in what changed, what is held back and what is missing."""
        secret = [file for file in save.files if held.is_secret_path(file)]
        for file in secret[:_MOST_LISTED]:
            self._hold(capture, held.of_path(file))
        capture["more"] += max(0, len(secret) - _MOST_LISTED)
        shown = ordered(file for file in save.files if not held.is_secret_path(file))
        capture["more"] += max(0, len(shown) - MOST_CHANGES)
        for file in self._compared(shown[:MOST_CHANGES], save):
            self._show_one(capture, file, save)

    def _hold(
        self, capture: Capture, one: held.Held, line: int = 0, *, is_message: bool = False
    ) -> None:
        capture["held"].append(one)
        said = held.spoken(one, line, is_message=is_message)
        self.warn(_("%(commit)s: %(said)s") % {"commit": capture["revision"][:8], "said": said})

    def _compared(self, files: list[Touched], save: Save) -> Iterator[Touched]:
        for file in files:
            is_unseen = changes.reader_of(file.path) in changes.NO_LINES
            is_text = not is_unseen or file.mode == touched.SYMLINK
            if file.patch is None and is_text and file.old != file.new:
                file = self.history.compare(file, save.sizes)
            yield file

    def _show_one(self, capture: Capture, file: Touched, save: Save) -> None:
        if found := held.in_file(file):
            self._hold(capture, *found)
            return
        change = changes.of(file, save.sizes)
        if change["reader"] == "document" and not change["reason"]:
            words, secret = self.documents.compare(file)
            if secret:
                self._hold(capture, {"path": change["path"], "reason": secret})
                return
            change |= words
        capture["changes"].append(change)
        if change["reason"] == "missing" and len(capture["missing"]) < _MOST_LISTED:
            capture["missing"].append({"path": change["path"], "reason": "missing"})


def ordered(files: Iterable[Touched]) -> list[Touched]:
    """Return files as a capture shows them: what is seen or heard, prose, what changed most."""
    return sorted(files, key=lambda file: (min(2, changes.rank(file.path)), -changes.weight(file)))


def spelled(capture: Capture) -> bytes:
    """Return a capture's canonical JSON."""
    return json.dumps(capture, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def fitted(capture: Capture) -> Capture:
    """Return the capture within MOST_BYTES: hunks go from its tail first, then whole changes."""
    size = len(spelled(capture))
    for keep in (1, 0):
        for change in reversed(capture["changes"]):
            if size <= MOST_BYTES:
                return capture
            if len(change.get("hunks", ())) > keep:
                before = len(spelled(change))
                change["hunks"] = change["hunks"][:keep]
                size -= before - len(spelled(change))
    for listed in ("changes", "held", "missing"):
        while capture[listed] and size > MOST_BYTES:
            size -= len(spelled(capture[listed].pop())) + 1
            capture["more"] += 1
    return capture
