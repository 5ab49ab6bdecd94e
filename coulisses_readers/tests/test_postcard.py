"""Words on cards: what is drawn, where it breaks, and what is left out."""

import io
from pathlib import Path

import pytest
from PIL import Image

from coulisses_readers import postcard, setting

STAGE = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="800" height="500">'
    '<path fill="#f00" d="M0 0h800v500H0z"/></svg>'
)
BUILT = Path(__file__).resolve().parents[2] / "coulisses" / "ui" / "static" / "built"


def font(name):
    return next(BUILT.glob(f"{name}-????????.woff2")).read_bytes()


@pytest.fixture(scope="module")
def latin():
    parts = [font("bricolage-grotesque-latin"), font("bricolage-grotesque-latin-ext")]
    return setting.in_fonts(parts, 60, (800, 82))


def test_symbols_that_no_font_has_are_left_out_and_half_words_are_not_drawn(latin):
    assert latin.drawn("It holds 🎭 at  last\u200b!") == "It holds at last!"
    assert latin.drawn("Żółć, ő, naïve") == "Żółć, ő, naïve"
    assert latin.drawn("The 舞台 is set") == ""


def test_a_long_word_is_broken_and_a_long_text_cut_within_its_width(latin):
    lines = latin.lines("Donaudampfschifffahrt" * 6, 500, most=3)
    assert len(lines) == 3 and lines[-1].endswith("…") and latin.is_cut
    assert all(latin.width(line) <= 500 for line in lines)
    assert latin.lines("Short", 500, most=3) == ["Short"] and not latin.is_cut
    assert latin.lines("", 500, most=3) == []


def test_what_is_read_from_the_right_is_known_by_its_first_letter(latin):
    assert latin.is_leftward("12 שלום") and not latin.is_leftward("Boat שלום")


def test_a_card_without_words_is_a_card():
    plain = io.BytesIO()
    Image.new("RGBA", (40, 4000), (0, 0, 0, 0)).save(plain, "PNG")
    files = {"title": "bricolage-grotesque", "read": "newsreader", "mono": "jetbrains-mono"}
    fonts = {name: [font(f"{family}-latin")] for name, family in files.items()}
    for shown in (STAGE, plain.getvalue()):
        drawn = Image.open(io.BytesIO(postcard.draw({}, fonts, shown)))
        assert drawn.size == (postcard.WIDTH, postcard.HEIGHT)
