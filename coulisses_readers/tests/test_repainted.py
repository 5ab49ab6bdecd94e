import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageDraw

from coulisses_readers import picture, repainted
from coulisses_readers.look import Look, Unreadable
from coulisses_readers.tests import corpus

SIZE = (640, 400)


def small(image):
    return picture.look(corpus.saved(image, "PNG"), "canvas.png")


def told(before, after):
    return repainted.compare(small(before), small(after), "canvas.png")


def painted(*boxes, colour="white"):
    canvas = corpus.drawn(size=SIZE)
    pencil = ImageDraw.Draw(canvas)
    for box in boxes:
        pencil.rectangle(box, fill=colour)
    return canvas


def is_within(where, box):
    """Whether the box `where` holds `box` (corners in pixels), give or take a pixel of the grid."""
    left, top, width, height = where
    near = 4
    return (
        left * SIZE[0] / 1000 <= box[0] + near
        and top * SIZE[1] / 1000 <= box[1] + near
        and (left + width) * SIZE[0] / 1000 >= box[2] - near
        and (top + height) * SIZE[1] / 1000 >= box[3] - near
    )


def test_the_share_that_changed_and_where():
    found = told(painted(), painted((0, 200, 319, 399)))
    assert found["changed"] == pytest.approx(250, abs=8)
    left, top, width, height = found["where"]
    assert left == 0 and top == pytest.approx(500, abs=10)
    assert width == pytest.approx(500, abs=15) and top + height == 1000


def test_a_canvas_that_stayed_the_same_changed_nowhere():
    assert told(painted(), painted()) == {"changed": 0}


def test_another_compression_is_no_change():
    before = small(painted()).previews["small"].bytes
    again = corpus.saved(Image.open(io.BytesIO(before)), "WEBP", quality=60)
    assert repainted.difference(before, again)["changed"] < 20


def test_a_speck_far_away_does_not_widen_the_box():
    found = told(painted(), painted((300, 200, 400, 300), (10, 10, 12, 12)))
    assert is_within(found["where"], (300, 200, 400, 300))
    assert found["where"][0] > 400 and found["where"][1] > 400


def test_one_fine_stroke_is_a_change():
    found = told(painted(), painted((100, 200, 540, 201), colour="black"))
    assert found["changed"] >= 1 and is_within(found["where"], (100, 200, 540, 201))


def test_two_dabs_of_like_size_are_both_held():
    found = told(painted(), painted((20, 20, 60, 60), (600, 360, 630, 390), colour="lime"))
    assert is_within(found["where"], (20, 20, 630, 390))


def test_a_canvas_of_another_shape_changed_all_over():
    found = told(painted(), corpus.drawn(size=(400, 640)))
    assert found == {"changed": 1000, "where": [0, 0, 1000, 1000]}


def test_a_canvas_saved_larger_is_the_same_canvas():
    assert told(painted(), painted().resize((1280, 800)))["changed"] < 20


def test_where_there_was_nothing_to_see_nothing_is_told():
    seen = small(painted())
    assert repainted.compare(None, seen, "canvas.png") == {}
    assert repainted.compare(Look("picture", {"bytes": 3}), seen, "canvas.png") == {}


def test_what_is_no_preview_is_unreadable():
    good = small(painted()).previews["small"].bytes
    for bad in (b"RIFF", good[:-30], corpus.saved(corpus.drawn(), "PNG")):
        with pytest.raises(Unreadable):
            repainted.difference(good, bad)


def test_the_child_tells_it_too(sandbox):
    before, after = small(painted()), small(painted((0, 0, 99, 99), colour="lime"))
    assert sandbox.compare(before, after, "canvas.png")["where"][:2] == [0, 0]


sides = st.integers(8, 200)


@settings(max_examples=20, deadline=None)
@given(left=st.integers(0, 600), top=st.integers(0, 380), width=sides, height=sides)
def test_the_box_holds_what_changed_and_lies_within_the_picture(left, top, width, height):
    box = (left, top, min(639, left + width), min(399, top + height))
    if min(box[2] - box[0], box[3] - box[1]) < 8:
        return
    found = told(painted(), painted(box, colour="lime"))
    where = found["where"]
    assert is_within(where, box)
    assert all(0 <= side <= 1000 for side in where)
    assert where[0] + where[2] <= 1000 and where[1] + where[3] <= 1000
    assert 1 <= found["changed"] <= 1000
    # Tight: no more than a few pixels of the grid around it.
    assert where[2] <= (box[2] - box[0]) * 1000 / SIZE[0] + 25
    assert where[3] <= (box[3] - box[1]) * 1000 / SIZE[1] + 40
