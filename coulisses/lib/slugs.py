"""Slugs: what may stand in an address, what a name becomes there, and what nobody is given."""

import re
import unicodedata

from coulisses.lib import ids

LONGEST = 50
FORM = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,48}[a-z0-9])?")

# Letters that no decomposition brings back to the alphabet.
_LETTERS = str.maketrans(
    {"’": "'", "ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "ł": "l", "þ": "th"}
    | {"ı": "i"}
)
# What the eye takes for something else: a digit or a letter for another, two for one, a hyphen.
_DIGITS = str.maketrans({"0": "o", "1": "l", "i": "l", "5": "s", "-": ""})

# A studio of such a name could speak for the house, or its address could be taken for the house's.
NO_STUDIO = frozenset(
    """
    about abuse account accounts admin administrator api contact coulisse credits desk enter
    everyone example feed feeds help host house join language leave legal live login logout mail
    me media moderation moderator new nobody official people postmaster press privacy proof public
    regie search security settings share signup staff static status studio studios support system
    tags team terms watch webmaster www you
    """.split()  # noqa: SIM905  a list that is read as one
)
# Words that stand where a project's would, in the addresses of a studio and of its desk.
NO_PROJECT = frozenset(
    """
    about account address admin api brainstorms desk edit feed feeds invitations live members new
    order people projects settings studio team tokens viewers watch
    """.split()  # noqa: SIM905  a list that is read as one
)


def is_slug(text: str) -> bool:
    """Return whether a text can stand in an address."""
    return FORM.fullmatch(text) is not None


def of(name: str, otherwise: str, *, never: frozenset[str] = frozenset()) -> str:
    """Return a name as an address: lowercase letters, digits and hyphens, at most 50.

    `otherwise` is what a name without such letters becomes, and what is put after a name that
    stands in `never`.
    """
    letters = unicodedata.normalize("NFKD", name.lower().translate(_LETTERS))
    plain = letters.encode("ascii", "ignore").decode()
    slug = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:LONGEST].strip("-") or otherwise
    return f"{slug}-{otherwise}" if is_reserved(slug, never) else slug


def look(slug: str) -> str:
    """Return what a slug looks like: two that an eye may take for each other look the same."""
    return slug.translate(_DIGITS).replace("rn", "m").replace("vv", "w")


def is_reserved(slug: str, never: frozenset[str]) -> bool:
    """Return whether a slug is, or looks like, one that nobody is given."""
    return look(slug) in {look(one) for one in never}


def numbered(slug: str, count: int) -> str:
    """Return a slug with a number after it, within the length that a slug may have."""
    tail = f"-{count}"
    return slug[: LONGEST - len(tail)].rstrip("-") + tail


def unlike(slug: str) -> str:
    """Return a slug with a few letters of chance after it."""
    tail = f"-{ids.new()[:6]}"
    return slug[: LONGEST - len(tail)].rstrip("-") + tail
