import io
import random
import struct

import pytest
from PIL import Image

from coulisses_readers import heic, openraster, photoshop, procreate, registry
from coulisses_readers.look import Unreadable
from coulisses_readers.tests import corpus, layered

PNG = corpus.saved(corpus.drawn(), "PNG")
FILES = {
    "canvas.kra": layered.kra(PNG),
    "canvas.ora": layered.ora(PNG),
    "canvas.procreate": layered.procreate(PNG),
    "canvas.psd": layered.psd(corpus.drawn(), layers=b"layers" * 999),
    "canvas.psb": layered.psd(corpus.drawn(), layers=b"layers" * 999, is_big=True),
    "canvas.heic": layered.heic(corpus.drawn()),
}


def seen(look):
    return Image.open(io.BytesIO(look.previews["small"].bytes)).convert("RGB")


def is_drawn(picture):
    """Whether a picture is `corpus.drawn`: red at the left, blue at the right."""
    at = picture.height * 4 // 5
    left, right = picture.getpixel((8, at)), picture.getpixel((picture.width - 8, at))
    return left[0] > left[2] + 60 and right[2] > right[0] + 60


@pytest.mark.parametrize("name", FILES)
def test_the_whole_of_a_layered_picture_is_shown_from_the_child(sandbox, name):
    look = sandbox.look(FILES[name], name)
    assert look.reader == "picture"
    assert (look.facts["width"], look.facts["height"]) == (320, 200)
    assert look.facts["format"] == name.partition(".")[2]
    assert {"small", "large"} == look.previews.keys()
    assert is_drawn(seen(look))


@pytest.mark.parametrize("name", FILES)
def test_each_is_known_by_its_name_alone_and_never_when_it_is_text(name):
    assert registry.reader_for(name, b"") == "picture"
    assert registry.reader_for(name, b"version https://git-lfs.github.com/spec/v1\n") == "code"


@pytest.mark.parametrize("name", ["canvas.kra", "canvas.ora", "canvas.psd", "canvas.heic"])
def test_most_are_known_by_their_first_bytes_whatever_they_are_called(name):
    assert registry.look(FILES[name], "canvas").facts["format"] == name.partition(".")[2]
    assert registry.look(FILES[name], "canvas.png").reader == "picture"


@pytest.mark.parametrize("name", FILES)
def test_what_is_cut_short_or_scribbled_over_is_only_a_reason(name):
    chance = random.Random(name)
    for _ in range(30):
        broken = bytearray(FILES[name])
        for _ in range(8):
            broken[chance.randrange(len(broken))] = chance.randrange(256)
        broken = broken[: chance.choice([len(broken), chance.randrange(1, len(broken))])]
        try:
            registry.look(bytes(broken), name)
        except Unreadable as refusal:
            assert refusal.reason != "too_large"


@pytest.mark.parametrize("mode", ["1", "L", "P", "RGB", "CMYK"])
@pytest.mark.parametrize("packing", [0, 1])
def test_photoshop_pictures_of_every_mode_are_shown(mode, packing):
    drawn = corpus.drawn().quantize(16) if mode == "P" else corpus.drawn(mode)
    look = photoshop.look(layered.psd(drawn, packing=packing), "canvas.psd")
    assert look.previews["small"].width == 320
    shown, meant = seen(look), drawn.convert("RGB")
    for spot in ((40, 40), (8, 160), (300, 160)):
        pairs = zip(shown.getpixel(spot), meant.getpixel(spot), strict=True)
        assert all(abs(one - other) < 16 for one, other in pairs)


def test_lightness_and_two_colours_are_a_picture_too():
    grey = Image.merge("LAB", [Image.new("L", (60, 40), value) for value in (128, 128, 128)])
    red, green, blue = seen(photoshop.look(layered.psd(grey), "grey.psd")).getpixel((9, 9))
    assert abs(red - green) < 4 and abs(green - blue) < 4 and 100 < red < 140


@pytest.mark.parametrize("is_big", [False, True])
@pytest.mark.parametrize("packing", [0, 1])
def test_sixteen_bits_of_a_photoshop_picture_are_shown(is_big, packing):
    data = layered.psd(corpus.drawn(), depth=16, is_big=is_big, packing=packing)
    assert is_drawn(seen(photoshop.look(data, "canvas.psd")))


def test_masks_beside_the_colours_are_left_alone():
    assert is_drawn(seen(photoshop.look(layered.psd(corpus.drawn(), extra_channels=2), "a.psd")))


def test_a_photoshop_picture_without_its_whole_is_shown_by_its_thumbnail():
    thumbnail = corpus.saved(corpus.drawn(size=(160, 100)), "JPEG")
    data = layered.psd(corpus.drawn(), has_composite=False, thumbnail=thumbnail)
    look = photoshop.look(data, "canvas.psd")
    assert is_drawn(seen(look)) and look.previews["large"].width == 160
    assert look.facts["width"] == 320
    with pytest.raises(Unreadable, match="no_composite"):
        photoshop.look(layered.psd(corpus.drawn(), has_composite=False), "canvas.psd")


def test_a_layered_picture_without_a_whole_says_so():
    with pytest.raises(Unreadable, match="no_composite"):
        procreate.look(layered.archive({"Document.archive": b"bplist00"}), "canvas.procreate")


def test_a_whole_as_large_as_a_hall_is_a_bomb_or_its_thumbnail():
    hall = corpus.png_header(30_000, 30_000)
    look = openraster.look(layered.kra(hall), "canvas.kra")
    assert look.facts["width"] == 256
    with pytest.raises(Unreadable, match="bomb"):
        openraster.look(layered.ora(hall), "canvas.ora")
    with pytest.raises(Unreadable, match="bomb"):
        photoshop.look(layered.psd_header(30_000, 30_000), "canvas.psd")


@pytest.mark.parametrize(
    ("name", "member"),
    [("canvas.ora", "mergedimage.png"), ("canvas.procreate", "QuickLook/Thumbnail.png")],
)
def test_an_archive_that_unfolds_without_measure_is_a_bomb(sandbox, name, member):
    assert sandbox.look_or_reason(layered.bomb(member), name).reason == "bomb"


def test_a_directory_that_lies_about_a_size_deceives_nobody():
    # What is unpacked ends where the directory says: the rest of the picture is missing.
    look = openraster.look(layered.lying(PNG), "canvas.kra")
    assert look.facts["width"] == 256


def test_an_archive_within_another_name_is_not_taken_for_a_picture():
    with pytest.raises(Unreadable):
        openraster.look(b"PK\x03\x04", "canvas.kra")
    assert registry.reader_for("archive.zip", FILES["canvas.procreate"]) == "plain"


def test_a_photo_stands_upright_and_tells_neither_where_nor_by_whom(sandbox):
    exif = Image.Exif()
    exif[0x010F], exif[0xA430], exif[0xA431] = "Maker", corpus.OWNER, corpus.SERIAL
    exif.get_ifd(0x8825)[1], exif.get_ifd(0x8825)[2] = "N", (48.0, 51.0, 24.0)
    exif[0x0112] = 6
    data = layered.heic(corpus.drawn(), exif)
    assert corpus.OWNER.encode() in data
    look = sandbox.look(data, "IMG_2041.HEIC")
    assert (look.facts["width"], look.facts["height"]) == (200, 320)
    top, bottom = seen(look).getpixel((100, 20)), seen(look).getpixel((100, 300))
    assert top[0] > top[2] and bottom[2] > bottom[0]
    for preview in look.previews.values():
        for told in (corpus.OWNER, corpus.SERIAL, "EXIF", "XMP ", "ICCP"):
            assert told.encode() not in preview.bytes


def test_a_still_of_another_kind_in_the_same_box_goes_to_its_own_reader():
    avif = corpus.saved(corpus.drawn(), "AVIF")
    assert not heic.READER.claims("photo", avif)
    assert registry.look(avif, "photo.heic").facts["format"] == "avif"


def test_a_photo_that_says_it_is_as_large_as_a_hall_is_not_unfolded():
    data = layered.heic(corpus.drawn())
    at = data.index(b"ispe") + 8
    with pytest.raises(Unreadable):
        heic.look(data[:at] + struct.pack(">II", 30_000, 30_000) + data[at + 8 :], "photo.heic")
