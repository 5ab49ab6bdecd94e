"""A house that dies while people vote: what was acknowledged is counted, once."""

import collections
import secrets
import signal
import threading
import time
import urllib.error
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from urllib.parse import urlencode

from django.utils import timezone

from coulisses.decisions import queries
from coulisses.decisions.models import Ballot, Decision
from coulisses.decisions.tests.voting import address, put
from coulisses.lib import ids
from coulisses.log.models import Entry
from coulisses.testing import given

VOTERS = 24


class Once(urllib.request.HTTPRedirectHandler):
    """Takes the answer to a ballot for what it is, and follows it nowhere."""

    def redirect_request(self, *_asked):
        return None


def vote(url, key):
    """Send one ballot until it is acknowledged, each time without a session."""
    body = urlencode({"option": key, "once": secrets.token_urlsafe(24)}).encode()
    asked = urllib.request.Request(url, body, {"Sec-Fetch-Site": "same-origin"})
    until = time.monotonic() + 100
    while time.monotonic() < until:
        try:
            urllib.request.build_opener(Once).open(asked, timeout=30)
        except urllib.error.HTTPError as answer:
            assert answer.code == 302, answer.read()
            return key
        except OSError:
            time.sleep(0.1)
    raise AssertionError("no answer")


def test_every_acknowledged_ballot_is_counted_once_though_the_house_was_killed(house):
    decision = put(given.project(ids.new()))
    url = f"{house.url}{address(decision)}"
    heard = threading.Semaphore(0)

    def one(number):
        key = vote(url, "abc"[number % 3])
        heard.release()
        return key

    with ThreadPoolExecutor(6) as people:
        cast = [people.submit(one, number) for number in range(VOTERS)]
        for _some in range(VOTERS // 3):
            heard.acquire()
        house.close(signal.SIGKILL)
        house.open()
        acknowledged = collections.Counter(each.result() for each in cast)
    assert queries.totals(decision, queries.ballots([decision])[decision.pk]) == acknowledged
    assert Ballot.objects.filter(decision=decision).count() == VOTERS
    assert Decision.objects.get(pk=decision.pk).turnout == VOTERS


def test_a_vote_that_was_due_while_the_house_was_dead_is_closed_when_it_is_back_and_once(house):
    decision = put(given.project(ids.new()))
    house.close(signal.SIGKILL)
    Decision.objects.filter(pk=decision.pk).update(closes_at=timezone.now() - timedelta(hours=1))
    house.open()
    told = Entry.objects.filter(log=decision.project.work, kind="decision.closed")
    until = time.monotonic() + 60
    while not told.exists() and time.monotonic() < until:
        time.sleep(0.1)
    assert told.count() == 1
    assert Decision.objects.get(pk=decision.pk).closed_position == told.get().position
