"""A picture of a wall: families as columns, ideas as cards, as an SVG that stands by itself."""

import math
import re
import unicodedata
from collections import defaultdict
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from coulisses.brainstorms import lines, queries
from coulisses.brainstorms.models import Brainstorm, Family, Idea
from coulisses.lib import text
from coulisses.ui import words as ui_words

COLUMN, GAP, EDGE = 300, 28, 56  # pixels
SHAPE = 1.5  # about how much wider than high
LINE, FOOT, PAD = 23, 26, 16
LETTERS = 33  # that a line of a card holds
MOST = 400  # ideas of a picture
INK, SOFT, PAPER, EDGES, BLUE = "#12141f", "#565a6c", "#ffffff", "#dcdcd5", "#2238e8"
COLOURS = (BLUE, "#c0156f", "#087a43", "#c03c08", "#6b3fc4", "#7d6000")
_SPACES = re.compile(r"[ \t\n]+")  # no-break spaces hold what they hold
READ = 'font-family="Newsreader, Georgia, \'Times New Roman\', serif" font-size="18"'
PLAIN = 'font-family="Bricolage Grotesque, system-ui, sans-serif"'


@dataclass(frozen=True)
class Piece:
    """Something drawn, and how high it is."""

    svg: str
    height: int


@dataclass(frozen=True)
class Group:
    """A family to draw: its name, how many ideas it has, the cards shown of them, its colour."""

    name: str
    count: int
    cards: list[Piece]
    colour: str
    is_loose: bool = False

    @property
    def height(self) -> int:
        """How high it is in one column."""
        return 80 + sum(one.height + 10 for one in self.cards)


@dataclass(frozen=True)
class Drawing:
    """An SVG and its width and height, in pixels."""

    svg: str
    size: tuple[int, int]


def draw(of: Brainstorm) -> Drawing:
    """Return an SVG of the wall, the ideas with the most dots of each family first."""
    groups = _groups(of)
    whole = sum(one.height for one in groups)
    high = max(700, math.isqrt(round(whole * (COLUMN + GAP) / SHAPE)))
    across = max(3, math.ceil(whole / high))
    width = 2 * EDGE + across * (COLUMN + GAP) - GAP
    head = _head(of, width)
    tops, drawn = [head.height] * across, []
    for one in groups:
        wide = across if one.is_loose else min(across, math.ceil(one.height / high))
        piece = _family(one, wide)
        place = min(range(across - wide + 1), key=lambda at: (max(tops[at : at + wide]), at))
        top, left = max(tops[place : place + wide]), EDGE + place * (COLUMN + GAP)
        drawn.append(f'<g transform="translate({left} {top})">{piece.svg}</g>')
        tops[place : place + wide] = [top + piece.height + GAP] * wide
    height = max(tops) + EDGE
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}"'
        f' viewBox="0 0 {width} {height}" xml:lang={quoteattr(ui_words.tongue(of.project))}>'
        f"<title>{_safe(of.project.title)}</title>"
        f'<rect width="{width}" height="{height}" fill="#f4f4f1"/>{head.svg}{"".join(drawn)}</svg>'
    )
    return Drawing(svg, (width, height))


def _head(of: Brainstorm, width: int) -> Piece:
    said, top = [], EDGE
    for line in _broken(of.project.title, int((width - 2 * EDGE) / 21)):
        top += 46
        said.append(_text(EDGE, top, line, f'{PLAIN} font-weight="800" font-size="42"'))
    count = queries.standing(of.project).count()
    ideas = ngettext("%(count)s idea", "%(count)s ideas", count) % {"count": count}
    top += 36
    facts = f"{of.project.studio.name} · {ideas}"
    said.append(_text(EDGE, top, facts, f'{PLAIN} font-size="18"', SOFT))
    return Piece("".join(said), top + 40)


def _groups(of: Brainstorm) -> list[Group]:
    names = dict(Family.objects.filter(project=of.project).values_list("position", "name"))
    counts = queries.counted(of.project)
    rows = queries.best(of.project, each=max(4, MOST // max(1, len(counts))), limit=MOST)
    read = lines.read(of.project, [one.position for one in rows])
    held: dict[int, list[Piece]] = defaultdict(list)
    for one in rows:
        if one.position in read:
            held[one.family if one.family in names else 0].append(_card(one, read[one.position]))
    order = sorted((one for one in held if one), key=lambda one: (-counts.get(one, 0), one))
    shown = [*order, *([0] if 0 in held else [])]
    loose = _("In no family") if names else _("Ideas")
    return [
        Group(names.get(one, loose), counts.get(one, 0), held[one],
              COLOURS[at % len(COLOURS)] if one else SOFT, is_loose=not one)
        for at, one in enumerate(shown)
    ]  # fmt: skip


def _family(group: Group, wide: int) -> Piece:
    """Return a family in so many columns, its cards one after the other where there is room."""
    right = wide * (COLUMN + GAP) - GAP
    said, top = [f'<rect width="{right}" height="4" fill="{group.colour}"/>'], 8
    for line in _broken(group.name, 24 * wide):
        top += 26
        said.append(_text(0, top, line, f'{PLAIN} font-weight="800" font-size="21"'))
    how = f'{PLAIN} font-size="15" text-anchor="end"'
    said.append(_text(right, 34, str(group.count), how, SOFT))
    tops = [top + 16] * wide
    for card in group.cards:
        place = tops.index(min(tops))
        left = place * (COLUMN + GAP)
        said.append(f'<g transform="translate({left} {tops[place]})">{card.svg}</g>')
        tops[place] += card.height + 10
    top = max(tops)
    if (rest := group.count - len(group.cards)) > 0:
        more = ngettext("and %(count)s more", "and %(count)s more", rest) % {"count": rest}
        top += 18
        said.append(_text(0, top, more, f'{PLAIN} font-size="15"', SOFT))
    return Piece("".join(said), top)


def _card(idea: Idea, line: lines.Line) -> Piece:
    broken = _broken(line.words, LETTERS)
    height = 2 * PAD + LINE * len(broken) + FOOT - 6
    border, width = (INK, 2) if idea.is_kept else (EDGES, 1)
    said = [f'<rect x=".5" y=".5" width="{COLUMN - 1}" height="{height}" rx="3" fill="{PAPER}"'
            f' stroke="{border}" stroke-width="{width}"/>']  # fmt: skip
    top = PAD - 3
    for one in broken:
        top += LINE
        said.append(_text(PAD, top, one, READ))
    by = text.shorten(line.by or _("somebody"), 26)
    said.append(_text(PAD, top + FOOT, by, f'{PLAIN} font-size="14"', SOFT))
    if idea.dots:
        dots = ngettext("%(count)s dot", "%(count)s dots", idea.dots) % {"count": idea.dots}
        how = f'{PLAIN} font-size="14" text-anchor="end"'
        said.append(_text(COLUMN - PAD, top + FOOT, dots, how, BLUE))
    return Piece("".join(said), height)


def _text(left: int, top: int, words: str, how: str, colour: str = INK) -> str:
    return f'<text x="{left}" y="{top}" {how} fill="{colour}">{_safe(words)}</text>'


def _safe(words: str) -> str:
    return escape(text.for_xml(words))


def _broken(words: str, letters: int) -> list[str]:
    """Return words in lines of so many letters; wide ones count twice, long ones are cut."""
    found, line, width = [], "", 0
    for word in _SPACES.split(words.strip()):
        for part in _cut(word, letters):
            wide = _width(part)
            if line and width + 1 + wide > letters:
                found.append(line)
                line, width = "", 0
            line, width = (f"{line} {part}", width + 1 + wide) if line else (part, wide)
    return [*found, line] if line else found


def _cut(word: str, letters: int) -> list[str]:
    step = letters if word.isascii() else letters // 2
    return [word] if _width(word) <= letters else [
        word[at : at + step] for at in range(0, len(word), step)
    ]  # fmt: skip


def _width(word: str) -> int:
    return sum(2 if unicodedata.east_asian_width(one) in "WF" else 1 for one in word)
