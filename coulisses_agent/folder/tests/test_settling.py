"""When a save is over, by a clock that a hand moves: quiet, restless, growing, gone and back."""

import pytest

from coulisses_agent.folder.moved import Stamp
from coulisses_agent.folder.settling import Pace, Settling

PACE = Pace()
A, B = b"a.kra", b"b.kra"


class Moments:
    """Files as they look from moment to moment; time goes on in steps of a tenth of a second."""

    def __init__(self, pace: Pace = PACE) -> None:
        self.settling = Settling(pace)
        self.now = 100.0
        self.files: dict[bytes, Stamp] = {}
        self._edits = 0

    def save(
        self, path: bytes = A, size: int = 10, inode: int = 1, *, silent: bool = False
    ) -> None:
        """Write a file; unless `silent`, the system gives notice of it."""
        self._edits += 1
        self.files[path] = Stamp(size, self._edits, self._edits, inode)
        if not silent:
            self.settling.stir(path, now=self.now)

    def remove(self, path: bytes = A) -> None:
        """Take a file away."""
        del self.files[path]
        self.settling.stir(path, now=self.now)

    def go_on(self, seconds: float) -> list[bytes]:
        """Let time pass until something is ready, or so long; return what is ready."""
        until = self.now + seconds
        while self.now < until:
            self.now += 0.1
            for path in self.settling.due(now=self.now):
                self.settling.seen(path, self.files.get(path), now=self.now)
            if ready := self.settling.ready(now=self.now):
                for path in ready:
                    self.settling.drop(path)
                return ready
            assert self.settling.next_at(now=self.now) <= self.now + 3600
        return []


@pytest.fixture
def moments() -> Moments:
    """A painting that has just been saved."""
    moments = Moments()
    moments.save()
    return moments


def test_a_save_is_taken_when_the_file_is_quiet_and_not_before(moments: Moments) -> None:
    assert moments.go_on(PACE.quiet - 0.15) == []
    assert moments.go_on(1) == [A]
    assert moments.now - 100 < 2 * PACE.quiet
    assert moments.go_on(100) == []


def test_every_notice_begins_the_quiet_anew(moments: Moments) -> None:
    for _save in range(10):
        assert moments.go_on(0.5) == []
        moments.save()
    assert moments.go_on(1) == [A]


def test_what_moves_without_a_notice_is_waited_for_too(moments: Moments) -> None:
    for _save in range(5):
        assert moments.go_on(0.3) == []
        moments.save(silent=True)
    assert moments.go_on(2.5) == [A]


def test_saves_of_one_moment_are_taken_together(moments: Moments) -> None:
    moments.go_on(0.5)
    moments.save(B)
    assert moments.go_on(3) == [A, B]


def test_a_file_that_is_rewritten_without_a_rest_is_taken_now_and_then(moments: Moments) -> None:
    taken_at = []
    for _tenth in range(1300):
        moments.save()
        taken_at += [moments.now] if moments.go_on(0.1) else []
    assert 1 <= len(taken_at) <= 3
    assert taken_at[0] - 100 <= PACE.longest + 2


def test_a_copy_that_grows_slowly_is_taken_when_it_is_whole(moments: Moments) -> None:
    for size in range(11, 900):
        moments.save(size=size)
        assert moments.go_on(0.3) == []
    assert moments.go_on(2) == [A]


def test_others_do_not_wait_for_ever_for_a_copy_that_grows(moments: Moments) -> None:
    moments.save(B)
    ready: list[bytes] = []
    size = 10
    while not ready:
        size += 1
        moments.save(A, size=size)
        ready = moments.go_on(0.3)
    assert ready == [B]
    assert PACE.quiet <= moments.now - 100 <= PACE.patience + 2


def test_a_file_that_is_gone_for_a_moment_was_never_gone(moments: Moments) -> None:
    moments.remove()
    assert moments.go_on(PACE.gone - 0.2) == []
    moments.save(inode=2)
    assert moments.go_on(2) == [A]


def test_a_file_that_stays_away_is_gone(moments: Moments) -> None:
    moments.go_on(1)
    moments.remove()
    assert moments.go_on(PACE.gone - 0.2) == []
    assert moments.go_on(1) == [A]


def test_what_has_come_to_be_elsewhere_is_gone_without_delay(moments: Moments) -> None:
    moments.go_on(1)
    moments.remove()
    moments.save(B)
    ready: list[bytes] = []
    while not ready:
        moments.now += 0.1
        for path in moments.settling.due(now=moments.now):
            stamp = moments.files.get(path)
            moments.settling.seen(path, stamp, now=moments.now, has_moved=stamp is None)
        ready = moments.settling.ready(now=moments.now)
    assert sorted(ready) == [A, B]
    assert moments.now - 101 < PACE.gone


def test_while_nothing_is_on_its_way_nothing_is_due(moments: Moments) -> None:
    moments.go_on(2)
    assert len(moments.settling) == 0 and not moments.settling.is_expecting
    assert moments.settling.next_at(now=moments.now) == moments.now + 3600
    assert moments.settling.ready(now=moments.now) == []


def test_a_file_that_is_emptied_to_be_filled_is_not_told_as_empty() -> None:
    moments = Moments()
    moments.save(size=0)
    assert moments.go_on(PACE.empty - 1) == []
    moments.save(size=50)
    assert moments.go_on(3) == [A]


def test_a_file_that_stays_empty_is_told_so_and_keeps_nobody_waiting() -> None:
    moments = Moments()
    moments.save(A, size=0)
    moments.save(B)
    assert moments.go_on(3) == [B]
    moments.settling.drop(B)
    assert moments.go_on(PACE.empty) == [A]
