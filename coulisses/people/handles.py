"""Handles: names in the house's addresses, given to one holder and never to another after it.

A studio's id is a holder, and so will a person's voice be: there is one table for both, since
`/@name/` is one kind of address.
"""

from django.utils.translation import gettext_lazy as _

from coulisses.lib import slugs
from coulisses.lib.refusals import Refusal, require
from coulisses.people.models import Handle

TRIED = 40  # numbers tried after a name that is taken


class SlugMalformed(Refusal):
    """A slug holds something else than lowercase letters, digits and inner hyphens."""

    status = 422
    sentence = _("“%(slug)s” cannot be an address: use lowercase letters, digits and hyphens.")


class SlugReserved(Refusal):
    """A slug is, or looks like, a word that the house uses itself."""

    status = 422
    sentence = _("“%(slug)s” is, or looks like, a word that the house keeps for itself.")


class SlugTaken(Refusal):
    """A slug is, or looks like, one that somebody else has or had; another one is free."""

    status = 409
    sentence = _("“%(slug)s” is taken, or looks like one that is. “%(free)s” is free.")


def require_good(slug: str, never: frozenset[str]) -> None:
    """Raise SlugMalformed, or SlugReserved for what stands, or seems to stand, in `never`."""
    require(slugs.is_slug(slug), SlugMalformed, slug=slug[: slugs.LONGEST + 1])
    require(not slugs.is_reserved(slug, never), SlugReserved, slug=slug)


def claim(slug: str, *, holder: str) -> None:
    """Give a name to a holder, for good. What is theirs already, they may have again.

    Raises SlugMalformed, SlugReserved, SlugTaken.
    """
    require_good(slug, slugs.NO_STUDIO)
    # Whoever comes second waits here for the first, and then finds the name given.
    Handle.objects.bulk_create(
        [Handle(look=slugs.look(slug), slug=slug, holder=holder)], ignore_conflicts=True
    )
    if not Handle.objects.filter(look=slugs.look(slug), holder=holder).update(slug=slug):
        raise SlugTaken(slug=slug, free=free_like(slug))


def require_free(slug: str) -> None:
    """Raise SlugMalformed, SlugReserved, or SlugTaken where somebody has or had the name."""
    require_good(slug, slugs.NO_STUDIO)
    if Handle.objects.filter(look=slugs.look(slug)).exists():
        raise SlugTaken(slug=slug, free=free_like(slug))


def free_like(slug: str) -> str:
    """Return a name that nobody has or had: the slug, or the slug with a number after it."""
    tried = [slug, *(slugs.numbered(slug, count) for count in range(2, TRIED))]
    looks = {slugs.look(one): one for one in reversed(tried)}
    taken = set(Handle.objects.filter(look__in=looks).values_list("look", flat=True))
    free = [one for one in tried if slugs.look(one) not in taken]
    return free[0] if free else slugs.unlike(slug)


def holder_of(slug: str) -> str | None:
    """Return who has or had the name, None where nobody did."""
    if not slugs.is_slug(slug):
        return None
    return Handle.objects.filter(look=slugs.look(slug)).values_list("holder", flat=True).first()


def held_by(holder: str) -> list[str]:
    """Return the names that a holder has or had, in the order of the alphabet."""
    return list(
        Handle.objects.filter(holder=holder).order_by("slug").values_list("slug", flat=True)
    )


def let_go(slug: str, *, holder: str) -> None:
    """Give a name back that its holder no longer uses: somebody else may have it."""
    if slugs.is_slug(slug):
        Handle.objects.filter(look=slugs.look(slug), holder=holder).delete()


def give_up(holder: str) -> None:
    """Give all names of a holder back that is nobody's any more."""
    Handle.objects.filter(holder=holder).delete()
