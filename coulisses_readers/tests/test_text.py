import random

import pytest

from coulisses_readers import text
from coulisses_readers.look import Unreadable

WORDS = "Déjà vu : l’œuvre s’écrit « ici » — naïveté, 20 €.\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "cp1252"])
def test_words_are_found_in_every_usual_encoding(encoding):
    assert text.decode(WORDS.encode(encoding)) == WORDS
    assert text.is_text(WORDS.encode(encoding))


def test_utf_16_of_both_ends_is_read_by_its_mark():
    for mark, encoding in ((b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be")):
        assert text.decode(mark + WORDS.encode(encoding)) == WORDS


def test_a_character_cut_at_the_end_of_the_head_is_forgiven():
    data = ("é" * 5000).encode()
    assert text.is_text(data[:8191]) and text.is_text("😀".encode()[:3])


def test_bytes_that_are_no_words_are_binary():
    chance = random.Random(3)
    for _ in range(50):
        assert not text.is_text(chance.randbytes(3000))
    for data in (b"\x00\x01", b"\x7fELF\x02\x01\x01\x00", bytes(range(256)) * 4):
        with pytest.raises(Unreadable, match="binary"):
            text.decode(data)


def test_words_in_an_encoding_nobody_named_are_a_bad_encoding():
    with pytest.raises(Unreadable, match="bad_encoding"):
        text.decode(b"ordinary words and then \x81\x8d\x90 something else entirely\n")
    with pytest.raises(Unreadable, match="bad_encoding"):
        text.decode(b"\xff\xfea")


def test_hidden_and_reordering_characters_are_shown():
    assert text.neutral("a\u202eb\u2066c\u200bd\x1b[0m\x07\x7f") == (
        "a⟦U+202E⟧b⟦U+2066⟧c⟦U+200B⟧d␛[0m␇␡"
    )
    assert text.neutral("tab\tand\r\nlines\r") == "tab\tand\nlines\n"
    assert text.neutral("👩‍🎨 می‌خواهم") == "👩‍🎨 می‌خواهم"
