"""Withholding: a save for many does not show what stood before it, where that was for few or none.

What waits for a maker's word, or was dropped, was for nobody.
"""

from collections import defaultdict
from collections.abc import Sequence

from coulisses.capture.forms import Capture
from coulisses.capture.models import PieceVersion, Unseen
from coulisses.log import ledger
from coulisses.media.changes import Change
from coulisses.projects.models import Project, Tier

DIFFERENCES = ("words", "hunks", "figures", "added", "removed")
WITHHELD = dict.fromkeys(("before", *DIFFERENCES))
A_QUERY = 500  # names in one query; SQLite bounds them


def withheld(project: Project, captures: Sequence[Capture]) -> list[Capture]:
    """Return captures without the former states that their readers may not see.

    A state is for whoever reads one of the entries that brought it. Where it is withheld, so is
    the difference from it; the file as it stands now is shown.
    """
    unseen = _unseen(project, captures)
    if not unseen and not Tier.objects.filter(project=project).exists():
        return list(captures)
    brought, named = _brought(project, captures), _named(project, captures)
    told = []
    for capture in captures:
        eyes = {ledger.PUBLIC, capture.audience}
        changes = [
            _unnamed(_withheld(change, brought, eyes, unseen), named, eyes)
            for change in capture.changes
        ]
        told.append(capture.model_copy(update={"changes": changes}))
        for change in capture.changes:
            named[change.path].add(capture.audience)
            if change.after:
                brought[change.after.version].add(capture.audience)
    return told


def _withheld(
    change: Change, brought: dict[str, set[str]], eyes: set[str], unseen: set[str]
) -> Change:
    if change.before is None:
        return change
    theirs = brought.get(change.before.version)
    is_known = theirs & eyes if theirs else change.before.version not in unseen
    if is_known:
        return change
    return change.model_copy(update=WITHHELD)


def _unnamed(change: Change, named: dict[str, set[str]], eyes: set[str]) -> Change:
    """Return a renaming without the former name, where that was told to others only."""
    theirs = named.get(change.was) if change.was else None
    if not theirs or theirs & eyes:
        return change
    return change.model_copy(update={**WITHHELD, "was": None, "what": "added"})


def _named(project: Project, captures: Sequence[Capture]) -> dict[str, set[str]]:
    """Return the audiences to whom the former names of renamed files have been told."""
    asked = [change.was for capture in captures for change in capture.changes if change.was]
    named: dict[str, set[str]] = defaultdict(set)
    for start in range(0, len(asked), A_QUERY):
        paths = asked[start : start + A_QUERY]
        rows = PieceVersion.objects.filter(project=project, path__in=paths)
        for path, audience in rows.values_list("path", "audience").distinct():
            named[path].add(audience)
    return named


def _brought(project: Project, captures: Sequence[Capture]) -> dict[str, set[str]]:
    """Return the audiences to whom these captures' former states have been shown."""
    asked = _before(captures)
    brought: dict[str, set[str]] = defaultdict(set)
    for start in range(0, len(asked), A_QUERY):
        names = asked[start : start + A_QUERY]
        rows = PieceVersion.objects.filter(project=project, version__in=names)
        for version, audience in rows.values_list("version", "audience"):
            brought[version].add(audience)
    return brought


def _unseen(project: Project, captures: Sequence[Capture]) -> set[str]:
    """Return the former states that only a waiting or dropped capture brought, if any did."""
    asked, found = _before(captures), set[str]()
    for start in range(0, len(asked), A_QUERY):
        rows = Unseen.objects.filter(project=project, version__in=asked[start : start + A_QUERY])
        found.update(rows.values_list("version", flat=True))
    return found


def _before(captures: Sequence[Capture]) -> list[str]:
    return [
        change.before.version for capture in captures for change in capture.changes if change.before
    ]
