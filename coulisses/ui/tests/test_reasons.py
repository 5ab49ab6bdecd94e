"""What is not shown is said with its reason, in words."""

from django.utils import translation

from coulisses.ui import reasons


def test_files_are_counted_and_every_other_trouble_has_its_sentence():
    missing = [
        {"path": "hull.py", "reason": "missing"},
        {"path": "deck.py", "reason": "missing"},
        {"path": "", "reason": "absurd_date"},
    ]
    with translation.override("en"):
        files, clock = reasons.troubles(missing)
    assert files == "2 files are missing from this copy of the history."
    assert clock.startswith("The clock of this save was wrong")


def test_a_reason_that_nobody_has_words_for_is_still_said():
    with translation.override("en"):
        assert reasons.troubles([{"path": "", "reason": "moonlight"}]) == [
            "A part of it could not be read."
        ]
        assert reasons.secret("aws_access_key") == "aws access key"
