"""What a client is handed on paper: what was asked, what is kept, and how each of it came about."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from coulisses.brainstorms import lines, queries, taking
from coulisses.brainstorms.lines import Line
from coulisses.brainstorms.models import Brainstorm, Family, Idea
from coulisses.brainstorms.taking import Taken
from coulisses.ui import words

MOST = 100  # kept ideas that are printed with their trail
FARTHEST = 8  # ideas back from one
MOST_SAME = 12  # that say the same as one, or build on it
A_FAMILY = 5  # ideas of each that are printed
MOST_FAMILIES = 60


def said(of: Brainstorm, *, base: str) -> dict[str, Any]:
    """Return all that a sheet says, in the reader's language, as `press` prints it."""
    kept = taking.kept(of, limit=MOST)
    sections = [{"name": _("What is kept"), "ideas": _kept(of, kept)}] if kept else []
    sections += _families(of)
    return {
        "language": words.tongue(of.project),
        "title": of.project.title,
        "studio": of.project.studio.name,
        "facts": _facts(of),
        "foot": f"{base}{of.project.path}",
        "sections": sections,
    }


def _facts(of: Brainstorm) -> str:
    rows = queries.shown(of.project).order_by()
    ideas, voices = rows.count(), rows.values("voice").distinct().count()
    families = Family.objects.filter(project=of.project).count()
    found = [
        ngettext("%(count)s idea", "%(count)s ideas", ideas) % {"count": ideas},
        ngettext("%(count)s voice", "%(count)s voices", voices) % {"count": voices},
        ngettext("%(count)s family", "%(count)s families", families) % {"count": families},
    ]
    if of.project.opened_at:
        found.insert(0, words.day(of.project.opened_at.date()))
    return " · ".join(found)


def _kept(of: Brainstorm, kept: list[Taken]) -> list[dict[str, Any]]:
    trails = _trails(of, [one.line for one in kept])
    return [
        {
            "words": one.line.words,
            "facts": _beside(one),
            "why": " ".join(filter(None, [one.why, _taken_on(one)])),
            "trail": trails[one.line.position],
        }
        for one in kept
    ]


def _beside(one: Taken) -> str:
    said = [one.line.by or _("somebody"), one.family]
    if one.dots:
        said.append(ngettext("%(count)s dot", "%(count)s dots", one.dots) % {"count": one.dots})
    return " · ".join(filter(None, said))


def _taken_on(one: Taken) -> str:
    return _("%(name)s takes it on.") % {"name": one.taken_by} if one.taken_by else ""


def _trails(of: Brainstorm, kept: list[Line]) -> dict[int, list[dict[str, str]]]:
    """Return how each idea came about: what it builds on, who said the same, what builds on it."""
    known = _back(of, kept)
    there = [one.position for one in kept]
    rows = Idea.objects.filter(project=of.project, is_gone=False).order_by("position")
    same = list(rows.filter(into__in=there)[: MOST * MOST_SAME])
    further = list(rows.filter(builds_on__in=there)[: MOST * MOST_SAME])
    known |= lines.read(of.project, [one.position for one in [*same, *further]])
    found = {}
    for one in kept:
        chain: list[dict[str, str]] = []
        at = known.get(one.builds_on)
        while at and len(chain) < FARTHEST:
            chain.append(_step(_("builds on"), at))
            at = known.get(at.builds_on)
        equal = [row.position for row in same if row.into == one.position][:MOST_SAME]
        after = [row.position for row in further if row.builds_on == one.position][:MOST_SAME]
        chain += [_step(_("said the same"), known[row]) for row in equal if row in known]
        chain += [_step(_("taken further"), known[row]) for row in after if row in known]
        found[one.position] = chain
    return found


def _back(of: Brainstorm, kept: list[Line]) -> dict[int, Line]:
    """Return the ideas that these build on, and those, FARTHEST times."""
    known, asked = dict[int, Line](), {one.builds_on for one in kept}
    for _turn in range(FARTHEST):
        read = lines.read(of.project, asked - {0} - set(known))
        if not read:
            break
        known |= read
        asked = {one.builds_on for one in read.values()}
    return known


def _step(how: str, line: Line) -> dict[str, str]:
    return {"how": f"{how} · {line.by or _('somebody')}", "words": line.words}


def _families(of: Brainstorm) -> list[dict[str, Any]]:
    counts = queries.counted(of.project)
    names = dict(Family.objects.filter(project=of.project).values_list("position", "name"))
    order = sorted(names, key=lambda one: (-counts.get(one, 0), one))[:MOST_FAMILIES]
    best = queries.best(of.project, each=A_FAMILY, limit=A_FAMILY * (MOST_FAMILIES + 1))
    read = lines.read(of.project, [one.position for one in best])
    loose = _("In no family") if names else _("Ideas")
    found = []
    for family in [*order, 0]:
        held = [read[one.position] for one in best
                if one.family == family and one.position in read]  # fmt: skip
        if held:
            name = names.get(family, loose)
            found.append({"name": name, "ideas": _some(held, counts.get(family, 0))})
    return found


def _some(held: list[Line], count: int) -> list[dict[str, Any]]:
    ideas = [{"words": one.words, "facts": one.by or _("somebody")} for one in held]
    if rest := count - len(held):
        more = ngettext("and %(count)s more", "and %(count)s more", rest) % {"count": rest}
        ideas.append({"words": "", "facts": more})
    return ideas
