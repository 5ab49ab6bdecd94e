"""A hall shares one network address: two thousand may come, throw and vote from it, a machine not.

What one voice may say in a minute is asked by the gates; this is about addresses alone, and far
wider than elsewhere: behind a theatre's wireless network everybody is one address.
"""

from django.http import HttpRequest

from coulisses.lib import lines
from coulisses.lib.pace import Bucket
from coulisses.people.crowds import HERE

newcomers = Bucket(3_000, each=0.5)  # who take part for the first time, from one address
ideas = Bucket(3_000, each=0.1)


def require_calm(request: HttpRequest, *, is_new: bool) -> None:
    """Count an idea or a dot of whoever asks. Raises TooOften."""
    address = request.META.get("REMOTE_ADDR", "")
    require_calm_from(address)
    if is_new and address not in HERE:
        newcomers.require(lines.of(address))


def require_calm_from(address: str) -> None:
    """Count an idea or a dot from a network address. Raises TooOften."""
    if address not in HERE:
        ideas.require(lines.of(address))
