"""Within files: the words in place, where they stand in the text of a file and nowhere else.

What is read is named by the entry itself, which the reader may see; the index only says that it
is what the entry is found by.
"""

from collections import defaultdict
from collections.abc import Sequence
from contextlib import suppress

from coulisses.log.models import Entry
from coulisses.media.models import Preview
from coulisses.projects.models import Project
from coulisses.search import placing, settling, texts
from coulisses.search.asking import Asked
from coulisses.search.models import State
from coulisses.search.texts import Text

MOST_READ = 20  # files for one page
Place = tuple[str, int]  # a project's id and a position


class Files:
    """The files that entries of a page are found by."""

    def __init__(self, found: Sequence[tuple[Project, Entry]]) -> None:
        self._previews = _previews(found)
        self._left = MOST_READ

    def best(self, project: Project, entry: Entry, asked: Asked) -> Text | None:
        """Return the part of a file's text where most of what was looked for stands, if any."""
        named = {version: path for path, version in texts.shown(entry.fact)}
        parts = list[Text]()
        for preview in self._previews.get((project.pk, entry.position), ()):
            path = named.get(preview.version.name)
            if path is not None and preview.version.log_id == project.work_id and self._left:
                self._left -= 1
                with suppress(OSError):  # a bucket that is away takes no hit from the page
                    parts.append(Text(placing.part(settling.read(preview), asked), path))
        return max(parts, key=lambda one: placing.count(one.said, asked), default=None)


def _previews(found: Sequence[tuple[Project, Entry]]) -> dict[Place, list[Preview]]:
    places = {(project.pk, entry.position) for project, entry in found}
    rows = State.objects.filter(
        project__in={one[0] for one in places},
        position__in={one[1] for one in places},
        preview__gt=0,
    )
    held = [one for one in rows.order_by("pk") if (one.project_id, one.position) in places]
    kept = Preview.objects.select_related("version").in_bulk([one.preview for one in held])
    previews = defaultdict[Place, list[Preview]](list)
    for one in held:
        if one.preview in kept:
            previews[one.project_id, one.position].append(kept[one.preview])
    return previews
