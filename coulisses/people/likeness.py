"""What a name looks like, so that nobody passes for somebody else by letters that look the same."""

import unicodedata
from functools import cache

ALIKE = str.maketrans({"1": "l", "|": "l", "!": "l", "i": "l", "0": "o"})
TOGETHER = (("rn", "m"), ("vv", "w"))


def look(name: str) -> str:
    """Return what a name looks like: Latin letters as far as its signs look like such, no accents.

    Empty for a name without letters. Two names of one look can be taken for each other.
    """
    bare = [one for one in unicodedata.normalize("NFKD", name) if not unicodedata.combining(one)]
    seen = "".join(one if one.isascii() else _twins().get(one, one) for one in bare).casefold()
    for some, one in TOGETHER:
        seen = seen.replace(some, one)
    return "".join(one for one in seen.translate(ALIKE) if one.isalnum())


@cache
def _twins() -> dict[str, str]:
    """Return the ASCII letter that each sign of other scripts is taken for, by Unicode's list."""
    # Read at the first name that is not ASCII alone: it is a large list.
    from confusable_homoglyphs.confusables import confusables_data

    return {
        sign: twin
        for sign, alike in confusables_data.items()
        if not sign.isascii()
        for twin in [next((one["c"] for one in alike if one["c"].isascii()), "")]
        if twin
    }
