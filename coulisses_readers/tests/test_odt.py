"""OpenDocument texts: what is read of them, and what never is."""

import odfdo

from coulisses_readers import registry
from coulisses_readers.look import Look, Unreadable
from coulisses_readers.tests import documents
from coulisses_readers.tests.documents import OWNER, REMARK, open_text, with_content


def words_of(data, name="novel.odt"):
    """What the reader says is in a document."""
    return registry.look(data, name).text


def test_headings_paragraphs_lists_tables_and_notes_come_in_reading_order(sandbox):
    def write(body):
        body.append(odfdo.Header(1, "Le chêne"))
        line = odfdo.Paragraph("Il était  une fois un luthier.")
        line.insert_note(after="fois", note_id="n1", citation="1", body="Jadis.")
        body.append(line)
        body.append(odfdo.List(["un rabot", "une gouge"]))
        table = odfdo.Table("Prix", width=2, height=2)
        for place, words in (("A1", "bois"), ("B1", "prix"), ("A2", "érable"), ("B2", "40 €")):
            table.set_value(place, words)
        body.append(table)

    data = open_text(write)
    look = sandbox.look(data, "novel.odt")
    assert look.text == (
        "Le chêne\n\nIl était  une fois* un luthier.\n* Jadis.\n\n• un rabot\n• une gouge\n\n"
        "bois | prix\nérable | 40 €\n"
    )
    assert look == registry.look(data, "novel.odt")
    assert look.facts == {"bytes": len(data), "words": 17}


def test_every_tracked_change_is_read_as_accepted():
    data = with_content(
        '<text:tracked-changes><text:changed-region text:id="c1"><text:deletion>'
        f"<office:change-info><dc:creator>{OWNER}</dc:creator></office:change-info>"
        "<text:p>ponce</text:p>"
        "</text:deletion></text:changed-region></text:tracked-changes>"
        '<text:p>Il <text:change text:change-id="c1"/><text:change-start text:change-id="c2"/>'
        'vernit<text:change-end text:change-id="c2"/>.</text:p>'
    )
    assert words_of(data) == "Il vernit.\n"


def test_who_wrote_it_what_is_hidden_and_what_was_remarked_are_never_read():
    def write(body):
        line = odfdo.Paragraph("Seen here.")
        line.insert_annotation(after="Seen", body=REMARK, creator=OWNER)
        body.append(line)

    look = registry.look(open_text(write), "novel.odt")
    assert look.text == "Seen here.\n"
    assert OWNER not in repr(look) and REMARK not in repr(look)
    hidden = with_content(
        f"<text:p>By <text:author-name>{OWNER}</text:author-name><text:sender-email>{OWNER}"
        "</text:sender-email><text:hidden-text>hush</text:hidden-text>nobody.</text:p>"
        '<text:section text:display="none"><text:p>hush</text:p></text:section>'
    )
    assert words_of(hidden) == "By nobody.\n"


def test_words_hidden_by_their_style_are_not_read():
    def hide(part):
        style = (
            '<style:style style:name="Hush" style:family="text"><style:text-properties '
            'text:display="none"/></style:style></office:automatic-styles>'
        )
        part = part.replace(
            "<office:automatic-styles/>", "<office:automatic-styles></office:automatic-styles>"
        )
        return part.replace("</office:automatic-styles>", style)

    data = with_content('<text:p>Seen.<text:span text:style-name="Hush">hush</text:span></text:p>')
    assert words_of(documents.rewritten(data, content=hide)) == "Seen.\n"


def test_repeated_spaces_and_rows_are_not_unfolded():
    data = with_content(
        '<text:p>a<text:s text:c="999999999"/>b</text:p><table:table>'
        '<table:table-row table:number-rows-repeated="1048576">'
        '<table:table-cell table:number-columns-repeated="900">'
        "<text:p>x</text:p></table:table-cell></table:table-row></table:table>"
    )
    assert len(words_of(data)) < 60


def test_an_open_text_is_known_whatever_it_is_called():
    data = open_text(lambda body: body.append(odfdo.Paragraph("x")))
    assert registry.reader_for("no-suffix", data[:8192]) == "document"
    assert registry.reader_for("text.odt", b"\x00\x01") == "plain"


def test_a_broken_or_hostile_text_is_a_name_and_a_size(sandbox):
    whole = open_text(lambda body: body.append(odfdo.Paragraph("Il était une fois")))
    laughing = documents.rewritten(whole, content=documents.laughing)
    for data, reason in (
        (whole[: len(whole) // 2], "unreadable"),
        (laughing, "bomb"),
        (documents.zipped(**{"content.xml": b" " * (60 << 20)}), "bomb"),
        (documents.zipped(mimetype=b"application/vnd.oasis.opendocument.text"), "unreadable"),
    ):
        look = sandbox.look_or_reason(data, "novel.odt")
        assert look == Look("plain", {"bytes": len(data), "reason": reason})
    for at in range(0, len(whole), 499):
        try:
            registry.look(whole[:at] + b"\xff" + whole[at + 1 :], "novel.odt")
        except Unreadable as refused:
            assert refused.reason in ("unreadable", "bomb", "binary")
