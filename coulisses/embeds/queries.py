"""What everybody may see of a project: the only sight that anything shown elsewhere has."""

from datetime import datetime

from coulisses.capture import queries as capture
from coulisses.embeds.refusals import NotForAll, NothingToEmbed
from coulisses.lib.refusals import require
from coulisses.log import kinds, ledger
from coulisses.log.models import Entry
from coulisses.moments import laying
from coulisses.projects import sight
from coulisses.projects.columns import Cover
from coulisses.projects.models import Project, Studio
from coulisses.projects.refusals import ProjectNotFound
from coulisses.ui import postcards

GREATEST = 2**63 - 1
LENGTH = 8  # entries of a live log that is shown elsewhere
LOOKED_AT = 40  # among which those are found: quiet ones tell little by themselves


def find(studio: str, slug: str) -> Project:
    """Return a project that everybody sees.

    Raises ProjectNotFound, ProjectMoved, NothingToEmbed.
    """
    project, _seen = sight.asked(None, studio, slug)
    require(project.withdrawn_at is None, NothingToEmbed)
    return project


def followed(studio: str, slug: str) -> Project:
    """Return what `find` does, wherever the project moved. Raises NothingToEmbed."""
    try:
        project, _seen = sight.followed(None, studio, slug)
    except ProjectNotFound:
        raise NothingToEmbed from None
    require(project.withdrawn_at is None, NothingToEmbed)
    return project


def entry(project: Project, position: int, *, at: datetime) -> Entry:
    """Return an entry that everybody may read. Raises NothingToEmbed, NotForAll."""
    require(0 < position <= GREATEST, NothingToEmbed)
    found = ledger.read(project.work, audiences=ledger.OUTSIDE, at=at, positions=[position])
    require(found, NothingToEmbed)
    require(isinstance(found[0], Entry), NotForAll)
    assert isinstance(found[0], Entry)
    require(not found[0].is_shredded, NothingToEmbed)
    return found[0]


def newest(project: Project, *, at: datetime) -> list[Entry]:
    """Return the newest entries that everybody may read and that tell something by themselves."""
    known = ledger.read(
        project.work, audiences=ledger.OUTSIDE, at=at, newest_first=True, limit=LOOKED_AT
    )
    told = [one for one in known if isinstance(one, Entry) and not one.is_shredded]
    loud = [one for one in told if not _is_quiet(one)]
    under = laying.over(project, [one.position for one in loud])
    return [one for one in loud if one.position not in under][:LENGTH]


def entry_card(project: Project, position: int, *, at: datetime) -> postcards.Card:
    """Return what the card of an entry shows. Raises as `entry`."""
    found = entry(project, position, at=at)
    said = ledger.sequels(project.work, [position], audiences=ledger.OUTSIDE, at=at)
    return postcards.of_entry(project, found, said.get(position, ()))


def project_card(project: Project) -> postcards.Card:
    """Return what the card of a project shows: its cover, or the newest picture of the work."""
    return postcards.of_project(project, _newest_picture(project))


def studio_card(slug: str) -> postcards.Card:
    """Return what the card of a studio shows.

    Raises StudioNotFound, StudioMoved, NothingToEmbed.
    """
    studio: Studio = sight.studio(None, slug)
    raised = studio.projects.filter(curtain_raised_at__isnull=False, withdrawn_at=None)
    project = (
        raised.select_related("work", "studio").order_by("-place", "-opened_at", "-pk").first()
    )
    require(project, NothingToEmbed)
    assert project
    return postcards.of_studio(studio, project, _newest_picture(project))


def _newest_picture(project: Project) -> str:
    """Return the version that stands for a project whose maker has chosen nothing else."""
    if project.cover != Cover.NEWEST:
        return ""
    shown = capture.latest(project, "picture", audiences=ledger.OUTSIDE)
    return shown.version if shown else ""


def _is_quiet(entry: Entry) -> bool:
    fact = kinds.of(entry.kind)
    return bool(fact and fact.is_quiet)
