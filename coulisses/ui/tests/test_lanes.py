"""Two takes beside each other: on one scale of time, equally loud, and where they differ."""

import math
import random

import pytest
from django.utils import translation

from coulisses.ui import lanes, words
from coulisses.ui.lanes import Sound
from coulisses_readers import sound
from coulisses_readers.tests import sounds

RATE = 8_000


def song(seconds, *, height=0.8, other_from=None, seed=1):
    """A take of a song with two beats a second, other ones after a while."""
    dice = random.Random(seed)
    beats = [dice.uniform(0.25, 1) for _ in range(400)]

    def wave(at):
        beat = int(at * 2)
        loud = beats[beat * 7 % 400 if other_from and at > other_from else beat % 400]
        return height * loud * math.exp(-3 * (at * 2 - beat)) * math.sin(2 * math.pi * 330 * at)

    return sounds.sound("flac", seconds, wave, layout="mono", rate=RATE)


def heard(data):
    """What a page knows of a take."""
    facts = sound.look(data, "song.flac").facts
    return lanes.known("sound", facts)


@pytest.fixture(scope="module")
def take():
    return heard(song(60))


def beside(before, after):
    return lanes.beside({"before": ("/b", before), "after": ("/a", after)})


def bars(lane):
    return lane.line.count("M")


def test_two_takes_stand_on_one_scale_of_time(take):
    shown = beside(take, heard(song(45)))
    assert [one.side for one in shown.takes] == ["before", "after"]
    assert (shown.seconds, shown.lengths) == (60.0, [60.0, 45.0])
    assert bars(shown.takes[0]) == lanes.BARS
    assert bars(shown.takes[1]) == lanes.BARS * 45 // 60


def test_the_louder_take_is_made_softer_and_none_louder(take):
    soft = heard(song(60, height=0.2))
    shown = beside(take, soft)
    apart = take.loudness - soft.loudness
    assert apart == pytest.approx(20 * math.log10(4), abs=0.15)
    assert shown.takes[0].volume == pytest.approx(10 ** (-apart / 20), abs=0.001)
    assert shown.takes[1].volume == 1.0 and shown.is_matched
    assert not beside(take, take).is_matched


def test_takes_that_only_differ_in_loudness_length_or_encoding_look_the_same(take):
    again = heard(sounds.sound("mp3", 1, layout="mono", rate=32_000))
    assert lanes.differ(again, again) is None
    for other in (heard(song(60, height=0.2)), heard(song(71)), heard(song(45)), take):
        assert lanes.differ(take, other) is None
        assert lanes.differ(other, take) is None


def test_one_sees_from_which_second_on_two_takes_differ(take):
    other = heard(song(64, height=0.5, other_from=22))
    assert lanes.differ(take, other) == pytest.approx(22, abs=2)
    assert beside(other, take).differ == pytest.approx(22, abs=2)
    assert lanes.differ(take, heard(song(60, seed=2))) == 0.0


def test_one_take_alone_is_one_lane(take):
    shown = lanes.beside({"after": ("/a", take)})
    assert len(shown.takes) == 1 and shown.after.src == "/a"
    assert shown.differ is None and not shown.is_matched
    assert lanes.beside({}) is None


def test_silence_has_a_line_and_no_loudness():
    shown = beside(Sound(2.0, None, (0, 0)), Sound(2.0, -20.0, (200, 210)))
    assert shown.loudnesses == [-20.0] and not shown.is_matched
    assert shown.takes[0].line.startswith("M2 29v2")


@pytest.mark.parametrize(
    "wrong",
    [
        {"seconds": "<b>"},
        {"seconds": float("nan")},
        {"seconds": 0},
        {"seconds": True},
        {"seconds": 1e12},
        {"waveform": []},
        {"waveform": [0] * 481},
        {"waveform": [256]},
        {"waveform": ["<script>"]},
        {"waveform": {"0": 1}},
        {"waveform": None},
    ],
)
def test_facts_that_make_no_sense_are_no_sound(wrong):
    facts = {"seconds": 2.0, "loudness": -20.0, "waveform": [1, 2, 3]}
    assert lanes.known("sound", facts) == Sound(2.0, -20.0, (1, 2, 3))
    assert lanes.known("picture", facts) is None
    assert lanes.known("sound", facts | wrong) is None


@pytest.mark.parametrize("loudness", [None, "loud", -70.1, 31, float("inf"), float("nan")])
def test_a_loudness_that_makes_no_sense_is_none(loudness):
    known = lanes.known("sound", {"seconds": 2.0, "loudness": loudness, "waveform": [1]})
    assert known and known.loudness is None


def test_lengths_and_levels_are_said_in_both_languages():
    said = [words.lasting(one) for one in (3.24, 41.4, 161, 59.7, 3600, 3725)]
    assert said == ["3.2 s", "41 s", "2 min 41", "1 min 00", "1 h 00", "1 h 02"]
    assert [words.clock(one) for one in (62.9, 3727)] == ["1:02", "1:02:07"]
    assert words.decimal(-14.2) == "−14.2"
    with translation.override("fr"):
        assert (words.lasting(3.24), words.decimal(-14.2)) == ("3,2 s", "−14,2")
