"""The house's eye: opened when needed, gone after a rest, and back at the next look."""

import io

import pytest
from PIL import Image

from coulisses.media.looking import Eye
from coulisses.testing.programs import until_true
from coulisses_readers.look import Unreadable


def webp():
    raw = io.BytesIO()
    Image.new("RGB", (40, 30), "teal").save(raw, "WEBP")
    return raw.getvalue()


def test_it_rests_and_comes_back():
    eye = Eye(rest=0.3)
    try:
        assert eye.verify_webp(webp()) == (40, 30)
        until_true(lambda: eye._sandbox is None, "it rests")
        assert eye.look(webp(), "boat.webp").reader == "picture"
    finally:
        eye.close()


def test_what_it_cannot_read_it_says():
    eye = Eye()
    try:
        with pytest.raises(Unreadable):
            eye.verify_webp(b"nothing of the kind")
        assert eye.verify_webp(webp()) == (40, 30)
    finally:
        eye.close()
