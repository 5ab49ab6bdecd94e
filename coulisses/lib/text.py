"""Text from elsewhere, made harmless: no character that hides, reorders or breaks what is shown."""

import re
import unicodedata

# Control characters but tab and newline; the marks that turn the direction of what follows; what
# Unicode says is no character, or half of one.
_HARMFUL = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufeff\ufff9-\ufffb\ufffe\uffff\ud800-\udfff]"
)
_NEWLINES = re.compile("\r\n?|\u2028|\u2029|\x85|\x0b|\x0c")
_JOINERS = "\u200c\u200d"
_BLANKS = (
    "\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0"  # letters and signs that are drawn as nothing
)
_PAUSES = " \u00a0\u202f.,;:…"  # what "…" stands for, at a cut
_MARKS = "\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f"
_STACKED = re.compile(f"([{_MARKS}]{{4}})[{_MARKS}]+")  # more than any language puts on a letter
_SPACES = re.compile(r"[ \t\n]+")  # French keeps its no-break spaces
_not_xml = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def clean(text: str) -> str:
    """Return the text with plain newlines and without harmful characters."""
    if text.isprintable():  # most lines are, and captures hold many
        return text
    return _HARMFUL.sub("", _NEWLINES.sub("\n", text))


def unstacked(text: str) -> str:
    """Return the text without marks that would be drawn over the lines above and below."""
    return text if text.isascii() else _STACKED.sub(r"\1", text)


def clean_line(text: str) -> str:
    """Return the text cleaned, on one line, with single spaces and none at its ends."""
    return _SPACES.sub(" ", clean(text)).strip()


def clean_name(text: str) -> str:
    """Return a name on one line without characters that nobody sees; empty where nothing shows.

    What joins letters or pictures into one stays between two of them.
    """
    line = clean_line(unstacked(text))
    kept = "".join(
        char
        for place, char in enumerate(line)
        if not _is_unseen(char) or (char in _JOINERS and _joins(line, place))
    )
    return clean_line(kept) if is_seen(kept) else ""


def is_seen(text: str) -> bool:
    """Whether anything of a text shows: a letter, a sign, a picture; not only spaces and marks."""
    return any(not (_is_unseen(char) or unicodedata.category(char)[0] in "ZM") for char in text)


def clean_path(path: str, *, longest: int = 500) -> str:
    """Return a file's path cleaned; of one that is too long the end is kept, after "…"."""
    path = _HARMFUL.sub("", path).replace("\n", " ").replace("\t", " ")
    return path if len(path) <= longest else "…" + path[1 - longest :]


def shorten(text: str, longest: int) -> str:
    """Return the text, cut to `longest` characters with "…" as the last where it was longer."""
    return text if len(text) <= longest else text[: longest - 1].rstrip() + "…"


def cut(text: str, longest: int) -> str:
    """Return the text, cut between two words to `longest` characters, "…" among them.

    A word that would leave less than half of that is cut through.
    """
    if len(text) <= longest:
        return text
    end = text.rfind(" ", longest // 2, longest)
    return text[: end if end > 0 else longest - 1].rstrip(_PAUSES) + "…"


def number(said: str) -> int | None:
    """Return a whole number of 18 digits at most, as addresses spell it; None for nonsense."""
    return int(said) if said.isascii() and said.isdecimal() and len(said) < 19 else None


def for_xml(said: str) -> str:
    """Return a text without the characters that no XML may hold (XML 1.0, 2.2)."""
    return _not_xml.sub("", said)


def _is_unseen(char: str) -> bool:
    return char in _BLANKS or unicodedata.category(char) in {"Cc", "Cf", "Co", "Cs"}


def _joins(line: str, place: int) -> bool:
    """Whether a joiner stands between two characters that are no Latin letters."""
    beside = line[max(0, place - 1) : place], line[place + 1 : place + 2]
    return all(one and not one.isascii() and not _is_unseen(one) for one in beside)
