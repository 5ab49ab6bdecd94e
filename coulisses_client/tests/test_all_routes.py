"""Every route of a house has a method of the client, or a reason for having none."""

import re
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import httpx
import pytest
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from django.urls import resolve

from coulisses.api import limits
from coulisses.api.urls import api
from coulisses.projects import rules, scopes
from coulisses.testing import given
from coulisses_agent.tests.repositories import picture
from coulisses_client import House, Project, Refused
from coulisses_client.studio import Studio

pytestmark = pytest.mark.django_db

WITHOUT = {
    "OPTIONS /api/v1/projects/{studio}/{project}/arrivals": "what tus clients of others ask first",
    "DELETE /api/v1/projects/{studio}/{project}/arrivals/{arrival}": "it goes by itself in 3 days",
    "POST /api/v1/hooks/{hook_id}": "forges speak there, in a manner of their own",
}
NOT_UNDERSTOOD = {"", "nothing-there", "method-not-allowed", "body-malformed", "body-not-json"}
WHEN, LONG, VERSION = "2030-01-01T10:00:00Z", b"plank " * 200_000, "file:4f1c"

# Asked in this order, of a project that has been told a little.
AT_A_PROJECT: list[Callable[[Project], Any]] = [
    lambda one: one.open("Boat"),
    lambda one: one.face(),
    lambda one: one.dress(line="Oak"),
    lambda one: one.cover("poster", poster=2),
    lambda one: one.bring_cover("hull.png", picture(), alt="a hull"),
    lambda one: one.choose_originals("stay"),
    lambda one: one.address(),
    lambda one: one.move("barge"),
    lambda one: one.move("boat"),
    lambda one: one.forget_address("barge"),
    lambda one: one.shift(-1),
    lambda one: one.shows_names(),
    lambda one: one.show_names(),
    lambda one: one.raise_curtain(),
    lambda one: one.pause("Rain"),
    lambda one: one.resume(),
    lambda one: one.finish("Afloat"),
    lambda one: one.reopen(),
    lambda one: one.struck(),
    lambda one: one.strike(1),
    lambda one: one.spare(1),
    lambda one: one.figures(7),
    lambda one: one.cues(),
    lambda one: one.since(1, day="2026-05-03"),
    lambda one: list(one.viewers()),
    lambda one: one.let_watch("Dan"),
    lambda one: one.close("abc"),
    lambda one: one.tell("note", "Keel"),
    lambda one: one.attach("long.txt", LONG),
    lambda one: list(one.entries()),
    lambda one: one.entry(1),
    lambda one: one.amend(3, title="A keel"),
    lambda one: one.take_back(3),
    lambda one: one.shred(3, "mine"),
    lambda one: one.unfold(3),
    lambda one: list(one.pins()),
    lambda one: one.pin(1),
    lambda one: one.unpin(1),
    lambda one: one.title(1, "An afternoon"),
    lambda one: list(one.sittings()),
    lambda one: list(one.days()),
    lambda one: list(one.files()),
    lambda one: list(one.life("hull.png")),
    lambda one: one.upload("hull.png", picture(), words="The hull"),
    lambda one: one.follow("weekly"),
    lambda one: one.unfollow(),
    lambda one: one.unknown(["file:4f1c"]),
    lambda one: one.capture([]),
    lambda one: one.wanted([VERSION]),
    lambda one: one.show(VERSION, {"reader": "text"}, {"text": (b"A plank.", "text/plain")}),
    lambda one: one.keep(VERSION, b"A plank.", {"original": "abc"}),
    lambda one: list(one.waiting()),
    lambda one: one.release(1),
    lambda one: one.drop(1),
    lambda one: list(one.dropped()),
    lambda one: one.recover([1]),
    lambda one: one.hold([1]),
    lambda one: one.sentence("note", "Planks", over=[1]),
    lambda one: one.sessions(),
    lambda one: one.session(1),
    lambda one: one.start("Sanding"),
    lambda one: one.join(),
    lambda one: one.note("Dust"),
    lambda one: one.end(),
    lambda one: one.announce(WHEN, "Steaming"),
    lambda one: one.put_off(2, WHEN, "Bending"),
    lambda one: one.call_off(2, "Rain"),
    lambda one: one.drafts.begin(kind="note", title="Later"),
    lambda one: list(one.drafts),
    lambda one: list(one.drafts.proposals()),
    lambda one: one.drafts.read("abc"),
    lambda one: one.drafts.write("abc", title="Soon"),
    lambda one: one.drafts.remove("abc"),
    lambda one: one.drafts.restore("abc"),
    lambda one: one.drafts.tell("abc"),
    lambda one: one.drafts.set_hour("abc", WHEN),
    lambda one: one.drafts.ask("abc"),
    lambda one: one.drafts.take_up("abc"),
    lambda one: one.drafts.release("abc", 1),
    lambda one: one.drafts.give_back("abc", 1, "Shorter?"),
    lambda one: list(one.doubts),
    lambda one: one.doubts.move(1, "tried", "A darker red"),
    lambda one: list(one.doubts.leads(1)),
    lambda one: one.doubts.answer(1, 1, "kept"),
    lambda one: one.doubts.offer(1, "Ochre"),
    lambda one: one.doubts.develop(1, 1, "Or umber"),
    lambda one: one.doubts.take_back(1),
    lambda one: one.learn(1, "Glue first"),
    lambda one: list(one.voices.under(1)),
    lambda one: list(one.voices.answers(1)),
    lambda one: one.voices.read(1),
    lambda one: one.voices.say(1, "Ahoy"),
    lambda one: one.voices.show(1, "keel.png", b"none", words="Mine"),
    lambda one: one.voices.amend(1, "Ahoy!"),
    lambda one: one.voices.take_back(1),
    lambda one: one.voices.hide(1, "It hurts"),
    lambda one: one.voices.restore(1),
    lambda one: one.voices.ask_to_rest(1, 2, "It hurts"),
    lambda one: one.cheers.words(),
    lambda one: one.cheers.choose("Ahoy"),
    lambda one: one.cheers.read(1),
    lambda one: one.cheers.give(1, "courage"),
    lambda one: one.cheers.take_back(1, "courage"),
    lambda one: list(one.decisions),
    lambda one: one.decisions.read(1),
    lambda one: one.decisions.put("Which?", ["Red", "Blue"], "2026-12-01T18:00:00+01:00"),
    lambda one: one.decisions.vote(1, "a"),
    lambda one: one.decisions.close(1),
    lambda one: one.decisions.answer(1, "Red it is", "a"),
    lambda one: one.decisions.withdraw(1, "It is painted"),
    lambda one: one.brainstorm.read(),
    lambda one: list(one.brainstorm.ideas(order="dots")),
    lambda one: one.brainstorm.idea(1),
    lambda one: list(one.brainstorm.families()),
    lambda one: one.brainstorm.throw("A map"),
    lambda one: one.brainstorm.take_back(1),
    lambda one: one.brainstorm.purse(),
    lambda one: one.brainstorm.place(1),
    lambda one: one.brainstorm.lift(1),
    lambda one: one.brainstorm.unmask(),
    lambda one: one.brainstorm.plan(),
    lambda one: one.brainstorm.change("How?"),
    lambda one: one.brainstorm.call(),
    lambda one: one.brainstorm.call_off("Rain"),
    lambda one: one.brainstorm.begin("throw", 5),
    lambda one: one.brainstorm.extend(5),
    lambda one: one.brainstorm.stop(),
    lambda one: one.brainstorm.go_on(),
    lambda one: one.brainstorm.show("black"),
    lambda one: one.brainstorm.doors(is_closed=True),
    lambda one: one.brainstorm.hide(1, "It hurts"),
    lambda one: one.brainstorm.restore(1),
    lambda one: one.brainstorm.ask_to_rest(1, 1, "It hurts"),
    lambda one: one.brainstorm.settle(1, is_kept=True),
    lambda one: one.brainstorm.unsettle(1),
    lambda one: one.brainstorm.close(),
    lambda one: one.brainstorm.begin_family("Maps", [1]),
    lambda one: one.brainstorm.rename(1, "Streets"),
    lambda one: one.brainstorm.join(1, 2),
    lambda one: one.brainstorm.gather([1], 1),
    lambda one: one.brainstorm.merge([1], 2),
    lambda one: one.brainstorm.undo(),
    lambda one: one.brainstorm.proposals(),
    lambda one: one.brainstorm.propose(),
    lambda one: one.brainstorm.accept(1),
    lambda one: one.brainstorm.dismiss(1),
    lambda one: one.brainstorm.as_one(1, 1),
    lambda one: one.brainstorm.as_two(1),
    lambda one: list(one.guests),
    lambda one: one.guests.verify("v" * 26),
    lambda one: one.guests.code(),
    lambda one: one.guests.make_code(),
    lambda one: one.guests.end_code(),
    lambda one: one.guests.terms(),
    lambda one: one.guests.choose_terms("free"),
    lambda one: one.manners.read(),
    lambda one: one.manners.choose(slow=5),
    lambda one: list(one.manners.acts()),
    lambda one: list(one.manners.waits()),
    lambda one: list(one.manners.held()),
    lambda one: one.manners.release(1),
    lambda one: one.manners.refuse(1, "It hurts"),
    lambda one: list(one.manners.resting()),
    lambda one: list(one.manners.appeals()),
    lambda one: one.manners.answer(1, "stands", "It was not"),
    lambda one: one.manners.let_speak("v" * 26),
    lambda one: one.manners.close(1, "All is said"),
    lambda one: one.manners.reopen(1),
    lambda one: one.credits.roles(),
    lambda one: list(one.credits.of("voice")),
    lambda one: one.credits.mine(),
    lambda one: one.credits.choose("alias", "The cooper"),
    lambda one: one.credits.thank("Zoë", "test"),
    lambda one: one.credits.take_out(1),
    lambda one: one.credits.put_back(1),
    lambda one: one.credits.tie(1, 1, "shaped"),
    lambda one: one.credits.untie(1, 1),
    lambda one: one.credits.hold_place("v" * 26),
    lambda one: one.credits.let_place_go("v" * 26),
    lambda one: list(one.webhooks),
    lambda one: one.webhooks.add("https://bot.example/x", "doubt"),
    lambda one: one.webhooks.read("abc"),
    lambda one: one.webhooks.pause("abc"),
    lambda one: one.webhooks.go_on("abc"),
    lambda one: one.webhooks.turn_secret("abc"),
    lambda one: one.webhooks.test("abc"),
    lambda one: list(one.webhooks.deliveries("abc")),
    lambda one: one.webhooks.remove("abc"),
    lambda one: one.hooks.open("github"),
    lambda one: one.hooks.close("abc"),
    lambda one: one.reels.ask("hull.png"),
    lambda one: one.reels.of("hull.png"),
    lambda one: one.reels.fetch(1),
    lambda one: one.exports.ask("public"),
    lambda one: list(one.exports),
    lambda one: one.exports.read("abc"),
    lambda one: one.exports.fetch("abc", start=1, length=2),
    lambda one: one.exports.let_go("abc"),
]
AT_A_STUDIO: list[Callable[[Studio], Any]] = [
    lambda one: one.face(),
    lambda one: one.describe("Atelier", "Boats"),
    lambda one: one.address(),
    lambda one: one.move("yard"),
    lambda one: one.move("atelier"),
    lambda one: one.forget_address("yard"),
    lambda one: list(one.letters()),
    lambda one: one.put_away(10**6),
    lambda one: list(one.team()),
    lambda one: one.hand_over(10**6),
    lambda one: one.give_role(10**6, "maker"),
    lambda one: one.let_go(10**6),
    lambda one: list(one.invitations()),
    lambda one: one.invite("Cleo"),
    lambda one: one.take_back(10**6),
    lambda one: one.prepare_brainstorm("How do we ride when it is dark?"),
    lambda one: list(one.tokens()),
    lambda one: one.make_token("other", "read"),
    lambda one: one.revoke("0" * 64),
]
AT_A_HOUSE: list[Callable[[House], Any]] = [
    lambda one: list(one.projects()),
    lambda one: list(one.projects("atelier")),
    lambda one: list(one.search("keel")),
    lambda one: list(one.following()),
    lambda one: list(one.notices()),
    lambda one: one.read_notice(10**6),
    lambda one: one.read_notices(),
    lambda one: one.mute(10**6),
    lambda one: one.muted(),
    lambda one: one.unmute(10**6),
    lambda one: one.how_told(),
    lambda one: one.choose("none", zone="Europe/Paris"),
    lambda one: one.report("atelier", "boat", "other", "A splinter"),
    lambda one: one.receipt("https://house.example/reports/abc"),
    lambda one: one.open_studio("quay", "The quay"),
]


class Noted(httpx.BaseTransport):
    """The house itself, asked without a network; it notes which routes are asked for."""

    def __init__(self) -> None:
        self._real = httpx.WSGITransport(app=get_wsgi_application())
        self.routes: set[str] = set()

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        route = re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", resolve(request.url.path).route)
        self.routes.add(f"{request.method} /{route}")
        return self._real.handle_request(request)


@pytest.fixture
def noted() -> Any:
    """A house at hand; requests leave the test's connection as it is."""
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    limits.forget()
    yield Noted()
    for signal in signals:
        signal.connect(close_old_connections)


def ask(what: Callable[[Any], Any], of: Any) -> None:
    with suppress(Refused):
        try:
            what(of)
        except Refused as refused:
            assert refused.name not in NOT_UNDERSTOOD, f"{refused.answer.request.url}: {refused}"
            raise


def test_every_route_has_a_method_or_a_reason_for_none(noted):
    project = given.project()
    token = rules.issue_token(
        project.studio, given.ana(), label="client", at=given.NOON, can=scopes.OFFERED
    )
    with House("http://testserver", token, patience=0) as door:
        door.line._client = httpx.Client(headers=door.line._client.headers, transport=noted)
        for at_project in AT_A_PROJECT:
            ask(at_project, door.project("atelier", "boat"))
        for at_studio in AT_A_STUDIO:
            ask(at_studio, door.of("atelier"))
        for at_house in AT_A_HOUSE:
            ask(at_house, door)
    there = {
        f"{method.upper()} {path}"
        for path, operations in api.get_openapi_schema()["paths"].items()
        for method in operations
    }
    assert set(WITHOUT) <= there
    assert there - noted.routes - set(WITHOUT) == set()
    assert noted.routes & set(WITHOUT) == set()
