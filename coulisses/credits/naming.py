"""By which name somebody stands for what they gave: theirs, another, or none, as they chose."""

from collections.abc import Collection

from coulisses.credits.models import Consent, Naming
from coulisses.people import becoming
from coulisses.people import rows as voices
from coulisses.projects.models import Project


def chosen(project: Project, asked: Collection[str]) -> dict[str, Consent]:
    """Return what these voices chose here, or else for everywhere; without those who did not.

    Who made an account chooses by it for what they gave before.
    """
    became = becoming.wholes(asked)
    rows = Consent.objects.filter(voice__in={*asked, *became.values()})
    here = (rows.filter(project=None) | rows.filter(project=project)).order_by("pk")
    found: dict[str, Consent] = {}
    for one in here:
        if one.project_id or one.voice_id not in found:
            found[one.voice_id] = one
    for voice, whole in became.items():
        if whole in found:
            found[voice] = found[whole]
    return found


def names(project: Project, asked: Collection[str]) -> dict[str, str]:
    """Return the names by which these voices stand in a project; two queries.

    Those whose name is gone, or who chose none, are not among them.
    """
    if not asked:
        return {}
    own, choices = voices.names(set(asked)), chosen(project, asked)
    found = {voice: own[voice] for voice in own if voice not in choices}
    for voice, one in choices.items():
        name = one.alias if one.choice == Naming.ALIAS else own.get(voice, "")
        if name and one.choice != Naming.NONE:
            found[voice] = name
    return found
