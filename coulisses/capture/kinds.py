"""What capture says in the log."""

from dataclasses import field, fields
from typing import Any

from coulisses.log.kinds import Fact, kind

PICTURE_WEIGHS = 200
SENSES = {"picture", "sound"}


@kind("capture.taken")
class CaptureTaken(Fact):
    """A save in the maker's files, with what changed. Shreds: every field, and what it brought.

    `source` says where it was read ("git", "folder", "upload", "link") and `revision` which save it
    is there (a commit's oid). `link` leads to where it is worked on, a board or a document.
    `title` and `body` are the save's own message. `author_is_owner` tells the house's maker from a
    contributor; the author is the entry's voice. `is_merge` marks a save that only joins others.

    `changes` has at most 20, the most telling first: what is seen or heard, then what is read, then
    code by the size of the change; `more` counts the rest. A change is
    `{"path", "was", "what", "reader", "before", "after"}`: `was` is the path before a renaming;
    `what` is added, changed, removed or renamed; `reader` is picture, sound, document, figures,
    prose, code, plain, link or submodule; `before` and `after` are `{"version", "bytes"}` or None.
    Besides:

    - prose and documents: `words`, an excerpt: [["=", kept], ["-", cut], ["+", put] …], and
      ["…", ""] for a gap;
    - code: `hunks`, the telling one first, as {"header", "old", "new", "lines": [[" -+", text] …]},
      where `old` and `new` are the first line numbers;
    - figures: `figures`, at most 8 that changed, as {"name", "before", "after"}, the numbers as
      strings ("184", "-1234.5", "2e+18"), or None where the figure wasn't there; where none
      changed, `words`;
    - prose, documents and code: `added` and `removed`, in lines;
    - links: `words`, where they point to;
    - pictures and sounds: nothing: what changed in them is told by the facts of their versions;
    - `reason`: why only a name and a size are shown ("too_large", "binary", "missing" …).

    `held` and `missing` are files that are not shown, as {"path", "reason"}: held back because they
    hold a secret, or not there in this copy of the history. An empty path stands for the message,
    or for the save itself.
    """

    source: str
    revision: str
    title: str = ""
    body: str = ""
    author_is_owner: bool = False
    is_merge: bool = False
    changes: list[dict[str, Any]] = field(default_factory=list)
    more: int = 0
    held: list[dict[str, str]] = field(default_factory=list)
    missing: list[dict[str, str]] = field(default_factory=list)
    link: str = ""

    def headline(self) -> str:
        """Return the first line of the save's message."""
        return self.title

    def filed_under(self) -> str:
        """Return "capture"."""
        return "capture"

    def weighs(self) -> int:
        """Return the lines added and removed; a picture or a sound counts as 200."""
        return max(1, sum(_weight(change) for change in self.changes))

    def spelled(self) -> dict[str, Any]:
        """Return the fields as they are: a deep copy of a long difference would cost more."""
        return {one.name: getattr(self, one.name) for one in fields(self)}

    def shows(self) -> set[str]:
        """Return the versions it brought: what stood before is shown by an earlier entry."""
        return {change["after"]["version"] for change in self.changes if change["after"]}


def _weight(change: dict[str, Any]) -> int:
    if change["reader"] in SENSES:
        return PICTURE_WEIGHS
    return int(change.get("added", 0)) + int(change.get("removed", 0))
