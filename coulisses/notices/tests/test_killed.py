"""A process that is killed while it tells many: whoever comes next tells the others, none twice."""

import os
import signal

from django.db import connections
from django.utils import timezone

from coulisses.decisions import answering, closing
from coulisses.decisions.tests.voting import cast, put
from coulisses.notices import pulling, writing
from coulisses.notices.models import Notice, Pulled
from coulisses.projects import telling
from coulisses.testing import given

VOTERS = 60


def test_killed_in_the_middle_everybody_is_told_once(transactional_house, monkeypatch):
    monkeypatch.setattr(writing, "A_TURN", 1)
    at, ana = timezone.now() - 2 * telling.GRACE, given.ana().voice_id
    vote = put(at=at)
    cast(vote, *["a"] * VOTERS, at=at)
    closed = closing.close(vote, by=ana, at=at)
    answering.answer(closed, words="Red it is", chosen=["a"], by=ana, at=at)
    connections.close_all()
    write = writing._write

    def write_three(*said):
        write(*said)
        if Notice.objects.count() == 3:
            os.kill(os.getpid(), signal.SIGKILL)

    child = os.fork()
    if child == 0:
        try:
            writing._write = write_three
            pulling.pull()
        finally:
            os._exit(0)
    assert os.waitpid(child, 0)[1] == signal.SIGKILL
    told = list(Notice.objects.values_list("pk", flat=True))
    assert len(told) == 3 and Pulled.objects.get().work == 0
    while pulling.pull():
        pass
    assert Notice.objects.count() == VOTERS
    assert Notice.objects.filter(pk__in=told).count() == len(told)
    assert Pulled.objects.get().work == 5
