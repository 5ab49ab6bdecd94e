import json
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coulisses_readers import registry, sound
from coulisses_readers.hearing import decoding, mp3
from coulisses_readers.look import Unreadable
from coulisses_readers.tests import sounds

REFRAIN = {ending: sounds.sound(ending, 2.0) for ending in sounds.FORMATS}
LOSSY = {"mp3", "ogg", "opus", "m4a", "aac", "weba"}


@pytest.mark.parametrize("ending", sounds.FORMATS)
def test_a_sound_is_a_length_a_loudness_a_line_and_something_to_listen_to(sandbox, ending):
    seen = sandbox.look(REFRAIN[ending], f"refrain.{ending}")
    facts = seen.facts
    assert seen.reader == "sound" and seen.text is None and seen.reason is None
    assert facts["seconds"] == pytest.approx(2.0, abs=0.06)
    assert facts["loudness"] == pytest.approx(-23.0, abs=0.5 if ending == "mp3" else 0.2)
    assert facts["peak"] == pytest.approx(-23.0, abs=1.5 if ending in LOSSY else 0.1)
    assert (facts["channels"], facts["rate"]) == (2, sounds.RATE)
    assert facts["waveform"][20:-20] == pytest.approx([68] * (len(facts["waveform"]) - 40), abs=3)
    assert set(seen.previews) == {"sound"} and seen.previews["sound"].mime == "audio/mpeg"
    assert sandbox.verify_mp3(seen.previews["sound"].bytes) == pytest.approx(2.0, abs=0.1)


def test_loudness_is_that_of_the_standard(sandbox):
    """EBU Tech 3341, case 1: a stereo sine of 997 Hz at -23 dBFS reads -23 LUFS."""
    for decibels in (-23.0, -33.0):
        data = sounds.sound("wav", 5, sounds.tone(decibels))
        assert sandbox.look(data, "sine.wav").facts["loudness"] == pytest.approx(decibels, abs=0.2)
    alone = sounds.sound("wav", 5, layout="mono", rate=44_100)
    assert sandbox.look(alone, "sine.wav").facts["loudness"] == pytest.approx(-26.0, abs=0.2)


def test_the_line_goes_up_and_down_with_the_sound(sandbox):
    def swelling(at: float) -> float:
        return (0.05 if at < 1 else 0.8) * math.sin(2 * math.pi * 440 * at)

    line = sandbox.look(sounds.sound("flac", 2, swelling), "swell.flac").facts["waveform"]
    quiet, loud = line[: len(line) // 2 - 2], line[len(line) // 2 + 2 :]
    assert max(quiet) < 70 and min(loud) > 220


def test_the_facts_of_a_long_sound_fit(sandbox):
    data = sounds.sound("flac", 130, sounds.tone(0), layout="mono", rate=8_000)
    facts = sandbox.look(data, "long.flac").facts
    assert facts["seconds"] == 130 and 400 < len(facts["waveform"]) <= 480
    assert len(json.dumps({"reader": "sound", **facts})) < 4000


@pytest.mark.parametrize(("browser", "name"), [("webm", "note.webm"), ("mp4", "note.m4a")])
def test_a_note_that_a_browser_recorded_is_heard(sandbox, browser, name):
    seen = sandbox.look(sounds.recorded(browser), name)
    assert seen.facts["seconds"] == pytest.approx(2.0, abs=0.1)
    assert sandbox.verify_mp3(seen.previews["sound"].bytes) == pytest.approx(2.0, abs=0.1)


def test_a_note_may_spell_anything_in_its_sound():
    head = sounds.recorded("webm")[: registry.HEAD]
    at = head.index(b"\x1f\x43\xb6\x75") + 40
    assert registry.reader_for("note.webm", head[:at] + b"V_VP9" + head[at:]) == "sound"


def test_silence_and_a_moment_have_no_loudness(sandbox):
    nothing = sandbox.look(sounds.sound("wav", 1, sounds.silence), "nothing.wav").facts
    assert (nothing["loudness"], nothing["peak"], set(nothing["waveform"])) == (None, None, {0})
    moment = sandbox.look(sounds.sound("wav", 0.2), "click.wav").facts
    assert (moment["loudness"], moment["peak"], moment["seconds"]) == (None, -23.0, 0.2)


@pytest.mark.parametrize("layout", ["mono", "5.1"])
def test_every_layout_is_heard_in_one_or_two_channels(sandbox, layout):
    seen = sandbox.look(sounds.sound("wav", 1, layout=layout), "take.wav")
    assert seen.facts["channels"] == (1 if layout == "mono" else 6)
    assert sandbox.verify_mp3(seen.previews["sound"].bytes) > 0.9


@pytest.mark.parametrize("ending", sounds.FORMATS)
def test_no_word_of_a_tag_comes_out(sandbox, ending):
    data = sounds.sound(ending, 0.5, tags=sounds.TAGS)
    assert not sounds.untagged(data) or ending == "aac"  # which has no place for tags
    seen = sandbox.look(data, f"refrain.{ending}")
    assert sounds.untagged(json.dumps(dict(seen.facts)).encode())
    assert sounds.untagged(seen.previews["sound"].bytes)


@pytest.mark.parametrize("ending", ["wav", "aiff", "flac", "m4a", "alac.m4a"])
def test_a_take_that_is_cut_short_is_a_name_and_a_size(sandbox, ending):
    cut = REFRAIN[ending][: len(REFRAIN[ending]) * 2 // 3]
    seen = sandbox.look_or_reason(cut, f"refrain.{ending}")
    assert (seen.reason, seen.facts["bytes"]) == ("unreadable", len(cut))


@pytest.mark.parametrize("ending", ["mp3", "ogg", "opus", "aac"])
def test_of_a_stream_that_is_cut_short_the_rest_is_heard(sandbox, ending):
    seen = sandbox.look(REFRAIN[ending][: len(REFRAIN[ending]) * 2 // 3], f"refrain.{ending}")
    assert 0.3 < seen.facts["seconds"] < 1.6


@pytest.mark.parametrize("ending", sounds.FORMATS)
def test_bytes_that_only_begin_like_a_sound_harm_nobody(sandbox, ending):
    head, rest = REFRAIN[ending][:200], bytes(range(7, 251)) * 40
    seen = sandbox.look_or_reason(head + rest, f"refrain.{ending}")
    assert seen.reason in {None, "unreadable"}
    assert sandbox.look(REFRAIN["wav"], "refrain.wav").facts["seconds"] == 2.0


def test_a_take_that_promises_more_than_it_holds_is_not_believed(sandbox):
    lying = sounds.wav_that_claims(3600, REFRAIN["wav"])
    assert sandbox.look_or_reason(lying, "refrain.wav").reason == "unreadable"
    shy = sounds.wav_that_claims(1, REFRAIN["wav"])
    assert sandbox.look(shy, "refrain.wav").facts["seconds"] == 1.0


def test_a_streamed_take_that_knows_no_length_is_read(sandbox):
    head = REFRAIN["wav"].index(b"data") + 4
    streamed = REFRAIN["wav"][:head] + b"\xff" * 4 + REFRAIN["wav"][head + 4 :]
    assert sandbox.look(streamed, "refrain.wav").facts["seconds"] == pytest.approx(2.0, abs=0.01)


def test_hours_of_nothing_in_a_few_bytes_are_refused(sandbox):
    bomb = sounds.bomb()
    assert len(bomb) < 40_000
    assert sandbox.look_or_reason(bomb, "bomb.flac").reason == "bomb"


def test_nothing_that_says_no_length_is_refused_once_it_is_long(monkeypatch):
    monkeypatch.setattr(decoding, "_LONG", 90)  # to come to twenty minutes takes ten seconds
    with pytest.raises(Unreadable) as refused:
        sound.look(sounds.bomb(is_lying=True), "bomb.flac")
    assert refused.value.reason == "bomb"


def test_an_empty_file_and_a_film_are_no_sounds(sandbox):
    assert sandbox.look_or_reason(b"", "refrain.wav").reason == "empty"
    assert sandbox.look_or_reason(sounds.film(), "refrain.m4a").reason == "binary"
    assert registry.reader_for("clip.mp4", sounds.film()[: registry.HEAD]) == "plain"
    assert registry.reader_for("clip.webm", sounds.film("webm")[: registry.HEAD]) == "plain"


@pytest.mark.parametrize("ending", sounds.FORMATS)
def test_a_sound_is_known_by_its_name_or_by_its_first_bytes(ending):
    head = REFRAIN[ending][: registry.HEAD]
    assert registry.reader_for(f"REFRAIN.{ending.upper()}", head) == "sound"
    assert registry.reader_for(f"refrain.{ending}", b"") == "sound"
    if ending != "aac":  # whose first bytes could be anything's
        assert registry.reader_for("refrain", head) == "sound"


def test_words_in_the_place_of_a_sound_are_words():
    pointer = b"version https://git-lfs.github.com/spec/v1\n"
    assert registry.reader_for("refrain.wav", pointer) == "code"


def heard(sandbox, data):
    """The sound that is listened to."""
    return sandbox.look(data, "refrain.wav").previews["sound"].bytes


def test_an_mp3_from_elsewhere_is_frames_and_nothing_else(sandbox):
    plain = heard(sandbox, REFRAIN["wav"])
    assert mp3.verify(plain) == sandbox.verify_mp3(plain)
    tagged = sounds.sound("mp3", 0.5, tags=sounds.TAGS)
    other_rate = sounds.sound("mp3", 0.5, rate=44_100)
    for wrong in (
        tagged,
        b"ID3" + plain,
        plain + b"TAG" + bytes(125),
        plain[:-1],
        plain + plain[:3],
        plain + other_rate[other_rate.index(b"\xff\xfb") :],
        REFRAIN["wav"],
        b"<script>alert(1)</script>",
    ):
        with pytest.raises(Unreadable, match="unreadable"):
            sandbox.verify_mp3(wrong)
    with pytest.raises(Unreadable, match="empty"):
        sandbox.verify_mp3(b"")


@given(st.binary(max_size=3000), st.integers(0, 3000))
def test_no_bytes_beside_its_frames_are_taken_for_an_mp3(noise, at):
    frame = b"\xff\xfb\x94\x00" + bytes(380)
    whole = frame * 4
    spoiled = whole[:at] + noise + whole[at:]
    try:
        seconds = mp3.verify(spoiled)
    except Unreadable as refusal:
        assert refusal.reason in {"empty", "unreadable"}
    else:
        assert seconds == pytest.approx(1152 / sounds.RATE * len(spoiled) / len(frame))


def test_an_mp3_that_is_too_long_is_refused(sandbox):
    frame = heard(sandbox, sounds.sound("wav", 0.5, sounds.silence))[-384:]
    a_frame = 1152 / sounds.RATE
    mp3.verify(frame * int(mp3.MAX_SECONDS / a_frame))
    with pytest.raises(Unreadable, match="too_large"):
        mp3.verify(frame * int(mp3.MAX_SECONDS / a_frame + 2))
    with pytest.raises(Unreadable, match="too_large"):
        mp3.verify(frame * (mp3.MAX_BYTES // len(frame) + 1))


def test_what_is_heard_ends_where_its_time_is_over(monkeypatch):
    from coulisses_readers import sound

    monkeypatch.setattr("coulisses_readers.hearing.mp3.MAX_SECONDS", 3)
    seen = sound.look(sounds.sound("wav", 6, layout="mono", rate=8_000), "long.wav")
    assert seen.facts["seconds"] == 6
    assert 2 <= seen.facts["heard"] <= 3
    assert mp3.verify(seen.previews["sound"].bytes) <= 3.1
