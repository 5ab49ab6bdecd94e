"""RTF: what is read of it, and what never is."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coulisses_readers import registry, rtf
from coulisses_readers.look import Unreadable
from coulisses_readers.tests.documents import OWNER, REMARK

HEAD = (
    r"{\rtf1\ansi\ansicpg1252{\fonttbl{\f0\froman Times;}}{\colortbl;\red0\green0\blue0;}"
    r"{\stylesheet{\s1 heading 1;}}{\info{\author " + OWNER + r"}{\company Attic}}"
    r"{\*\generator Word}{\header " + OWNER + "}"
)


def words_of(body):
    """What the reader says is in an RTF of this body."""
    return registry.look(f"{HEAD}{body}}}".encode("latin-1"), "novel.rtf").text


def test_paragraphs_letters_lists_and_tables_come_in_reading_order():
    assert words_of(
        r"\pard\s1 Le ch\'eane\par\pard Il \'e9tait une fois\line un luthier\emdash seul.\par"
        r"{\listtext\tab 1.\tab}un rabot\par{\listtext\tab 2.\tab}une gouge\par"
        r"\trowd\intbl bois\cell prix\cell\row\trowd\intbl \u233?rable\cell 40 \u8364?\cell\row"
        r"\pard \u-10179?\u-8704?\par"
    ) == (
        "Le chêne\n\nIl était une fois\nun luthier—seul.\n\n• un rabot\n• une gouge\n\n"
        "bois | prix\nérable | 40 €\n\n😀\n"
    )


def test_tracked_changes_are_read_as_accepted_and_notes_stand_below():
    body = (
        r"Il {\deleted ponce}{\revised vernit}{\super\chftn{\footnote\pard Une laque.}} ici.\par "
        r"Deux {\deleted\par}ne font qu\rquote un.\par"
    )
    assert words_of(body) == "Il vernit* ici.\n* Une laque.\n\nDeux ne font qu’un.\n"


def test_who_wrote_it_what_is_hidden_and_what_was_remarked_are_never_read():
    look = registry.look(
        (
            HEAD + r"Seen.{\v Hidden.}\v hush\v0{\*\atnauthor " + OWNER + r"}{\*\annotation "
            + REMARK + r"}{\field{\*\fldinst AUTHOR}{\fldrslt " + OWNER + r"}}"
            r'{\field{\*\fldinst HYPERLINK "file:///home/ana"}{\fldrslt  The draft.}}\par}'
        ).encode(),
        "novel.rtf",
    )  # fmt: skip
    assert look.text == "Seen. The draft.\n"
    assert OWNER not in repr(look) and REMARK not in repr(look) and "home" not in repr(look)


def test_pictures_and_other_bytes_within_are_passed_over():
    assert words_of(r"a{\pict\pngblip 89504e47}{\pict\bin5 }{}\}}b\par") == "ab\n"


def test_a_hostile_text_ends_in_a_reason_soon():
    begun = time.process_time()
    for data, reason in (
        (b"{\\rtf1" + b"{" * 5000, "bomb"),
        (b"\xff\xfe not what its name says", "unreadable"),
        (b"{\\rtf1" + bytes(65 << 20), "too_large"),
    ):
        with pytest.raises(Unreadable) as refused:
            rtf.look(data, "novel.rtf")
        assert refused.value.reason == reason
    rtf.look(b"{\\rtf1" + b"\\u1?" * 300_000 + b"\\bin9999999999 x", "novel.rtf")
    assert time.process_time() - begun < 8


def test_the_limited_child_knows_every_code_page(sandbox):
    for page, code, letter in ((1250, "8a", "Š"), (1251, "c6", "Ж"), (10000, "8e", "é")):
        data = f"{{\\rtf1\\ansi\\ansicpg{page} \\'{code}\\par}}".encode()
        assert sandbox.look(data, "novel.rtf").text == f"{letter}\n"


@given(st.text(alphabet="{}\\'*abuv0159 \n-é", max_size=80))
def test_whatever_the_letters_it_ends(body):
    try:
        assert registry.look(b"{\\rtf1 " + body.encode("latin-1"), "a.rtf").reader == "document"
    except Unreadable as refused:
        assert refused.reason in ("unreadable", "bomb")
