"""The wall: what whoever takes part reads there and does."""

import pytest
from django.test import Client

from coulisses.brainstorms.models import Idea
from coulisses.brainstorms.tests import storming

pytestmark = pytest.mark.django_db

WALL = "/@atelier/night/wall/"


def test_an_idea_that_a_passer_by_throws_under_a_name_stands_on_the_wall(client):
    storming.begun(storming.called(), "throw")
    said = {"words": "A map of empty streets", "name": "Gus"}
    answer = client.post(f"{WALL}ideas", said, headers={"Sec-Fetch-Site": "same-origin"})
    idea = Idea.objects.get()
    assert answer.status_code == 302 and answer["Location"] == f"{WALL}#idea-{idea.position}"
    page = Client().get(WALL).content.decode()
    assert "A map of empty streets" in page and "Gus" in page
