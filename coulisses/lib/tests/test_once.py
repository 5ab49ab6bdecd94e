"""What is asked for many is asked once, and forgotten when that is over."""

import pytest

from coulisses.lib import once


def test_within_an_act_a_question_is_asked_once_for_each_of_its_arguments():
    heard = []

    @once.asked
    def ask(word, *, loud=False):
        heard.append(word)
        return word.upper() if loud else word

    with once.for_all():
        assert [ask("a"), ask("a"), ask("b"), ask("a", loud=True)] == ["a", "a", "b", "A"]
    assert heard == ["a", "b", "a"]
    assert [ask("a"), ask("a")] == ["a", "a"]
    assert heard == ["a", "b", "a", "a", "a"]


def test_what_a_question_raises_is_asked_again():
    tries = []

    @once.asked
    def ask():
        tries.append(1)
        raise LookupError

    with once.for_all():
        for _ in range(2):
            with pytest.raises(LookupError):
                ask()
    assert len(tries) == 2
