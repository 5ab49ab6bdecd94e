"""What a document or a table hides in a way of its own: Eve finds none of it."""

import time

import pytest

from coulisses_readers import delimited, registry, xlsx
from coulisses_readers.look import Unreadable
from coulisses_readers.tests import documents, workbooks
from coulisses_readers.tests.documents import with_content


def told(words):
    look = delimited.look(words.encode(), "figures.csv")
    return {one["name"]: one["value"] for one in look.facts["series"]}


def test_a_total_is_never_beyond_all_numbers():
    words = "Item,Sold\n" + "a,9e289\n" * 1000 + "b,1e308\n" * 500
    assert told(words) == {"Sold": 9e292}


def test_cells_whose_format_shows_nothing_are_not_shown():
    def fill(book):
        sheet = book.add_worksheet("Budget")
        nothing, no_number = (book.add_format({"num_format": code}) for code in (";;;", ";;"))
        sheet.write_row(0, 0, ["Item", "Spent"])
        sheet.write_row(1, 0, ["Wood", 120])
        sheet.write_row(2, 0, ["salary-hidden", 4242], nothing)
        sheet.write_row(3, 0, ["Glue", 4242], no_number)

    look = xlsx.look(workbooks.written(fill), "budget.xlsx")
    assert "hidden" not in look.text and "4242" not in look.text
    assert look.text.splitlines()[1:] == ["Item\tSpent", "Wood\t120", "Glue"]


@pytest.mark.parametrize(
    "xml",
    [
        '<text:p>hush<text:hidden-paragraph text:condition="ooow:1" text:is-hidden="true"/>'
        " hush</text:p>",
        '<text:p><text:hidden-paragraph text:is-hidden="true">hush</text:hidden-paragraph>hush'
        "<text:note><text:note-body><text:p>hush</text:p></text:note-body></text:note></text:p>",
        '<text:h><text:a><text:hidden-paragraph text:is-hidden="true"/></text:a>hush</text:h>',
        '<text:section text:display="condition" text:condition="ooow:1" text:is-hidden="true">'
        "<text:p>hush</text:p></text:section>",
    ],
)
def test_a_paragraph_or_a_section_that_a_condition_hides_is_not_read(xml):
    data = with_content(f"<text:p>Seen.</text:p>{xml}<text:p>Seen, too.</text:p>")
    assert registry.look(data, "novel.odt").text == "Seen.\n\nSeen, too.\n"


def test_a_paragraph_that_its_condition_shows_is_read():
    shown = '<text:hidden-paragraph text:condition="ooow:0" text:is-hidden="false"/>'
    data = with_content(f"<text:p>{shown}Seen.</text:p>")
    assert registry.look(data, "novel.odt").text == "Seen.\n"


def test_a_style_hides_words_wherever_the_one_it_comes_from_stands():
    styles = (
        '<style:style style:name="A" style:family="text" style:parent-style-name="B"/>'
        '<style:style style:name="B" style:family="text" style:parent-style-name="C"/>'
        '<style:style style:name="C" style:family="text" style:parent-style-name="A">'
        '<style:text-properties text:display="none"/></style:style>'
        '<style:style style:name="D" style:family="text" style:parent-style-name="C">'
        '<style:text-properties text:display="true"/></style:style>'
    )
    empty = "<office:automatic-styles></office:automatic-styles>"
    data = with_content(
        '<text:p><text:span text:style-name="A">hush</text:span>'
        '<text:span text:style-name="D">Seen.</text:span></text:p>'
    )

    def hide(part):
        part = part.replace("<office:automatic-styles/>", empty)
        return part.replace("</office:automatic-styles>", f"{styles}</office:automatic-styles>")

    assert registry.look(documents.rewritten(data, content=hide), "novel.odt").text == "Seen.\n"


def test_an_instruction_that_comes_letter_by_letter_takes_no_time():
    letters = b"{\\rtf1{\\field{\\*\\fldinst " + b"\\~a" * 400_000 + b"}{\\fldrslt Seen.}}}"
    begun = time.process_time()
    assert registry.look(letters, "long.rtf").text == "Seen.\n"
    assert time.process_time() - begun < 6
    spaces = b"{\\rtf1{\\field{\\*\\fldinst " + b" \\~" * 400 + b"AUTHOR}{\\fldrslt hush}}Seen.}"
    assert registry.look(spaces, "long.rtf").text == "Seen.\n"


def test_a_page_of_more_letters_than_can_be_read_is_not_shown():
    def page(lines):
        line = f"({'x' * 50}) Tj 0 -0.06 Td "
        seen = "BT /F1 0.05 Tf 1 99 Td " + line * lines + "ET BT /F1 12 Tf 5 9 Td (hush) Tj ET"
        return documents.one_page("0 0 100 100", seen)

    assert "hush" in registry.look(page(1000), "map.pdf").text
    with pytest.raises(Unreadable, match="too_large"):
        registry.look(page(1300), "map.pdf")
