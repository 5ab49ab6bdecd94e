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
