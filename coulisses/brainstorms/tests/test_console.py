"""The console shows what is so, right after each act of the host's, and counts everybody once."""

import re

import pytest
from django.test import Client
from django.utils import timezone

from coulisses.brainstorms import gathering, hosted, hosting, throwing, voting
from coulisses.brainstorms.hosted import Counts
from coulisses.brainstorms.models import Purse
from coulisses.brainstorms.tests import storming
from coulisses.people.models import Voice
from coulisses.projects import heard
from coulisses.projects.gates import Waits
from coulisses.testing import given

pytestmark = pytest.mark.django_db

CONSOLE = "/desk/@atelier/night/wall/"
SCRIPT = {"HTTP_ACCEPT": "application/json"}
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="\w+"')


def shown_in(answer):
    """Return what an answer shows of the console, as its script takes it."""
    return TOKEN.sub(
        "", answer.content.decode().partition("<host-console")[2].partition("</host-")[0]
    )


def throw(night, words, by):
    return throwing.throw(night, words, by=by, at=timezone.now())


@pytest.mark.both_databases
def test_everybody_is_counted_once_behind_a_mask_too():
    night = storming.begun(storming.called(names="asked"), "throw")
    bo, cleo, dan = given.bo().voice_id, given.cleo().voice_id, given.guest("Dan").voice_id
    at = given.NOON
    throw(night, "A map", bo)
    gone = throw(night, "Nothing", dan)
    masked = throwing.throw(night, "Soup", by=cleo, at=timezone.now(), without_name=True)
    hidden = throw(night, "Rude", bo)
    gathering.begin_family(night, "Light", by=given.ana().voice_id, at=at)
    heard.hide(night.project, hidden.position, reason="It hurts", at=at)
    night.project.ideas.filter(position=gone.position).update(is_gone=True)
    night = storming.begun(night, "vote")
    for voice in (bo, cleo, given.guest("Eli").voice_id):
        voting.place(night, masked.position, by=voice, at=at)
    Purse.objects.create(project=night.project, voice=Voice.objects.create(), most=9)
    shown = Counts(voices=4, ideas=2, families=1, waiting=0, voters=3, unheard=0)
    assert hosted.counts(night) == shown


def test_what_the_host_does_stands_in_the_answer_to_their_script():
    night = storming.called(looks_first=True)
    ana, shown = given.come_in(Client(), given.ana()), set()

    def act(place, **form):
        answer = ana.post(f"{CONSOLE}{place}", form, **SCRIPT)
        assert answer.status_code == 200, (place, answer.content)
        assert shown_in(answer) == shown_in(ana.get(CONSOLE)), place
        shown.add(shown_in(answer))

    act("phase", phase="throw", minutes="10")
    with pytest.raises(Waits):
        throw(storming.now(night), "A map", given.guest("Dan").voice_id)
    act("waiting/", held=str(night.project.held.get().pk))
    position = str(night.project.ideas.get().position)
    act("screen", show="idea", idea=position)
    act("doors", act="close")
    act("doors", act="trust")
    act("doors", act="slow", seconds="30")
    act(f"ideas/{position}", act="hide", reason="It hurts")
    act(f"ideas/{position}", act="restore")
    act("clock", act="stop")
    act("clock", act="go_on")
    act("phase", phase="gather")
    assert len(shown) >= 9  # shown again it is as it was before


def test_a_form_without_a_script_leads_back_to_the_console():
    storming.begun(storming.called(), "throw", minutes=5)
    ana = given.come_in(Client(), given.ana())
    assert ana.post(f"{CONSOLE}clock", {"act": "stop"})["Location"] == CONSOLE
    refused = ana.post(f"{CONSOLE}clock", {"act": "stop"}, **SCRIPT)
    assert refused.status_code == 409 and "detail" in refused.json()


def test_counts_cost_two_questions_whatever_is_on(django_assert_num_queries):
    night = storming.begun(storming.called(), "throw")
    hosting.stop(night, by=given.ana().voice_id, at=given.NOON)
    with django_assert_num_queries(2):
        hosted.counts(night)
