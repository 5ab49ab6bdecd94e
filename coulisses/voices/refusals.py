"""What this room refuses, by name."""

from django.utils.translation import gettext_lazy as _

from coulisses.lib.refusals import Refusal


class NothingSaid(Refusal):
    """Neither words that can be seen, nor a file."""

    status = 422
    sentence = _("There is nothing to read in it yet: write a few words, or add a picture.")


class SaidTooLong(Refusal):
    """What was said passes the limit."""

    status = 422
    sentence = _("That is too long to be said in one go: at most %(most)s characters.")


class OnlyWorkIsSpokenOf(Refusal):
    """A pin, a title, other words: they speak of an entry themselves. Or its words are gone."""

    status = 409
    sentence = _("Nothing more can be said under this entry. What was said stays.")


class WatchersListen(Refusal):
    """Who watches a rehearsal by a link reads, and does nothing."""

    status = 403
    sentence = _("By this link one watches, and says nothing.")


class ThreadUnknown(Refusal):
    """An answer to what was never said under this entry."""

    status = 404
    sentence = _("What you answer to was not said under this entry.")


class WordNotFound(Refusal):
    """Nothing was said there that the asker may read."""

    status = 404
    sentence = _("Nothing was said at this place.")


class NotYourWords(Refusal):
    """Only whoever said it says it anew or takes it back."""

    status = 403
    sentence = _("Only whoever said it can change it.")


class TakenBackAlready(Refusal):
    """The words are gone."""

    status = 410
    sentence = _("What was said here was taken back.")


class SaidAnewEnough(Refusal):
    """Words were changed more often than anybody reads: each time is kept."""

    status = 409
    sentence = _("You have said this anew %(most)s times. Take it back, or answer beneath it.")


class TooManyShown(Refusal):
    """A word shows a few pictures."""

    status = 422
    sentence = _("At most %(most)s pictures go with what one says.")


class ShownTooLarge(Refusal):
    """A file passes the limit."""

    status = 413
    sentence = _("“%(name)s” is too large: at most %(mib)s MiB.")


class ShownUnreadable(Refusal):
    """A file is no picture that the house can read."""

    status = 422
    sentence = _("“%(name)s” cannot be read as a picture.")


class AttemptUnreadable(Refusal):
    """An attempt is something that can be seen, heard or read here."""

    status = 422
    sentence = _("“%(name)s” can be neither seen, heard nor read here.")


class NoteUnreadable(Refusal):
    """A file is no sound that the house can read."""

    status = 422
    sentence = _("“%(name)s” cannot be heard here. WAV, FLAC, MP3, Ogg, Opus, WebM and M4A can.")


class NoteTooLong(Refusal):
    """A sound note is a remark."""

    status = 422
    sentence = _("A sound note lasts at most %(minutes)s minutes.")


class NoRoomForStrangers(Refusal):
    """What is left of a studio's room is for its team, and for people whom the house knows."""

    status = 413
    sentence = _(
        "There is little room left here, and it is kept for people whom the house knows. Say it in "
        "words, or show an address first: files can come after that."
    )


class EnoughOfStrangers(Refusal):
    """Of people whom nobody knows, so many files a day are looked at in a project."""

    status = 429
    wait = 720
    sentence = _(
        "Many files of people whom nobody knows have come here today. Say it in words, or show an "
        "address first: files can come after that."
    )


class PlaceUnknown(Refusal):
    """A place in a file that the entry does not show, or outside of it."""

    status = 422
    sentence = _("The entry has no such place. Choose it again, or leave it open.")
