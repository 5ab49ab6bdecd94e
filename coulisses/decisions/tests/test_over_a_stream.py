"""A vote over a stream: its question, how many have voted, and nothing that voters don’t see."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from coulisses.decisions import closing
from coulisses.decisions.tests.voting import cast, put
from coulisses.testing import given

pytestmark = pytest.mark.django_db


def over(project, client=None):
    return (client or Client()).get(f"{project.path}obs/?show=vote").content.decode()


def test_a_stream_says_how_many_have_voted_and_for_what_only_at_the_end():
    decision = put(shown="after_vote")
    project, ana = decision.project, given.come_in(Client(), given.ana())
    cast(decision, "a", "a", "b")
    for html in (over(project), over(project, ana)):
        assert "Which colour for the hull?" in html and "Ochre" in html and "3 votes" in html
        assert "<progress" not in html and "is-winner" not in html
        assert f'data-until="{decision.closes_at:%Y-%m-%dT%H:%M}' in html
    closing.close(decision, by=given.ana().voice_id, at=timezone.now())
    html = over(project)
    assert html.count("<progress") == 3 and html.count('class="is-winner"') == 1
    assert "closes" not in html


def test_a_result_stands_over_a_stream_for_ten_minutes():
    long_ago = timezone.now() - timedelta(hours=1)
    decision = put(at=long_ago, closes_at=timezone.now() + timedelta(hours=1))
    by = given.ana().voice_id
    closing.close(decision, by=by, at=timezone.now() - timedelta(minutes=11))
    assert "Which colour" not in over(decision.project)
    later = put(decision.project, question="Which oar?")
    closing.close(later, by=by, at=timezone.now() - timedelta(minutes=9))
    assert "Which oar?" in over(decision.project)


def test_what_members_decide_is_never_laid_over_a_stream():
    project, cleo = given.project(), given.cleo()
    circle = given.tier(project, cleo)
    hushed = put(project, question="Hush?", audience=circle.pk)
    client = given.come_in(Client(), cleo)
    assert "Hush?" not in over(project, client)
    closing.close(hushed, by=given.ana().voice_id, at=timezone.now())
    assert "Hush?" not in over(project, client) + over(project)
