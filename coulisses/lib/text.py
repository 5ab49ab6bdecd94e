"""Text from elsewhere, made harmless: no character that hides, reorders or breaks what is shown."""

import re

# Control characters but tab and newline; the marks that turn the direction of what follows; what
# Unicode says is no character, or half of one.
_HARMFUL = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufeff\ufff9-\ufffb\ufffe\uffff\ud800-\udfff]"
)
_NEWLINES = re.compile("\r\n?|\u2028|\u2029|\x85|\x0b|\x0c")
_SPACES = re.compile(r"[ \t\n]+")  # French keeps its no-break spaces
_not_xml = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def clean(text: str) -> str:
    """Return the text with plain newlines and without harmful characters."""
    if text.isprintable():  # most lines are, and captures hold many
        return text
    return _HARMFUL.sub("", _NEWLINES.sub("\n", text))


def clean_line(text: str) -> str:
    """Return the text cleaned, on one line, with single spaces and none at its ends."""
    return _SPACES.sub(" ", clean(text)).strip()


def clean_path(path: str, *, longest: int = 500) -> str:
    """Return a file's path cleaned; of one that is too long the end is kept, after "…"."""
    path = _HARMFUL.sub("", path).replace("\n", " ").replace("\t", " ")
    return path if len(path) <= longest else "…" + path[1 - longest :]


def shorten(text: str, longest: int) -> str:
    """Return the text, cut to `longest` characters with "…" as the last where it was longer."""
    return text if len(text) <= longest else text[: longest - 1].rstrip() + "…"


def number(said: str) -> int | None:
    """Return a whole number of 18 digits at most, as addresses spell it; None for nonsense."""
    return int(said) if said.isascii() and said.isdecimal() and len(said) < 19 else None


def for_xml(said: str) -> str:
    """Return a text without the characters that no XML may hold (XML 1.0, 2.2)."""
    return _not_xml.sub("", said)
