"""The reader of PDFs: pictures of their pages, and the words that can be seen on them.

What a page does not show is not told: hidden layers, white on white, what lies under a black bar.
Notes on the margin, forms, scripts, attached files and properties are never read; no script runs.
"""

from __future__ import annotations

import ctypes
import hashlib
import io
import math
import time
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from PIL import Image

from coulisses_readers import document, text, typeset
from coulisses_readers.ink import Ink
from coulisses_readers.look import Look, Preview, Unreadable
from coulisses_readers.registry import Reader
from coulisses_readers.typeset import Line

if TYPE_CHECKING:
    import pypdfium2

MOST_DRAWN = 24  # pages of which there is a picture
_MOST_READ = 300  # pages of which there are words
_SECONDS = 8.0  # of processor time, after which no further page is begun
_PATIENCE = 14.0  # seconds by the clock, on a busy machine
_SIDES = {"small": 640, "large": 1600}
_PAGE_SIDE = 1280
_READ_SIDE = 900  # pixels of a page that is only read
_QUALITY = 80
_FEW = 2048  # colours of a drawn page that is text and plain shapes
_COLOURS = 16
_MOST_LETTERS = 60_000  # of one page
_FACE = 3  # bytes that tell a page from its former states


def look(data: bytes, name: str) -> Look:
    """Previews "small" and "large" of the first page, "p2" to "p24" of others, and the text.

    Facts: bytes, pages, words, and `faces`, a few letters for what each page looks like.
    Raises Unreadable, for an encrypted file too.
    """
    import pypdfium2

    if len(data) > document.MAX_BYTES:
        raise Unreadable("too_large")
    try:
        book = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError:
        raise Unreadable("unreadable") from None
    previews: dict[str, Preview] = {}
    faces: list[str] = []
    written: list[list[str]] = []
    room = document.LONGEST
    for number, page in _pages(book):
        picture = _drawn(page, _side(number))
        # What nobody could search for secrets is not shown, nor are the pages after it.
        try:
            said = typeset.paragraphs(_lines(page, picture))
        except Unreadable:
            if number == 1:
                raise
            break
        room -= sum(map(len, said))
        if room < 0 and number > 1:
            break
        previews |= _previews(number, picture)
        faces.append(hashlib.blake2b(picture.tobytes(), digest_size=_FACE).hexdigest())
        written.append(said)
    if not previews:
        raise Unreadable("unreadable")
    words = text.neutral(typeset.flowing(written))
    facts = {"bytes": len(data), "pages": len(book), "words": document.count(words)}
    return Look("document", facts | {"faces": faces}, previews, words[: document.LONGEST])


def _warm() -> None:
    import pypdfium2

    # What drawing needs is loaded when something is drawn first.
    page = pypdfium2.PdfDocument.new().new_page(10, 10)
    list(_lines(page, _drawn(page, 10)))


def _pages(book: pypdfium2.PdfDocument) -> Iterator[tuple[int, Any]]:
    """Yield pages with their numbers, as many as there is time for."""
    import pypdfium2

    begun, worked = time.monotonic(), time.process_time()
    for index in range(min(len(book), _MOST_READ)):
        try:
            page = book[index]
        except pypdfium2.PdfiumError:
            if index:
                return
            raise Unreadable("unreadable") from None
        yield index + 1, page
        page.close()
        is_late = time.monotonic() - begun > _PATIENCE
        if is_late or time.process_time() - worked > _SECONDS:
            return


def _side(number: int) -> int:
    if number == 1:
        return _SIDES["large"]
    return _PAGE_SIDE if number <= MOST_DRAWN else _READ_SIDE


def _drawn(page: Any, side: int) -> Image.Image:
    """A picture of the page, its longer side `side` pixels. Raises Unreadable."""
    width, height = page.get_size()
    longest = max(width, height)
    if not (math.isfinite(longest) and min(width, height) > 0):
        raise Unreadable("unreadable")
    bitmap = page.render(
        scale=side / longest, may_draw_forms=False, draw_annots=False, rev_byteorder=True
    )
    picture: Image.Image = bitmap.to_pil().convert("RGB")
    bitmap.close()
    return picture


def _previews(number: int, picture: Image.Image) -> dict[str, Preview]:
    if number > MOST_DRAWN:
        return {}
    sides = _SIDES if number == 1 else {f"p{number}": _PAGE_SIDE}
    return {variant: _preview(picture, side) for variant, side in sides.items()}


def _preview(picture: Image.Image, side: int) -> Preview:
    small = picture.copy()
    small.thumbnail((side, side), Image.Resampling.LANCZOS)
    # A page of text has few colours, and is a third as heavy in a handful of them.
    is_text = picture.getcolors(_FEW) is not None
    how: dict[str, Any] = {"quality": _QUALITY, "method": 2}
    if is_text:
        how = {"lossless": True, "quality": 20, "method": 1}
        small = small.quantize(_COLOURS, dither=Image.Dither.NONE).convert("RGB")
    out = io.BytesIO()
    small.save(out, "WEBP", exif=b"", xmp=b"", icc_profile=b"", **how)
    return Preview(out.getvalue(), "image/webp", small.width, small.height)


def _lines(page: Any, picture: Image.Image) -> Iterator[Line]:
    """Yield the lines of a page, of each the letters that can be seen in its picture.

    Raises Unreadable where there are more than can be read.
    """
    import pypdfium2.raw as raw

    letters, ink = page.get_textpage(), Ink(picture)
    count = letters.count_chars()
    if count > _MOST_LETTERS:
        raise Unreadable("too_large")
    scale = picture.width / page.get_width()
    west, _south, _east, north = page.get_bbox()
    edges = [ctypes.c_double() for _ in range(4)]
    there = [ctypes.byref(edge) for edge in edges]
    line = Line()
    for index in range(count):
        letter = chr(raw.FPDFText_GetUnicode(letters.raw, index))
        if letter in "\r\n":
            yield line
            line = Line()
        elif letter.isspace() or typeset.is_hyphen(letter):
            line.put(letter, None)
        elif raw.FPDFText_GetCharBox(letters.raw, index, *there):
            left, right, bottom, top = (edge.value for edge in edges)
            across = ((left - west) * scale, (right - west) * scale)
            if ink.shows(across[0], (north - top) * scale, across[1], (north - bottom) * scale):
                line.put(letter, (left, bottom, right, top))
    letters.close()
    yield line


READER = Reader(
    name="document",
    look=look,
    compare=document.compare,
    warm=_warm,
    rank=15,
    suffixes=frozenset({".pdf"}),
    is_magic=lambda head: b"%PDF-" in head[:1024],
    is_fit=lambda head: not head or b"%PDF-" in head[:1024],
)
