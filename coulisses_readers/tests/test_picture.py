import io
import random

import pytest
from PIL import Image

from coulisses_readers import picture, registry
from coulisses_readers.look import Unreadable
from coulisses_readers.tests import corpus


def opened(preview):
    return Image.open(io.BytesIO(preview.bytes))


def looked(data, name="picture"):
    return picture.look(data, name)


@pytest.mark.parametrize("form", ["PNG", "JPEG", "WEBP", "AVIF", "GIF", "TIFF"])
def test_every_form_gives_two_previews_and_its_facts(form):
    look = looked(corpus.saved(corpus.drawn(size=(2000, 1000)), form))
    assert {variant: (one.width, one.height) for variant, one in look.previews.items()} == {
        "small": (640, 320),
        "large": (1600, 800),
    }
    assert all(
        opened(one).format == "WEBP" and one.mime == "image/webp" for one in look.previews.values()
    )
    assert look.facts["width"], look.facts["height"] == (2000, 1000)
    assert look.facts["format"] == form.lower()
    assert len(look.facts["colour"]) == 7


@pytest.mark.parametrize("form", ["PNG", "JPEG", "WEBP", "AVIF", "TIFF"])
def test_nothing_tells_where_or_by_whom(form):
    data = corpus.with_metadata(form)
    assert corpus.OWNER.encode() in data
    for preview in looked(data).previews.values():
        assert not {"exif", "xmp", "icc_profile"} & opened(preview).info.keys()
        for told in (corpus.OWNER, corpus.SERIAL, "EXIF", "XMP ", "ICCP"):
            assert told.encode() not in preview.bytes


def test_a_picture_that_lies_on_its_side_is_turned():
    look = looked(corpus.turned())
    assert (look.facts["width"], look.facts["height"]) == (200, 320)
    shown = opened(look.previews["small"]).convert("RGB")
    assert shown.size == (200, 320)
    top, bottom = shown.getpixel((100, 100)), shown.getpixel((100, 300))
    assert top[0] > top[2] and bottom[2] > bottom[0]


def test_of_an_animation_the_first_frame_is_shown():
    look = looked(corpus.animated())
    preview = opened(look.previews["small"])
    assert getattr(preview, "n_frames", 1) == 1
    assert look.facts["colour"] == "#ff0000"


def test_cmyk_keeps_its_colours():
    look = looked(corpus.saved(corpus.drawn("CMYK"), "JPEG"))
    red, _, blue = opened(look.previews["small"]).convert("RGB").getpixel((100, 150))
    assert red > 150 > 100 > blue


def test_sixteen_bits_are_scaled_and_not_clipped():
    assert looked(corpus.sixteen_bits()).facts["colour"] == "#808080"


def test_transparency_of_a_palette_stays():
    assert opened(looked(corpus.palette_with_alpha()).previews["small"]).mode == "RGBA"


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "PA", "RGBA", "I", "F"])
def test_every_mode_can_be_shown(mode):
    form = "TIFF" if mode in ("F", "I", "PA") else "PNG"
    data = corpus.saved(corpus.drawn(mode) if mode != "PA" else corpus.drawn("P"), form)
    assert looked(data).previews["large"].width == 320


def test_a_bomb_is_named_before_it_unfolds():
    with pytest.raises(Unreadable, match="bomb"):
        looked(corpus.png_header(60_000, 60_000))


def test_an_honest_giant_is_only_too_large():
    noise = random.Random(1).randbytes(700_000)
    with pytest.raises(Unreadable, match="too_large"):
        looked(corpus.png_header(10_000, 9_000, noise))


@pytest.mark.parametrize("form", ["PNG", "JPEG", "WEBP", "AVIF", "GIF", "TIFF"])
def test_a_picture_cut_short_is_unreadable(form):
    data = corpus.saved(corpus.drawn(), form)
    for share in (0.2, 0.5, 0.8):
        with pytest.raises(Unreadable, match="unreadable"):
            looked(data[: int(len(data) * share)])


@pytest.mark.parametrize("form", ["PNG", "JPEG", "WEBP", "AVIF", "GIF", "TIFF"])
def test_scribbled_bytes_never_raise_anything_else(form):
    chance = random.Random(form)
    data = corpus.saved(corpus.drawn(), form)
    for _ in range(25):
        broken = bytearray(data)
        for _ in range(8):
            broken[chance.randrange(len(broken))] = chance.randrange(256)
        try:
            looked(bytes(broken))
        except Unreadable as refusal:
            assert refusal.reason in {"unreadable", "bomb", "too_large"}


def test_a_lying_suffix_deceives_nobody():
    assert registry.look(corpus.saved(corpus.drawn(), "PNG"), "letter.txt").facts["format"] == "png"
    assert registry.look(corpus.saved(corpus.drawn(), "GIF"), "photo.jpg").facts["format"] == "gif"
    assert registry.look(b"version https://git-lfs\n", "photo.png").reader == "code"


def test_a_drawing_is_drawn():
    look = looked(corpus.svg('<rect width="100" height="50" fill="#00ff00"/>'))
    assert (look.facts["width"], look.facts["height"], look.facts["format"]) == (100, 50, "svg")
    assert opened(look.previews["small"]).size == (640, 320)
    assert look.facts["colour"] == "#00ff00"


@pytest.mark.parametrize(
    "inside",
    [
        '<script>while(true){}</script><rect width="9" height="9"/>',
        '<rect width="9" height="9" onload="alert(1)"/>',
        '<image href="http://127.0.0.1:9/x.png" width="9" height="9"/>',
        '<image xlink:href="/etc/hostname" width="9" height="9"/>',
        '<foreignObject><iframe src="file:///etc/passwd"/></foreignObject>',
        '<style>@import url("http://127.0.0.1:9/");</style><rect width="9" height="9"/>',
    ],
)
def test_what_points_out_of_a_drawing_is_inert(inside):
    assert looked(corpus.svg(inside)).facts["format"] == "svg"


def test_a_drawing_reads_no_file(tmp_path):
    secret = tmp_path / "secret.png"
    secret.write_bytes(corpus.saved(Image.new("RGB", (50, 50), "red"), "PNG"))
    for way in ("href", "xlink:href"):
        for address in (str(secret), secret.as_uri(), f"../../../../../..{secret}"):
            inside = f'<image {way}="{address}" width="100" height="50"/>'
            filtered = f'<filter id="f"><feImage {way}="{address}"/></filter>'
            look = looked(
                corpus.svg(f'{inside}{filtered}<rect width="9" height="9" filter="url(#f)"/>')
            )
            shown = opened(look.previews["small"]).convert("RGBA")
            assert shown.getextrema()[3] == (0, 0) or shown.getextrema()[0][1] == 0


def test_a_picture_within_a_drawing_is_shown_unless_it_is_a_drawing():
    import base64

    png = base64.b64encode(corpus.saved(Image.new("RGB", (50, 50), "red"), "PNG")).decode()
    inside = f'<image href="data:image/png;base64,{png}" width="100" height="50"/>'
    assert looked(corpus.svg(inside)).facts["colour"] == "#ff0000"
    nested = base64.b64encode(corpus.svg('<rect width="99" height="99" fill="red"/>')).decode()
    inside = f'<image href="data:image/svg+xml;base64,{nested}" width="100" height="50"/>'
    assert looked(corpus.svg(inside)).facts["colour"] == "#ffffff"


@pytest.mark.parametrize(
    "data",
    [
        corpus.laughs(),
        corpus.svg(
            "<text>&x;</text>", before='<!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
        ),
        corpus.svg("<rect"),
        corpus.svg("", size='width="0" height="0"'),
    ],
)
def test_a_broken_or_hostile_drawing_is_refused(data):
    with pytest.raises(Unreadable):
        looked(data, "drawing.svg")


def test_a_drawing_as_wide_as_a_street_stays_within_its_frame():
    large = looked(corpus.svg("<rect/>", size='width="9000000" height="9000"')).previews["large"]
    assert max(large.width, large.height) <= 1600


def test_a_preview_from_outside_is_one_still_webp_and_nothing_else():
    good = looked(corpus.saved(corpus.drawn(), "PNG")).previews["large"].bytes
    assert picture.verify_webp(good) == (320, 200)
    frames = [Image.new("RGB", (9, 9), colour) for colour in ("red", "blue")]
    for bad in (
        b"",
        b"RIFF",
        good[:-20],
        good + b"hidden behind",
        corpus.saved(corpus.drawn(), "PNG"),
        corpus.with_metadata("WEBP"),
        corpus.saved(corpus.drawn(size=(1700, 10)), "WEBP"),
        corpus.saved(frames[0], "WEBP", save_all=True, append_images=frames[1:]),
    ):
        with pytest.raises(Unreadable):
            picture.verify_webp(bad)
