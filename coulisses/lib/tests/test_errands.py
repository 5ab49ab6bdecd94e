"""Errands go on whatever one of them meets."""

import threading

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
    assert enough.wait(10)
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
    assert own.wait(10)
    runner.end()
    assert not shared.is_set()
    assert len(runner._threads) == 1
