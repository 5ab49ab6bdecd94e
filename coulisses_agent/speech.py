"""The language of whoever is at the terminal: French where it is theirs, English elsewhere.

A sentence is put into words when it is spoken, not when a module is imported. What stands in a
table or a class is marked (`gettext_noop as N_`), and goes through `gettext` on its way out.
"""

import codecs
import gettext as catalogues
import io
import locale
import os
import unicodedata
from functools import cache
from pathlib import Path
from typing import TextIO

_LOCALE = Path(__file__).parent / "locale"
_SAYING = ("LC_ALL", "LC_MESSAGES", "LANG")
_PLAINER = str.maketrans({"’": "'", "“": '"', "”": '"', "«": '"', "»": '"', "→": ">", "·": "-"})


def language() -> str:
    """Return "fr" or "en", as the environment says, or else the system."""
    said = next((os.environ[one] for one in _SAYING if os.environ.get(one)), None) or _systems()
    return "fr" if said.lower().startswith("fr") else "en"


def gettext(message: str) -> str:
    """Say a sentence in the language."""
    return _catalogue(language()).gettext(message)


def ngettext(one: str, many: str, number: int) -> str:
    """Say a sentence about so many things; each language has its own idea of what is one."""
    return _catalogue(language()).ngettext(one, many, number)


def gettext_noop(message: str) -> str:
    """Mark a sentence that is said later; it stays as it is."""
    return message


def decimal(number: float) -> str:
    """Say a number with one decimal place: 1.5, or 1,5."""
    return f"{number:.1f}".replace(".", "," if language() == "fr" else ".")


def settle(stream: TextIO | None) -> None:
    """Have a stream spell what its encoding lacks in letters that it has, instead of failing."""
    if isinstance(stream, io.TextIOWrapper):
        codecs.register_error("coulisses.plainer", _plainer)
        stream.reconfigure(errors="coulisses.plainer")


def _systems() -> str:
    """Return what the system calls its language: fr_FR, or French_France on Windows."""
    try:
        return locale.getlocale()[0] or ""
    except ValueError:
        return ""  # a name that Python doesn't know


@cache
def _catalogue(said: str) -> catalogues.NullTranslations:
    return catalogues.translation("agent", _LOCALE, languages=[said], fallback=True)


def _plainer(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    parted = unicodedata.normalize("NFKD", error.object[error.start : error.end])
    letters = "".join(one for one in parted if not unicodedata.combining(one))
    return letters.translate(_PLAINER).encode("ascii", "replace").decode(), error.end
