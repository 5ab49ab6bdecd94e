"""Both languages say everything."""

import pytest

from tools import words


def test_every_message_is_said_well_in_every_language():
    assert words.holes() == []


@pytest.mark.parametrize(
    ("english", "french", "problem"),
    [
        ("Raise the curtain!", "Lever le rideau !", "ill set"),
        ("Raise the curtain!", "Lever le rideau!", "ill set"),
        ("It's up", "C'est levé", "ill set"),
        ("%(count)s doubts", "des doutes", "holds"),
        ("Raise the curtain!", "", "not translated"),
    ],
)
def test_a_message_said_badly_is_found(english, french, problem):
    assert problem in next(words._wrong((english,), french))


def test_the_agents_sentences_are_looked_for_in_its_own_catalogue():
    [agents] = (
        po for locale in words.CATALOGUES for po in words._catalogues(locale) if "agent" in po.name
    )
    said = dict(words._said(("coulisses_agent",)))
    assert ("", "The agent stopped.") in said and ("", "An agent is running.") in said
    assert list(words._compare(agents, said)) == []
    said["", "Unheard of."] = "a.py"
    assert list(words._compare(agents, said)) == ["'Unheard of.' (a.py) has no entry"]


def test_a_message_said_well_is_let_be():
    said = (
        "«\N{NARROW NO-BREAK SPACE}%(title)s\N{NARROW NO-BREAK SPACE}» est levé\N{NO-BREAK SPACE}!"
    )
    assert list(words._wrong(("“%(title)s” is up!",), said)) == []
