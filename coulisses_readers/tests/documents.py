"""Documents as people's programs write them, and as nobody should send them; all made here."""

from __future__ import annotations

import io
import re
import struct
import zipfile
from collections.abc import Callable

import docx
import odfdo
from reportlab.lib.pagesizes import A5
from reportlab.lib.styles import ParagraphStyle, getSampleStyleSheet
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import PageBreak, Paragraph, SimpleDocTemplate

OWNER = "Ana-of-the-attic"
REMARK = "Bo thinks this is weak"
_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def word(make: Callable[[docx.document.Document], None]) -> bytes:
    """A Word document as `make` fills it, by Ana."""
    made = docx.Document()
    made.core_properties.author = made.core_properties.last_modified_by = OWNER
    make(made)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def said(*paragraphs: str) -> bytes:
    """A Word document of these paragraphs."""

    def write(made: docx.document.Document) -> None:
        for words in paragraphs:
            made.add_paragraph(words)

    return word(write)


def rewritten(data: bytes, **parts: Callable[[str], str]) -> bytes:
    """An office file of which some parts (document, styles, content …) are said otherwise."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for info in old.infolist():
            content = old.read(info)
            change = parts.get(info.filename.rpartition("/")[2].removesuffix(".xml"))
            if change:
                content = change(content.decode()).encode()
            new.writestr(info, content, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def with_body(xml: str) -> bytes:
    """A Word document whose body is this XML."""
    body = re.compile(r"<w:body>.*</w:body>", re.DOTALL)
    return rewritten(
        said(""), document=lambda old: body.sub(lambda _: f"<w:body>{xml}</w:body>", old)
    )


def with_footnote(words: str, note: str) -> bytes:
    """A Word document with a footnote after its words."""
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"
    xml = (
        f'<w:footnotes {_W}><w:footnote w:type="separator" w:id="-1"><w:p/></w:footnote>'
        f'<w:footnote w:id="2"><w:p><w:r><w:t>{note}</w:t></w:r></w:p></w:footnote></w:footnotes>'
    )
    data = with_body(
        f'<w:p><w:r><w:t>{words}</w:t></w:r><w:r><w:footnoteReference w:id="2"/></w:r></w:p>'
    )
    relation = f'<Relationship Id="rNotes" Type="{kind}" Target="footnotes.xml"/></Relationships>'
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name == "word/_rels/document.xml.rels":
                content = content.replace(b"</Relationships>", relation.encode())
            new.writestr(name, content)
        new.writestr("word/footnotes.xml", xml)
    return out.getvalue()


def open_text(make: Callable[[odfdo.Body], None]) -> bytes:
    """An OpenDocument text as `make` fills its body, by Ana."""
    made = odfdo.Document("text")
    made.body.clear()
    made.meta.creator = made.meta.initial_creator = OWNER
    make(made.body)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def with_content(xml: str) -> bytes:
    """An OpenDocument text whose body is this XML."""
    body = re.compile(r"(<office:text[^>]*>).*(</office:text>)", re.DOTALL)
    made = open_text(lambda body: body.append(odfdo.Paragraph("x")))
    return rewritten(
        made, content=lambda old: body.sub(lambda found: found[1] + xml + found[2], old)
    )


def printed(*pages: str | list[str]) -> bytes:
    """A PDF of these pages, each of one paragraph or of several, set as a word processor would."""
    body = getSampleStyleSheet()["Normal"].clone("body", fontSize=11, leading=15, spaceAfter=10)
    out = io.BytesIO()
    flow: list[object] = []
    for page in pages:
        for words in [page] if isinstance(page, str) else page:
            flow.append(Paragraph(words, _style(words, body)))
        flow.append(PageBreak())
    SimpleDocTemplate(out, pagesize=A5, author=OWNER, invariant=1).build(flow)
    return out.getvalue()


def _style(words: str, body: ParagraphStyle) -> ParagraphStyle:
    return getSampleStyleSheet()["Title"] if words.isupper() else body


def drawn(draw: Callable[[Canvas], None], **how: object) -> bytes:
    """A PDF of one page, as `draw` leaves it."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=how.pop("size", A5), invariant=1, **how)
    draw(canvas)
    canvas.showPage()
    canvas.save()
    return out.getvalue()


def pdf(*objects: str, root: int = 1) -> bytes:
    """A PDF of these objects, numbered from 1, written by hand."""
    out, places = b"%PDF-1.7\n", []
    for number, one in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n{one}\nendobj\n".encode("latin-1")
    start = len(out)
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    size = len(objects) + 1
    out += f"xref\n0 {size}\n0000000000 65535 f \n{table}".encode()
    return out + (
        f"trailer\n<< /Size {size} /Root {root} 0 R >>\nstartxref\n{start}\n%%EOF\n".encode()
    )


def one_page(box: str, content: str = "", catalog: str = "", page: str = "") -> bytes:
    """A PDF of one page with this box and content; `catalog` and `page` say more of them."""
    return pdf(
        f"<< /Type /Catalog /Pages 2 0 R {catalog} >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        f"<< /Type /Page /Parent 2 0 R /MediaBox [{box}] /Contents 4 0 R {page} "
        "/Resources << /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Times-Roman >> >> >>"
        " >>",
        f"<< /Length {len(content)} >>\nstream\n{content}\nendstream",
    )


def lying(data: bytes, name: str, size: int) -> bytes:
    """A zip that says of a member, in both places, that it unpacks to `size` bytes."""
    with zipfile.ZipFile(io.BytesIO(data)) as book:
        info = book.getinfo(name)
    raw = bytearray(data)
    raw[info.header_offset + 22 : info.header_offset + 26] = struct.pack("<I", size)
    at = raw.rfind(name.encode()) - 46
    assert raw[at : at + 4] == b"PK\x01\x02"
    raw[at + 24 : at + 28] = struct.pack("<I", size)
    return bytes(raw)


def zipped(**members: bytes) -> bytes:
    """A zip of these members."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name, content in members.items():
            new.writestr(name, content)
    return out.getvalue()


def laughing(part: str) -> str:
    """XML with entities that would unfold to ten thousand million letters, before its root."""
    entities = '<!ENTITY a0 "haha">' + "".join(
        f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10)
    )
    head, _, rest = part.partition("?>")
    return f"{head}?><!DOCTYPE x [{entities}]>{rest}"
