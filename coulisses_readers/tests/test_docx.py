"""Word's documents: what is read of them, what never is, and what they may try."""

import io
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coulisses_readers import prose, registry, text
from coulisses_readers.look import Look, Unreadable
from coulisses_readers.tests import documents
from coulisses_readers.tests.documents import OWNER, REMARK, said, with_body, word


def words_of(data, name="novel.docx"):
    """What the reader says is in a document."""
    return registry.look(data, name).text


def runs(*words):
    """A paragraph of these runs, each XML inside a w:r or words."""
    inside = (
        one if one.startswith("<") else f"<w:t xml:space='preserve'>{one}</w:t>" for one in words
    )
    return "<w:p>" + "".join(f"<w:r>{one}</w:r>" for one in inside) + "</w:p>"


def test_headings_paragraphs_lists_and_tables_come_in_reading_order():
    def write(made):
        made.add_heading("Le chêne", 1)
        made.add_paragraph("Il était une fois un luthier.")
        made.add_paragraph("un rabot", style="List Bullet")
        made.add_paragraph("une gouge", style="List Number")
        table = made.add_table(2, 2)
        for cell, words in zip(table._cells, ("bois", "prix", "érable", "40 €"), strict=True):
            cell.text = words

    data = word(write)
    look = registry.look(data, "novel.docx")
    assert look.reader == "document"
    assert look.text == (
        "Le chêne\n\nIl était une fois un luthier.\n\n• un rabot\n• une gouge\n\n"
        "bois | prix\nérable | 40 €\n"
    )
    assert look.facts == {"bytes": len(data), "words": 16}


def test_the_limited_child_reads_what_this_process_reads(sandbox):
    data = documents.with_footnote("Le vernis", "Une gomme-laque.")
    assert sandbox.look(data, "novel.docx").text == words_of(data)


def test_a_note_stands_under_its_paragraph():
    data = documents.with_footnote("Le vernis", "Une gomme-laque.")
    assert words_of(data) == "Le vernis*\n* Une gomme-laque.\n"


def test_every_tracked_change_is_read_as_accepted():
    data = with_body(
        '<w:p><w:r><w:t xml:space="preserve">Il </w:t></w:r>'
        '<w:del w:author="Bo"><w:r><w:delText>ponce</w:delText></w:r></w:del>'
        '<w:ins w:author="Bo"><w:r><w:t>vernit</w:t></w:r></w:ins>'
        "<w:moveFrom><w:r><w:t> ailleurs</w:t></w:r></w:moveFrom>"
        "<w:moveTo><w:r><w:t> ici</w:t></w:r></w:moveTo></w:p>"
        '<w:p><w:pPr><w:rPr><w:del w:author="Bo"/></w:rPr></w:pPr><w:r><w:t>Deux </w:t></w:r></w:p>'
        "<w:p><w:r><w:t>ne font qu’un.</w:t></w:r></w:p>"
        "<w:tbl><w:tr><w:trPr><w:del/></w:trPr><w:tc><w:p><w:r><w:t>rayé</w:t></w:r></w:p></w:tc>"
        "</w:tr><w:tr><w:tc><w:p><w:r><w:t>gardé</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"
    )
    assert words_of(data) == "Il vernit ici\n\nDeux ne font qu’un.\n\ngardé\n"


def test_who_wrote_it_what_is_hidden_and_what_was_remarked_are_never_read():
    def write(made):
        line = made.add_paragraph("Seen. ")
        hidden = line.add_run("Hidden away.")
        hidden.font.hidden = True
        made.add_comment(line.runs[0], REMARK, author=OWNER, initials="BO")
        made.sections[0].header.paragraphs[0].text = OWNER
        style = made.styles.add_style("Unseen", 2)
        style.font.hidden = True
        made.add_paragraph().add_run("Hidden by its style.", style="Unseen")

    look = registry.look(word(write), "novel.docx")
    assert look.text == "Seen.\n"
    assert OWNER not in repr(look) and REMARK not in repr(look)


@pytest.mark.parametrize("kind", ["AUTHOR", " filename \\p ", "TEMPLATE", "TOC \\o", "DATE"])
def test_a_field_that_spells_a_name_a_place_or_a_clock_is_not_told(kind):
    step = '<w:fldChar w:fldCharType="{}"/>'.format
    data = with_body(
        runs(
            "before ",
            step("begin"),
            f"<w:instrText>{kind}</w:instrText>",
            step("separate"),
            OWNER,
            step("end"),
            "after",
        )
        + f'<w:p><w:fldSimple w:instr="{kind}"><w:r><w:t>{OWNER}</w:t></w:r></w:fldSimple></w:p>'
    )
    assert words_of(data) == "before after\n"


def test_a_links_words_are_told_and_where_it_leads_is_not():
    step = '<w:fldChar w:fldCharType="{}"/>'.format
    data = with_body(
        runs(
            step("begin"),
            '<w:instrText>HYPERLINK "file:///home/ana/secret.docx"</w:instrText>',
            step("separate"),
            "the draft",
            step("end"),
        )
    )
    assert words_of(data) == "the draft\n"


def test_a_box_of_text_is_read_once():
    box = "<w:txbxContent><w:p><w:r><w:t>in the margin</w:t></w:r></w:p></w:txbxContent>"
    data = with_body(
        '<w:p><w:r><w:t>beside</w:t></w:r><w:r><mc:AlternateContent xmlns:mc="http://schemas.'
        'openxmlformats.org/markup-compatibility/2006"><mc:Choice Requires="wps"><w:drawing>'
        f"{box}</w:drawing></mc:Choice><mc:Fallback><w:pict>{box}</w:pict></mc:Fallback>"
        "</mc:AlternateContent></w:r></w:p>"
    )
    assert words_of(data) == "in the margin\n\nbeside\n"


def test_a_renumbered_list_and_a_new_style_are_no_edits():
    before = word(lambda made: [made.add_paragraph(one, style="List Number") for one in "ac"])
    after = word(lambda made: [made.add_paragraph(one, style="List Number") for one in "abc"])
    looks = [registry.look(data, "novel.docx") for data in (before, after)]
    found = registry.compare(*looks, "novel.docx")
    assert found["words"] == [["=", "• a\n"], ["+", "• b\n"], ["=", "• c\n"]]
    assert (found["added"], found["removed"]) == (1, 0)


def test_an_edit_reads_as_an_editors():
    looks = [
        registry.look(said(*paragraphs), "novel.docx")
        for paragraphs in (
            ["Il pose le rabot.", "Il hésite encore un peu."],
            ["Il pose le rabot.", "Il n’hésite plus."],
        )
    ]
    found = registry.compare(*looks, "novel.docx")
    assert [run for run in found["words"] if run[0] != "="] == [
        ["+", "n’"],
        ["-", "encore un peu"],
        ["+", "plus"],
    ]


letters = st.characters(codec="utf-8", exclude_categories=["C", "Z"])
line = st.text(letters | st.just(" "), max_size=40)


@settings(deadline=None, max_examples=12)
@given(st.lists(line, max_size=5), st.lists(line, max_size=5))
def test_kept_and_struck_is_what_stood_and_kept_and_put_is_what_stands(former, later):
    before, after = (registry.look(said(*lines), "a.docx").text for lines in (former, later))
    runs = prose.word_diff(before, after)
    assert "".join(words for op, words in runs if op in "=-") == before
    assert "".join(words for op, words in runs if op in "=+") == after
    assert after.split() == [
        word for words in later for word in text.neutral(words.strip()).split()
    ]


@pytest.mark.parametrize("part", ["document", "styles"])
def test_laughing_entities_are_a_bomb(part, sandbox):
    data = documents.rewritten(said("x"), **{part: documents.laughing})
    with pytest.raises(Unreadable) as refused:
        sandbox.look(data, "novel.docx")
    assert refused.value.reason == "bomb"


def test_an_entity_from_elsewhere_is_fetched_from_nowhere(sandbox):
    def outside(part):
        return part.replace("?>", '?><!DOCTYPE x [<!ENTITY y SYSTEM "file:///etc/passwd">]>', 1)

    with pytest.raises(Unreadable):
        sandbox.look(documents.rewritten(said("x"), document=outside), "novel.docx")


def test_what_unpacks_to_a_thousand_times_its_size_is_a_bomb(sandbox):
    zeros = documents.zipped(**{"word/document.xml": b" " * (60 << 20)})
    big = documents.zipped(**{"word/document.xml": b" " * (80 << 20)})
    many = documents.zipped(**{f"word/{number}.xml": b"" for number in range(9000)})
    deep = with_body("<w:sdt>" * 800 + "</w:sdt>" * 800)
    for data in (zeros, big, many, deep):
        with pytest.raises(Unreadable) as refused:
            sandbox.look(data, "novel.docx")
        assert refused.value.reason == "bomb"


def test_a_member_that_lies_about_its_size_is_a_bomb(sandbox):
    data = documents.lying(said("Il était une fois"), "word/document.xml", 700)
    with pytest.raises(Unreadable) as refused:
        sandbox.look(data, "novel.docx")
    assert refused.value.reason == "bomb"


def test_a_broken_document_is_a_name_and_a_size(sandbox):
    whole = said("Il était une fois")
    for data, reason in (
        (whole[: len(whole) // 2], "unreadable"),
        (whole[:-10], "unreadable"),
        (documents.zipped(**{"inner.docx": whole}), "unreadable"),
        (documents.zipped(**{"word/document.xml": b"<w:document>"}), "unreadable"),
        (b"PK\x03\x04" + b"\x00" * 4000, "unreadable"),
        (b"", "empty"),
    ):
        look = sandbox.look_or_reason(data, "novel.docx")
        assert look == Look("plain", {"bytes": len(data), "reason": reason})


def test_every_cut_and_every_turned_byte_is_survived():
    whole = said("Il était une fois")
    for at in range(0, len(whole), 997):
        for data in (whole[:at], whole[:at] + b"\xff" + whole[at + 1 :]):
            try:
                assert registry.look(data, "novel.docx").reader == "document"
            except Unreadable as refused:
                assert refused.reason in ("unreadable", "bomb", "empty", "binary")


@pytest.mark.parametrize(
    ("name", "head", "reader"),
    [
        ("novel.docx", b"PK\x03\x04", "document"),
        ("NOVEL.DOCX", b"PK\x03\x04", "document"),
        ("novel.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(99), "plain"),
        ("novel.docx", b"version https://git-lfs\n", "code"),
        ("novel.zip", b"PK\x03\x04" + bytes(99), "plain"),
    ],
)
def test_a_document_is_known_by_its_name_and_its_beginning(name, head, reader):
    assert registry.reader_for(name, head) == reader


def test_words_of_a_strict_document_are_read_too():
    def strict(part):
        return part.replace(
            "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
            "http://purl.oclc.org/ooxml/wordprocessingml/main",
        )

    assert words_of(documents.rewritten(said("Strict."), document=strict)) == "Strict.\n"


def test_the_main_part_is_found_by_what_the_package_says():
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(said("Elsewhere."))) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name == "_rels/.rels":
                content = content.replace(b"word/document.xml", b"word/document2.xml")
            new.writestr(name.replace("document.xml", "document2.xml"), content)
    assert words_of(out.getvalue()) == "Elsewhere.\n"
