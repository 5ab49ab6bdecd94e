"""PDFs: their pages, the words that can be seen on them, and what they may try."""

import io

import pytest
from PIL import Image
from reportlab.lib import pdfencrypt

from coulisses_readers import document, pdf, registry
from coulisses_readers.look import Look, Unreadable
from coulisses_readers.sandbox import Sandbox
from coulisses_readers.tests import documents
from coulisses_readers.tests.documents import OWNER, drawn, one_page, printed

LONG = "Il était une fois un luthier qui doutait de son vernis, et le soir il l’ôtait encore. "


def opened(preview):
    """A preview as a picture."""
    with Image.open(io.BytesIO(preview.bytes), formats=("WEBP",)) as picture:
        return picture.convert("RGB")


def words_of(data, sandbox):
    """What the reader says is in a document."""
    return sandbox.look(data, "novel.pdf").text


def test_pages_are_pictures_and_words(sandbox):
    data = printed(["LE CHÊNE", LONG * 3, LONG * 2], "Une autre page.", "La fin.")
    look = sandbox.look(data, "novel.pdf")
    assert look.reader == "document"
    assert [*look.previews] == ["small", "large", "p2", "p3"]
    assert max(opened(look.previews["large"]).size) == 1600
    assert max(opened(look.previews["small"]).size) == 640
    for preview in look.previews.values():
        assert sandbox.verify_webp(preview.bytes) == (preview.width, preview.height)
    assert look.facts["pages"] == len(look.facts["faces"]) == 3
    assert look.text == "\n\n".join(
        ["LE CHÊNE", (LONG * 3).strip(), (LONG * 2).strip(), "Une autre page.", "La fin."]
    )
    assert OWNER not in repr({**look.facts, "text": look.text})


def test_a_font_that_is_not_embedded_is_drawn_by_another(sandbox):
    text = "BT /F1 40 Tf 20 100 Td (Violon) Tj ET"
    look = sandbox.look(one_page("0 0 200 200", text), "novel.pdf")
    assert look.text == "Violon"
    assert opened(look.previews["small"]).convert("L").getextrema() < (120, 256)


def test_words_set_anew_are_no_edit(sandbox):
    before = printed([LONG * 6])
    after = printed(["Hier. " + LONG * 6])
    looks = [sandbox.look(data, "novel.pdf") for data in (before, after)]
    found = sandbox.compare(*looks, "novel.pdf")
    assert found["words"][0] == ["+", "Hier. "]
    assert [op for op, _ in found["words"]] == ["+", "=", "…"][: len(found["words"])]


def test_it_says_which_pages_are_new_or_changed(sandbox):
    before = printed("un", "deux", "trois", "quatre")
    after = printed("un", "nouveau", "deux", "trois encore", "quatre")
    looks = [sandbox.look(data, "novel.pdf") for data in (before, after)]
    assert sandbox.compare(*looks, "novel.pdf")["changed_pages"] == [2, 4]
    assert sandbox.compare(looks[0], looks[0], "novel.pdf")["changed_pages"] == []
    assert "changed_pages" not in sandbox.compare(None, looks[0], "novel.pdf")


def test_at_most_24_pages_are_drawn_and_all_are_read(monkeypatch):
    monkeypatch.setattr(pdf, "_PATIENCE", 100)  # the machine may be busy
    data = printed(*(f"Page {number} du livre." for number in range(40)))
    look = registry.look(data, "b.pdf")
    assert [*look.previews] == ["small", "large", *(f"p{number}" for number in range(2, 25))]
    assert look.facts["pages"] == 40
    assert "Page 39 du livre." in look.text


def test_what_a_page_does_not_show_is_not_told(sandbox):
    def draw(canvas):
        canvas.setFont("Helvetica", 12)
        canvas.drawString(40, 500, "Said in the open.")
        canvas.setFillColorRGB(1, 1, 1)
        canvas.drawString(40, 460, "White on white.")
        canvas.setFillColorRGB(0, 0, 0)
        canvas.drawString(40, 420, "Under a black bar.")
        canvas.rect(30, 410, 200, 30, fill=1, stroke=0)
        canvas.drawString(40, -50, "Below the edge.")
        line = canvas.beginText(40, 380)
        line.setTextRenderMode(3)
        line.textLine("Drawn with no ink.")
        canvas.drawText(line)

    assert words_of(drawn(draw), sandbox) == "Said in the open."


def test_thin_letters_dashes_and_colours_are_seen(sandbox):
    def draw(canvas):
        canvas.setFont("Helvetica", 7)
        canvas.drawString(40, 500, "Illiltl — l'été | i.e. = 12:30")
        canvas.setFillColorRGB(0.75, 0.75, 0.75)
        canvas.drawString(40, 400, "pale")
        canvas.setFillColorRGB(0, 0, 0.6)
        canvas.rect(30, 290, 200, 30, fill=1, stroke=0)
        canvas.setFillColorRGB(1, 1, 1)
        canvas.drawString(40, 300, "light on dark")

    assert words_of(drawn(draw), sandbox).split("\n\n") == [
        "Illiltl — l'été | i.e. = 12:30",
        "pale",
        "light on dark",
    ]


def test_notes_on_the_margin_and_forms_are_not_drawn(sandbox):
    def draw(canvas):
        canvas.drawString(40, 500, "Said.")
        canvas.textAnnotation("Bo: weak", Rect=[40, 300, 200, 400])
        canvas.acroForm.textfield(name="who", value=OWNER, x=40, y=200, width=200, height=30)

    look = sandbox.look(drawn(draw), "novel.pdf")
    assert look.text == "Said."
    lower = opened(look.previews["small"]).crop((0, 200, 400, 640)).convert("L")
    assert lower.getextrema() == (255, 255)


def test_scripts_launches_and_attached_files_leave_only_the_page(sandbox):
    script = "<< /S /JavaScript /JS (app.launchURL\\('https://evil.example'\\)) >>"
    launch = "<< /S /Launch /F (/bin/sh) >>"
    catalog = (
        f"/OpenAction {script} /AA << /WC {launch} >> /Names << /EmbeddedFiles << /Names "
        "[(x.exe) << /Type /Filespec /F (x.exe) /EF << /F 4 0 R >> >>] >> >>"
    )
    text = "BT /F1 40 Tf 20 100 Td (Calm) Tj ET"
    page = f"/AA << /O {script} >>"
    look = sandbox.look(one_page("0 0 200 200", text, catalog, page), "novel.pdf")
    assert (look.text, [*look.previews]) == ("Calm", ["small", "large"])


def test_a_page_number_is_no_part_of_the_text(sandbox):
    def draw(canvas):
        canvas.drawString(40, 500, "Il dort.")
        canvas.drawString(200, 20, "– 12 –")

    assert words_of(drawn(draw), sandbox) == "Il dort."


def test_a_scanned_page_is_a_picture_without_words(sandbox):
    def draw(canvas):
        scan = Image.effect_mandelbrot((300, 400), (-2, -1.5, 1, 1.5), 60)
        canvas.drawInlineImage(scan, 0, 0, 300, 400)

    look = sandbox.look(drawn(draw), "scan.pdf")
    assert (look.text, look.facts["words"], "small" in look.previews) == ("", 0, True)


def test_an_encrypted_or_broken_pdf_is_a_name_and_a_size(sandbox):
    locked = drawn(
        lambda canvas: canvas.drawString(9, 9, "x"), encrypt=pdfencrypt.StandardEncryption("u")
    )
    whole = printed("un", "deux")
    for data in (locked, whole[:300], b"%PDF-1.7\n", b"%PDF-" + bytes(5000)):
        look = sandbox.look_or_reason(data, "novel.pdf")
        assert look == Look("plain", {"bytes": len(data), "reason": "unreadable"})
    assert sandbox.look_or_reason(b"", "novel.pdf").reason == "empty"


@pytest.mark.parametrize("box", ["0 0 1e30 1e30", "0 0 200000 200000", "0 0 0 0", "0 0 1 90000"])
def test_a_page_of_any_size_costs_no_more_than_a_page(box, sandbox):
    look = sandbox.look_or_reason(one_page(box, "0 0 9 9 re f"), "poster.pdf")
    assert look.reason in (None, "unreadable")
    for preview in look.previews.values():
        assert max(preview.width, preview.height) <= 1600


def test_hostile_trees_and_streams_end_in_a_reason():
    loop = documents.pdf(
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [2 0 R 2 0 R] /Count 2000000000 >>",
    )
    ten_times = "/X Do " * 10
    forms = [
        "<< /Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X "
        f"{number} 0 R >> >> /Length {len(ten_times)} >>\nstream\n{ten_times}\nendstream"
        for number in range(6, 17)
    ]
    nested = documents.pdf(
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 99 99] /Contents 4 0 R /Resources << /XObject "
        "<< /X 5 0 R >> >> >>",
        "<< /Length 5 >>\nstream\n/X Do\nendstream",
        *forms,
    )
    deep = one_page("0 0 99 99", "q " * 400_000)
    with Sandbox(seconds=3) as short:
        for data in (loop, nested, deep):
            look = short.look_or_reason(data, "novel.pdf")
            assert look.reason in (None, "unreadable", "timeout", "too_large", "bomb")
        short.seconds = 60  # machines that test are busy
        assert short.look(printed("un"), "novel.pdf").text == "un"


def test_every_cut_is_survived(sandbox):
    whole = printed("un", "deux")
    for at in range(0, len(whole), 301):
        assert sandbox.look_or_reason(whole[:at], "novel.pdf").reason in (
            None,
            "unreadable",
            "empty",
        )


def test_a_pdf_is_known_whatever_it_is_called():
    assert registry.reader_for("scan", b"%PDF-1.4") == "document"
    assert registry.reader_for("novel.pdf", b"just words") == "code"


def test_no_picture_is_shown_of_a_page_whose_words_nobody_could_search(monkeypatch):
    monkeypatch.setattr(document, "LONGEST", 20_000)
    wall = [("mot " * 600).strip()] * 24
    look = registry.look(printed(*[wall] * 2), "novel.pdf")
    drawn_pages = [name for name in look.previews if name.startswith("p")]
    assert look.facts["pages"] > 24 and len(look.text) <= 20_000
    assert len(look.facts["faces"]) < look.facts["pages"]
    assert len(drawn_pages) <= len(look.facts["faces"])


def test_the_reader_refuses_what_is_too_large():
    with pytest.raises(Unreadable) as refused:
        registry.look(b"%PDF-1.7" + bytes(65 << 20), "novel.pdf")
    assert refused.value.reason == "too_large"
