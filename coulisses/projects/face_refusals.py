"""What a project's face, its pauses and its end refuse, by name."""

from django.utils.translation import gettext_lazy as _

from coulisses.lib.refusals import Refusal


class NotFinished(Refusal):
    """Only a finished project is reopened."""

    status = 409
    sentence = _("This project is not finished.")


class AlreadyPaused(Refusal):
    """The project rests already."""

    status = 409
    sentence = _("This project rests already.")


class NotPaused(Refusal):
    """The project does not rest."""

    status = 409
    sentence = _("This project is not paused.")


class WordsTooMany(Refusal):
    """Words are longer than there is room for."""

    status = 422
    sentence = _("Make it shorter: there is room for %(most)s characters.")


class TitleMissing(Refusal):
    """A project has no title."""

    status = 422
    sentence = _("A project needs a title.")


class LicenceUnknown(Refusal):
    """A licence is not on the list."""

    status = 422
    sentence = _("Choose a licence from the list, or say it in your own words.")


class LanguageUnknown(Refusal):
    """A language is no code of BCP 47."""

    status = 422
    sentence = _("“%(language)s” is no language that browsers know.")


class LinkMalformed(Refusal):
    """A link leads nowhere that a reader could go."""

    status = 422
    sentence = _("“%(href)s” is no address: begin with https:// or mailto:.")


class TooManyLinks(Refusal):
    """A project has more links than its stage has room for."""

    status = 422
    sentence = _("There is room for %(most)s links.")


class CoverUnknown(Refusal):
    """A cover is none of this project's public pictures or posters."""

    status = 422
    sentence = _("Choose a picture that everybody may see, or a poster.")


class OnlyInRehearsal(Refusal):
    """The curtain is up: what was told stays told, or is shredded."""

    status = 409
    sentence = _("The curtain is up: what was told stays. You can still shred its words.")


class NothingToStrike(Refusal):
    """The entry cannot be taken out: it says that the project opened, or has no words any more."""

    status = 409
    sentence = _("This entry cannot be taken out.")
