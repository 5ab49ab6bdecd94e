"""Addresses: where studios and projects stand, where they stood, and what may stand there next."""

from django.db import IntegrityError, transaction

from coulisses.lib import slugs
from coulisses.lib.refusals import require
from coulisses.people import handles
from coulisses.people.handles import SlugTaken
from coulisses.projects import revisions
from coulisses.projects.models import Address, Project, Studio
from coulisses.projects.refusals import AddressInUse, TooManyAddresses

MOST = 10  # names that lead to one studio or project at once, so that nobody hoards them
TRIED = 40  # numbers tried after a name that is taken


def propose_studio(name: str) -> str:
    """Return a free address for a studio of this name."""
    return handles.free_like(slugs.of(name, "studio", never=slugs.NO_STUDIO))


def propose_project(studio: Studio | None, title: str) -> str:
    """Return a free address for a project of this title; a studio to come has none taken."""
    slug = slugs.of(title, "project", never=slugs.NO_PROJECT)
    return _free_like(studio, slug) if studio else slug


def claim(project: Project, slug: str) -> None:
    """Give an address in its studio to a project, for good. What it had, it may have again.

    Raises SlugMalformed, SlugReserved, SlugTaken.
    """
    handles.require_good(slug, slugs.NO_PROJECT)
    studio = project.studio
    # Whoever comes second waits here for the first, and then finds the address given.
    Address.objects.bulk_create(
        [Address(studio=studio, slug=slug, project=project)], ignore_conflicts=True
    )
    if not Address.objects.filter(studio=studio, slug=slug, project=project).exists():
        raise taken(studio, slug)


def require_free(studio: Studio | None, slug: str) -> None:
    """Raise SlugMalformed, SlugReserved, or SlugTaken where a project of the studio has or had it.

    A studio to come (None) has given none.
    """
    handles.require_good(slug, slugs.NO_PROJECT)
    if studio and Address.objects.filter(studio=studio, slug=slug).exists():
        raise taken(studio, slug)


def taken(studio: Studio, slug: str) -> SlugTaken:
    """Return the refusal of an address that another project of the studio has or had."""
    return SlugTaken(slug=slug, free=_free_like(studio, slug))


@transaction.atomic
def move_studio(studio: Studio, slug: str) -> None:
    """Give a studio another address; the ones that it had lead to it.

    Raises SlugMalformed, SlugReserved, SlugTaken, TooManyAddresses.
    """
    Studio.objects.select_for_update().get(pk=studio.pk)
    handles.claim(slug, holder=studio.pk)
    require(len(handles.held_by(studio.pk)) <= MOST, TooManyAddresses, count=MOST)
    try:
        with transaction.atomic():
            Studio.objects.filter(pk=studio.pk).update(slug=slug)
    except IntegrityError:  # two that look alike from before there were handles
        raise SlugTaken(slug=slug, free=handles.free_like(slug)) from None
    studio.slug = slug
    for project in Project.objects.filter(studio=studio):
        revisions.bump(project)


@transaction.atomic
def move_project(project: Project, slug: str) -> None:
    """Give a project another address in its studio; the ones that it had lead to it.

    Raises SlugMalformed, SlugReserved, SlugTaken, TooManyAddresses.
    """
    Project.objects.select_for_update().get(pk=project.pk)
    claim(project, slug)
    require(len(held_by(project)) <= MOST, TooManyAddresses, count=MOST)
    Project.objects.filter(pk=project.pk).update(slug=slug)
    project.slug = slug
    revisions.bump(project)


def held_by(project: Project) -> list[str]:
    """Return the addresses that a project has or had in its studio, by the alphabet."""
    return list(project.addresses.order_by("slug").values_list("slug", flat=True))


@transaction.atomic
def let_go_of_studio(studio: Studio, slug: str) -> None:
    """Have an old address of a studio lead nowhere: somebody else may take it."""
    current = Studio.objects.select_for_update().get(pk=studio.pk).slug
    require(slugs.look(slug) != slugs.look(current), AddressInUse)
    handles.let_go(slug, holder=studio.pk)


@transaction.atomic
def let_go_of_project(project: Project, slug: str) -> None:
    """Have an old address of a project lead nowhere: another of the studio's may take it."""
    current = Project.objects.select_for_update().get(pk=project.pk).slug
    require(slug != current, AddressInUse)
    if slugs.is_slug(slug):
        Address.objects.filter(project=project, slug=slug).delete()


def studio_at(slug: str) -> Studio | None:
    """Return the studio that has, or had, this address; for when none has it now."""
    holder = handles.holder_of(slug)
    return Studio.objects.filter(pk=holder).first() if holder else None


def project_at(studio_slug: str, slug: str) -> Project | None:
    """Return the project that has, or had, this address; for when none has it now."""
    if not (slugs.is_slug(studio_slug) and slugs.is_slug(slug)):
        return None
    studios = Studio.objects.filter(slug=studio_slug).values("pk")
    held = Address.objects.filter(slug=slug).select_related("project__studio", "project__work")
    known = held.filter(studio__in=[handles.holder_of(studio_slug)]) | held.filter(
        studio__in=studios
    )
    found = known.first()
    return found.project if found else None


def _free_like(studio: Studio, slug: str) -> str:
    tried = [slug, *(slugs.numbered(slug, count) for count in range(2, TRIED))]
    known = Address.objects.filter(studio=studio, slug__in=tried)
    taken = set(known.values_list("slug", flat=True))
    return next((one for one in tried if one not in taken), slugs.unlike(slug))
