"""Bytes that people wrote, made readable: paths and words in any encoding."""

import re

# What would break a line, hide a name or turn its direction: shown as what it is.
_UNSEEN = re.compile(
    "[\x00-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff]"
)
_UNSEEN_IN_WORDS = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
)

LONGEST_PATH = 500  # characters


def text(raw: bytes) -> str:
    """Decode words: UTF-8, or what Western machines wrote before it. Never fails."""
    try:
        return raw.decode()
    except UnicodeDecodeError:
        return raw.decode("cp1252", "replace")


def words(raw: bytes) -> str:
    """Decode a text of several lines for people, without control characters."""
    return _UNSEEN_IN_WORDS.sub("", text(raw).replace("\r\n", "\n").replace("\r", "\n"))


def line(raw: bytes) -> str:
    """Decode a text of one line for people, with white space folded."""
    return " ".join(words(raw).split())


def path(raw: bytes) -> str:
    """Decode a path; what can't be seen is spelled out, and of a very long one the end is kept."""
    shown = _UNSEEN.sub(_spelled, text(raw))
    return shown if len(shown) <= LONGEST_PATH else "…" + shown[1 - LONGEST_PATH :]


def _spelled(match: re.Match[str]) -> str:
    code = ord(match[0])
    if code < 0x20:
        return chr(0x2400 + code)  # the picture of the control character, as ␊ for a line's end
    return f"\\u{code:04x}"
