"""Turns: who failed rests a while, and longer each time."""

import time

from coulisses.lib import turns


def test_who_failed_rests_longer_each_time_and_is_like_the_others_once_it_went_well(monkeypatch):
    now, tried = 0.0, []
    monkeypatch.setattr(time, "monotonic", lambda: now)
    errand, is_broken = turns.Turns("sweeping"), True

    def sweep():
        tried.append(now)
        assert not is_broken

    while now < 1000:
        if "stage" not in errand.resting():
            errand.take("stage", sweep)
        assert "foyer" not in errand.resting()
        now += 1
    assert tried[:5] == [0, 2, 6, 14, 30] and tried[-1] - tried[-2] == turns.LONGEST_REST
    is_broken, now = False, 2000.0
    errand.take("stage", sweep)
    is_broken = True
    errand.take("stage", sweep)
    now += turns.FIRST_REST
    assert errand.resting() == []
