"""A question at hand, and whoever votes on it."""

from datetime import timedelta

from django.test import Client
from django.utils import timezone

from coulisses.decisions import rules
from coulisses.decisions.rules import Option, Plan
from coulisses.testing import given

HERE = {"headers": {"Sec-Fetch-Site": "same-origin"}}  # what a browser says of a page's own form
COLOURS = ("Red", "Blue", "Ochre")


def plan(*, options=COLOURS, **said):
    """Return a plan: which colour, for three days, unless said otherwise."""
    at = said.pop("at", timezone.now())
    return Plan(
        question=said.pop("question", "Which colour for the hull?"),
        closes_at=said.pop("closes_at", at + timedelta(days=3)),
        options=[Option(words) for words in options],
        **said,
    )


def put(project=None, *, at=None, **said):
    """Put a question of Ana's to the vote."""
    at = at or timezone.now()
    project = project or given.project()
    return rules.put(project, plan(at=at, **said), by=given.ana().voice_id, at=at)


def cast(decision, *choices, at=None):
    """Have a guest of their own cast each choice, as `ab` or `b`; return the ballots."""
    at = at or timezone.now()
    return [
        rules.cast(decision, tuple(one), by=given.guest(f"Guest {number}").voice_id, at=at)
        for number, one in enumerate(choices)
    ]


def address(decision):
    """Return where one votes."""
    return f"{decision.project.path}{decision.place}"


def send(client, decision, **said):
    """Send a ballot as a page does."""
    return client.post(address(decision), said, **HERE)


def browser(who=None):
    """Return a browser of somebody's: a passer-by's, or one that is signed in."""
    client = Client()
    return given.come_in(client, who) if who else client
