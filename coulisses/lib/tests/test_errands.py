"""Errands go on whatever one of them meets."""

import threading
import time

from coulisses.lib import errands


def test_an_errand_is_run_again_while_there_is_more_and_after_a_failure(monkeypatch):
    monkeypatch.setattr(errands, "_known", [])
    turns, enough = [], threading.Event()

    def clean() -> bool:
        turns.append(len(turns))
        if len(turns) == 2:
            raise RuntimeError("the broom broke")
        if len(turns) >= 4:
            enough.set()
        return len(turns) % 2 == 1

    errands.every(0.01, clean)
    errands.every(0.01, clean)
    runner = errands.Runner()
    runner.start()
    assert enough.wait(60)
    runner.end()
    assert len(runner._threads) == 1
    assert turns[:4] == [0, 1, 2, 3]


def test_a_process_without_errands_still_runs_those_about_what_it_alone_knows(monkeypatch):
    monkeypatch.setattr(errands, "_known", [])
    own, shared = threading.Event(), threading.Event()
    errands.every(0.01, lambda: bool(own.set()), is_own=True)
    errands.every(0.01, lambda: bool(shared.set()))
    runner = errands.Runner()
    runner.start(only_own=True)
    assert own.wait(60)
    runner.end()
    assert not shared.is_set()
    assert len(runner._threads) == 1


def test_whoever_is_called_does_not_rest_to_the_end_and_the_others_do(monkeypatch):
    monkeypatch.setattr(errands, "_known", [])
    turns, called, other = [], threading.Semaphore(0), threading.Event()

    def look() -> bool:
        turns.append(len(turns))
        called.release()
        return False

    errands.every(600, look, is_called=True)
    errands.every(600, lambda: bool(other.set()))
    runner = errands.Runner()
    runner.start()
    for _call in range(20):  # a burst is one turn, or two: what is told during one comes after it
        runner.call()
    assert called.acquire(timeout=60)
    runner.call()
    assert called.acquire(timeout=60)
    runner.end()
    for thread in runner._threads:
        thread.join(60)
    assert len(turns) <= 3 and not other.is_set()


def test_between_two_turns_of_an_errand_that_gives_way_others_write(monkeypatch):
    monkeypatch.setattr(errands, "_known", [])
    begun, ended, enough = [], [], threading.Event()

    def write() -> bool:
        begun.append(time.monotonic())
        time.sleep(0.04)
        ended.append(time.monotonic())
        if len(ended) == 3:
            enough.set()
        return len(ended) < 3

    errands.every(0.01, write, gives_way=True)
    runner = errands.Runner()
    runner.start()
    assert enough.wait(60)
    runner.end()
    pauses = [later - end for end, later in zip(ended, begun[1:3], strict=False)]
    assert all(pause >= 0.04 for pause in pauses)
