"""The secret in the links of a letter: whose letters they are, with the house's signature.

It is kept nowhere, and stands in letters only; a letter's words are written when it leaves.
"""

from django.core import signing

from coulisses.following.models import Follower
from coulisses.following.refusals import FollowingNotFound
from coulisses.lib.refusals import require

_signer = signing.Signer(salt="coulisses.following", sep=".")


def spell(follower: Follower) -> str:
    """Return the token of somebody's letters from one project."""
    return _signer.sign(follower.pk)


def path(follower: Follower) -> str:
    """Return the address, from the house's root, of the page behind a token."""
    return f"/following/{spell(follower)}/"


def find(token: str) -> Follower:
    """Return who holds a token. Raises FollowingNotFound."""
    try:
        pk = _signer.unsign(token[:200])
    except signing.BadSignature:
        raise FollowingNotFound from None
    rows = Follower.objects.select_related("project__studio", "project__work")
    found = rows.filter(pk=pk).first()
    require(found, FollowingNotFound)
    assert found
    return found
