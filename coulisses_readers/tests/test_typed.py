"""A page of a text's film: nothing runs over its edges, and what changed is in sight."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageChops

from coulisses_readers import typed

SIZES = [(1920, 1080), (1080, 1080), (1080, 1920)]


def ink(picture):
    """The box around everything that is drawn."""
    return ImageChops.difference(picture, Image.new("RGB", picture.size, typed.PAPER)).getbbox()


@pytest.mark.parametrize("size", SIZES)
def test_words_stay_within_the_picture(size):
    runs = [["=", "Un mot, " * 30], ["-", "i" * 400], ["+", " neuf. " * 60], ["…", ""]]
    left, top, right, bottom = ink(typed.page(runs, size, ()))
    assert left >= size[0] * 0.07 and right <= size[0] * 0.93
    assert top > 0 and bottom < size[1]


def test_a_change_at_the_end_of_a_long_text_is_in_sight():
    runs = [["=", "Rien ne bouge ici, ou presque. " * 80], ["+", "Le rideau tombe."]]
    picture = typed.page(runs, (640, 360), ())
    lit = picture.convert("RGB").getcolors(640 * 360)
    assert any(colour == (0xCF, 0xE9, 0xDA) for _, colour in lit)


def test_struck_and_put_differ_and_nothing_is_an_empty_page():
    struck, put = (typed.page([[op, "vernis"]], (640, 360), ()) for op in "-+")
    assert struck.tobytes() != put.tobytes()
    assert ink(typed.page([], (640, 360), ())) is None
    assert ink(typed.page([["=", "\n\n \n"]], (640, 360), ())) is None


@settings(deadline=None, max_examples=40)
@given(st.lists(st.tuples(st.sampled_from("=+-…"), st.text(max_size=80)), max_size=8))
def test_whatever_the_words_there_is_a_page(runs):
    assert typed.page([list(run) for run in runs], (320, 180), ()).size == (320, 180)
