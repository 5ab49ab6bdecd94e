"""The first screen of a wall, on a slow line: what a phone loads between the code and an idea."""

import gzip
import re

import pytest
from django.test import Client
from django.utils import timezone

from coulisses.brainstorms import throwing
from coulisses.brainstorms.tests import storming
from coulisses.people.models import Voice
from coulisses.testing import given
from coulisses.ui import assets

pytestmark = pytest.mark.django_db

MOST = 150 * 1024  # bytes over the line, fonts included
IDEAS = 60  # a first screen’s and far more


def test_a_wall_s_first_screen_weighs_little_with_its_fonts():
    night = storming.begun(storming.called(), "throw")
    for number in range(IDEAS):
        voice = Voice.objects.create(name=f"Voice {number}", is_named=True)
        words = f"Idea {number}: capes sewn by the theatres next door, lent out like umbrellas."
        throwing.throw(night, words, by=voice.pk, at=timezone.now())
    storming.begun(night, "vote", at=given.minutes(1))
    page = Client().get("/@atelier/night/wall/").content
    named = set(re.findall(rb'"(/static/built/[^"]+\.(?:css|js))"', page))
    built = [assets.BUILT / name.decode().rpartition("/")[2] for name in named]
    assert {one.name.split("-")[0] for one in built} == {"ui", "wall"}
    # Fonts are packed already; of what a page’s letters need, those of all Latin words.
    fonts = [one for one in assets.BUILT.glob("*-latin-*.woff2") if not _is_rare(one.name)]
    packed = [page, *(one.read_bytes() for one in built)]
    weight = sum(len(gzip.compress(one, 6)) for one in packed)
    weight += sum(one.stat().st_size for one in fonts)
    assert len(fonts) == 3 and weight <= MOST, weight


def _is_rare(name):
    return "-ext-" in name or "italic" in name
