"""Why the agent stops, in a sentence for the person who started it."""

from coulisses_agent.speech import gettext as _
from coulisses_agent.speech import gettext_noop as N_


class Stopped(Exception):
    """The agent can't go on. `sentence` says why and what helps; `status` ends the process."""

    sentence = N_("The agent stopped.")
    status = 1

    def __init__(self, **details: object) -> None:
        super().__init__()
        self.details = details

    def __str__(self) -> str:
        said = _(self.sentence)
        return said % self.details if self.details else said


class FolderNotFound(Stopped):
    """The path names nothing, or a file."""

    sentence = N_("There is no folder at %(path)s.")
    status = 2


class WholeHome(Stopped):
    """Somebody's whole home is no work: it is too easy a slip to show all of it."""

    sentence = N_("%(path)s holds your whole home. Point at the folder of one work.")
    status = 2


class GitMissing(Stopped):
    """There is no git command."""

    sentence = N_("The git command isn't installed here, and the history is read with it.")
    status = 2


class RepositoryUnreadable(Stopped):
    """Git itself refuses to read the repository."""

    sentence = N_("Git can't read the repository %(path)s: %(said)s")
    status = 3


# What a house says of the very thing that was sent. All else speaks of who asks, or is no house
# at all but a hotel's door: nothing is given up for it.
_OF_ITSELF = (400, 409, 410, 413, 415, 422)


class HouseRefused(Stopped):
    """The house answered, and the answer is no: trying again would not help.

    `answer` is its HTTP status; `is_of_itself` says whether it speaks of what was sent.
    """

    sentence = "%(meaning)s (%(status)s, %(detail)s)"
    status = 4

    def __init__(self, *, meaning: str, status: int, detail: str) -> None:
        super().__init__(meaning=meaning, status=status, detail=detail)
        self.answer = status
        self.is_of_itself = status in _OF_ITSELF


class HouseUnreachable(Stopped):
    """The house did not answer for a long time."""

    sentence = N_(
        "No answer from %(url)s for %(minutes)s minutes. Starting again goes on from here."
    )
    status = 5


class TokenMissing(Stopped):
    """No token was given, on the command line or in the environment."""

    sentence = N_("A token is needed: --token, or COULISSES_TOKEN in the environment.")
    status = 2


class AddressUnclear(Stopped):
    """The address of a house, with a studio, is needed."""

    sentence = N_(
        "Where to isn't clear from --to %(to)s: give https://house/@studio/project, "
        "or the house with --studio and --project."
    )
    status = 2
