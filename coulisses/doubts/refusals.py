"""What doubts and leads refuse, by name."""

from django.utils.translation import gettext_lazy as _

from coulisses.lib.refusals import Refusal


class NotADoubt(Refusal):
    """The entry is no doubt, or a shredded one."""

    status = 409
    sentence = _("This entry is no doubt.")


class DoubtIsOver(Refusal):
    """The doubt was settled or let go."""

    status = 409
    sentence = _("This doubt is settled, or was let go. Its maker can open it again.")


class DoubtIsOpen(Refusal):
    """A doubt that is open cannot be opened again."""

    status = 409
    sentence = _("This doubt is open already.")


class WordsNeeded(Refusal):
    """Nothing was written."""

    status = 422
    sentence = _("Write a few words first.")


class TooManyWords(Refusal):
    """More was written than there is room for."""

    status = 422
    sentence = _("That is too long: at most %(most)s characters.")


class NothingThatSettles(Refusal):
    """The entry that is said to settle a doubt is none that shows something after it."""

    status = 422
    sentence = _("A doubt is settled by an entry that was told after it and shows something.")


class SettledOutOfSight(Refusal):
    """The entry that is said to settle a doubt is for fewer people than the doubt."""

    status = 422
    sentence = _(
        "Whoever reads the doubt must be able to read what settles it: that entry is for others."
    )


class AsksForNoLeads(Refusal):
    """Leads are offered to doubts that ask for advice."""

    status = 409
    sentence = _("This doubt does not ask for leads.")


class LeadNotFound(Refusal):
    """No such lead under this doubt, or none that the asker may read."""

    status = 404
    sentence = _("There is no such lead under this doubt.")


class LeadIsTakenBack(Refusal):
    """A lead whose words were taken back is taken no further, and answered no more."""

    status = 409
    sentence = _("This lead was taken back.")


class NotYourLead(Refusal):
    """Somebody else's lead, which who asks can't take back."""

    status = 403
    sentence = _("Only whoever said this can take it back.")


class LeadIsPutBy(Refusal):
    """A lead that was put by is taken no further."""

    status = 409
    sentence = _("This lead was put by: offer one of your own instead.")


class LeadIsGrown(Refusal):
    """A lead was taken further as often as its page can show."""

    status = 409
    sentence = _("This lead was taken further %(most)s times: offer one of your own instead.")


class AnsweredAlready(Refusal):
    """The lead was answered in this way before."""

    status = 409
    sentence = _("This lead was answered so already.")


class ViewersOnlyRead(Refusal):
    """Whoever watches a rehearsal by a link reads, and does nothing."""

    status = 403
    sentence = _("By this link one reads. Come in to take part.")
