"""What stands under a card: what was given to its entry, and the words one can give."""

from collections.abc import Mapping, Sequence

from django.utils import translation
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext, pgettext

from coulisses.cheers import queries, rules, words
from coulisses.cheers.queries import Given
from coulisses.cheers.words import Words
from coulisses.log.models import Entry
from coulisses.projects.models import Project
from coulisses.ui import slots
from coulisses.ui.slots import Reader


@slots.under("cheers", order=10)
def fill(project: Project, entries: Sequence[Entry], reader: Reader) -> Mapping[int, SafeString]:
    """Return the cheers under each of these cards; a guest of a rehearsal has none to give."""
    told = [one for one in entries if rules.can_be_cheered(project, one)]
    if not told:
        return {}
    positions = [one.position for one in told]
    given = queries.given(project, positions)
    mine = queries.mine(project, positions, reader.actor.voice)
    with translation.override(reader.language):
        drawing = _Drawing(project, words.of(project))
        return {
            one.position: drawing.of(
                one,
                given.get(one.position, Given(one.topic in rules.SILENT)),
                mine.get(one.position, set()),
            )
            for one in told
        }


class _Drawing:
    """Draws the same few words thirty times on a page: all that can be is made once."""

    def __init__(self, project: Project, known: Words) -> None:
        self._words, self._path = known, escape(project.path)
        self._says = {key: escape(known.says(key)) for key in known.keys}
        self._open = escape(gettext("Cheer"))
        self._from = escape(pgettext("cheers", "from"))

    def of(self, entry: Entry, given: Given, mine: set[str]) -> SafeString:
        """Return the cheers of one entry."""
        position, now = entry.position, self._words.offered(entry)
        keys = [*now, *self._bygone(given, mine, now)]
        told = "".join(self._told(key, given, mine) for key in keys)
        offered = "".join(
            self._offered(key, key in mine) for key in keys if key in now or key in mine
        )
        names = escape(", ".join(given.names))
        silent = " silent" if given.is_silent else ""
        by = f"<span data-names{'' if names else ' hidden'}>{self._from} <b>{names}</b></span>"
        return mark_safe(  # noqa: S308  all that is not ours is escaped
            f'<cheer-words class="cheers" data-position="{position}"{silent}>'
            f'<form method="post" action="{self._path}{position}/cheers">'
            f'<details><summary>{self._open}</summary><p class="offered">{offered}</p></details>'
            f'<p class="tally">{told}{by if given.is_silent else ""}</p>'
            "</form></cheer-words>"
        )

    def _told(self, key: str, given: Given, mine: set[str]) -> str:
        count = given.counts.get(key, 0)
        number = "" if given.is_silent else f" <b>{count}</b>"
        own = ' class="is-mine"' if key in mine else ""
        hidden = "" if count > 0 else " hidden"
        return f'<span data-word="{key}"{own}{hidden}>{self._say(key)}{number}</span> '

    def _offered(self, key: str, is_mine: bool) -> str:
        act, pressed = ("undo", "true") if is_mine else ("give", "false")
        opened = f'<button name="{act}" value="{key}" aria-pressed="{pressed}">'
        return f"{opened}{self._say(key)}</button> "

    def _bygone(self, given: Given, mine: set[str], now: tuple[str, ...]) -> list[str]:
        """Return the words that were given and that nobody can give any more."""
        kept = {key for key, count in given.counts.items() if count > 0} | mine
        return sorted(kept - set(now))

    def _say(self, key: str) -> str:
        if key not in self._says:
            self._says[key] = escape(self._words.says(key))
        return self._says[key]
