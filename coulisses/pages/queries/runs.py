"""Cards in a row: shown whole, folded under one line, or laid out as a contact sheet."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from django.utils.safestring import SafeString

from coulisses.log.models import Entry
from coulisses.projects.telling import PAUSE
from coulisses.ui.pictures import Picture

SMALL = 24  # changed lines up to which a step is small wherever it stands
TELLING = 4  # steps of a long sitting that are shown whole, the heaviest
FOLDED_FROM = 2  # small steps, or quiet lines, in a row that make a fold

CARDS, STEPS, NOTES, SHEET, UNDER = "cards", "steps", "notes", "sheet", "under"
CURTAINS = {"curtain.raised", "curtain.fallen"}


@dataclass(frozen=True)
class Still:
    """What a wordless save of one picture shows."""

    path: str
    picture: Picture


@dataclass(frozen=True)
class Sentence:
    """The words that captures stand under, told elsewhere in the log."""

    position: int
    words: str


@dataclass
class Item:
    """A card on a page; a curtained one has no entry.

    `under` is the sentence that it stands under, where that is elsewhere.
    """

    position: int
    html: SafeString
    entry: Entry | None
    is_pinned: bool = False
    weight: int = 0
    still: Still | None = None
    form: str = CARDS
    is_said_above: bool = False
    under: Sentence | None = None

    @property
    def is_work(self) -> bool:
        """Whether it shows work, and not only that a project opened or its curtain rose."""
        return self.entry is None or bool(self.entry.topic) or self.entry.is_shredded

    @property
    def is_quiet(self) -> bool:
        """Whether it is one line about other entries: a pin, a title, an amendment."""
        return not self.is_work and self.entry is not None and self.entry.kind not in CURTAINS

    @property
    def is_pinnable(self) -> bool:
        """Whether the team may put it into the short reading."""
        return bool(self.entry and self.entry.topic and not self.entry.is_shredded)


@dataclass
class Run:
    """Cards in a row of one form: CARDS, folded STEPS or NOTES, a SHEET, all UNDER a sentence."""

    form: str
    items: list[Item]

    @property
    def sentence(self) -> Sentence | None:
        """The words that all of these stand under."""
        return self.items[0].under if self.form == UNDER else None

    @property
    def titles(self) -> str:
        """What the heaviest folded steps say of themselves, on one line."""
        heaviest = sorted(self.items, key=lambda one: -one.weight)[:TELLING]
        said = (one.entry.fact.headline() for one in heaviest if one.entry)
        return " · ".join(words for words in said if words)


def of(items: list[Item], *, is_alone: bool = False, shown: Item | None = None) -> list[Run]:
    """Return items in runs, in their order; the last save of a contact sheet is a card.

    `is_alone` is for entries from anywhere, of which no step is small; `shown` is never folded.
    """
    for one in items:
        one.form = NOTES if one.is_quiet else UNDER if one.under else CARDS
    loose = [one for one in items if not one.under]
    sheets = list(_sheets(items))
    if not is_alone:
        laid_out = {id(one) for sheet in sheets for one in sheet}
        for one in _small([one for one in loose if id(one) not in laid_out]):
            one.form = CARDS if one is shown else STEPS
    for sheet in sheets:
        last = max(sheet, key=lambda one: one.position)
        for one in sheet:
            one.form = CARDS if one is last else SHEET
    runs: list[Run] = []
    for (form, _sentence), row in groupby(items, key=lambda one: (one.form, one.under)):
        listed = list(row)
        is_short = form in {STEPS, NOTES} and len(listed) < FOLDED_FROM
        runs.append(Run(CARDS if is_short else form, listed))
    return runs


def _small(items: list[Item]) -> list[Item]:
    steps = [one for one in items if one.entry and one.entry.topic == "capture"]
    heaviest = sorted(steps, key=lambda one: (one.weight, one.position), reverse=True)
    telling = heaviest[:TELLING] if len(steps) > 2 * TELLING else heaviest
    told = {id(one) for one in telling if one.weight > SMALL}
    return [one for one in steps if id(one) not in told and not one.is_pinned]


def _sheets(items: Iterable[Item]) -> Iterator[list[Item]]:
    """Yield the saves in a row, two at least, of one picture at one sitting."""
    row: list[Item] = []
    for one in items:
        if row and not _goes_on(row[-1], one):
            if len(row) > 1:
                yield row
            row = []
        if one.still and not one.is_pinned and not one.under:
            row.append(one)
    if len(row) > 1:
        yield row


def _goes_on(last: Item, one: Item) -> bool:
    if one.is_pinned or one.under or not (last.still and one.still and last.entry and one.entry):
        return False
    is_same = last.still.path == one.still.path
    return is_same and abs(last.entry.happened_at - one.entry.happened_at) <= PAUSE
