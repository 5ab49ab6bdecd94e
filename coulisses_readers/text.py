"""From bytes to text that is safe to show."""

from __future__ import annotations

import codecs
import re

from coulisses_readers.look import Unreadable

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # begins as UTF-16 does, so it is asked about before
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
ENCODINGS = ("cp1252", *(encoding for _mark, encoding in _MARKS))
"""What a text may be decoded from; Python loads each when it is first used."""
_WIDE = tuple(mark for mark, encoding in _MARKS if encoding != "utf-8")
# Bytes that no single-byte text holds: C0 without tab, newlines, form feed and escape, and DEL.
_BINARY = re.compile(rb"[\x00-\x08\x0b\x0e-\x1a\x1c-\x1f\x7f]")
# Bytes that windows-1252 leaves undefined.
_UNDEFINED = re.compile(rb"[\x81\x8d\x8f\x90\x9d]")
_HIGH = re.compile(rb"[\x80-\xff]")
# Accented letters, typographic quotes, dashes, the ellipsis and no-break spaces of cp1252.
_PLAUSIBLE = re.compile(
    rb"[\xc0-\xd6\xd8-\xf6\xf8-\xff\x80\x85\x8a-\x8c\x8e\x91-\x97\x99-\x9f"
    rb"\xa0\xa1\xa3\xa7\xa9\xab\xae\xb0\xb2\xb5\xb7\xbb\xbf]"
)

# Controls, and the characters that reorder or hide what stands beside them ("Trojan Source").
# Joiners U+200C and U+200D stay: Persian and emoji need them.
_UNSEEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u202a-\u202e\u2028\u2029"
    "\u2060-\u206f\ufeff\ufff9-\ufffb\U000e0000-\U000e007f\ud800-\udfff]"
)


def decode(data: bytes) -> str:
    """The text of a whole file; raises Unreadable("binary") or Unreadable("bad_encoding").

    UTF-8 with or without its mark, UTF-16 and UTF-32 with theirs, and windows-1252 where the
    bytes look like somebody's words.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            try:
                text = data[len(mark) :].decode(encoding)
            except UnicodeDecodeError:
                raise Unreadable("bad_encoding") from None
            if "\x00" in text:
                raise Unreadable("binary")
            return text
    if b"\x00" in data:
        raise Unreadable("binary")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return _decode_one_byte(data)
    if _is_binary_share(data):
        raise Unreadable("binary")
    return text


def is_text(head: bytes) -> bool:
    """Whether a file that begins like this is text; a character cut at the end is forgiven."""
    if head.startswith(_WIDE):
        head = head[: len(head) // 4 * 4]
    try:
        decode(head)
    except Unreadable:
        pass
    else:
        return True
    if b"\x00" in head and not head.startswith(_WIDE):
        return False
    for cut in (1, 2, 3):
        try:
            decode(head[:-cut])
        except Unreadable:
            continue
        return True
    return False


def neutral(text: str) -> str:
    """The same text with every control, reordering or hidden character made visible.

    Newlines become "\\n"; a C0 control its picture (U+2400…), anything else its code in ⟦ ⟧.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return _UNSEEN.sub(_name_unseen, text)


def read(data: bytes) -> str:
    """Text that is safe to show; raises as `decode` does."""
    return neutral(decode(data))


def _decode_one_byte(data: bytes) -> str:
    if _is_binary_share(data):
        raise Unreadable("binary")
    high = len(_HIGH.findall(data))
    plausible = len(_PLAUSIBLE.findall(data))
    if _UNDEFINED.search(data) or plausible < 0.9 * high or high > 8 + 0.4 * len(data):
        raise Unreadable("bad_encoding" if high < 0.3 * len(data) else "binary")
    return data.decode("cp1252")


def _is_binary_share(data: bytes) -> bool:
    return len(_BINARY.findall(data)) > max(2, len(data) // 500)


def _name_unseen(match: re.Match[str]) -> str:
    code = ord(match[0])
    if code < 0x20:
        return chr(0x2400 + code)
    if code == 0x7F:
        return "\u2421"
    return f"⟦U+{code:04X}⟧"
