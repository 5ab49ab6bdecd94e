"""Why the agent stops, in a sentence for the person who started it."""


class Stopped(Exception):
    """The agent can't go on. `sentence` says why and what helps; `status` ends the process."""

    sentence = "The agent stopped."
    status = 1

    def __init__(self, **details: object) -> None:
        self.details = details
        super().__init__(self.sentence % details if details else self.sentence)


class FolderNotFound(Stopped):
    """The path names nothing, or a file."""

    sentence = "There is no folder at %(path)s."
    status = 2


class WholeHome(Stopped):
    """Somebody's whole home is no work: it is too easy a slip to show all of it."""

    sentence = "%(path)s holds your whole home. Point at the folder of one work."
    status = 2


class GitMissing(Stopped):
    """There is no git command."""

    sentence = "The git command isn't installed here, and the history is read with it."
    status = 2


class RepositoryUnreadable(Stopped):
    """Git itself refuses to read the repository."""

    sentence = "Git can't read the repository %(path)s: %(said)s"
    status = 3


class HouseRefused(Stopped):
    """The house answered, and the answer is no: trying again would not help."""

    sentence = "%(meaning)s (%(status)s, %(detail)s)"
    status = 4


class HouseUnreachable(Stopped):
    """The house did not answer for a long time."""

    sentence = "No answer from %(url)s for %(minutes)s minutes. Starting again goes on from here."
    status = 5


class TokenMissing(Stopped):
    """No token was given, on the command line or in the environment."""

    sentence = "A token is needed: --token, or COULISSES_TOKEN in the environment."
    status = 2


class AddressUnclear(Stopped):
    """The address of a house, with a studio, is needed."""

    sentence = (
        "Where to isn't clear from --to %(to)s: give https://house/@studio/project, "
        "or the house with --studio and --project."
    )
    status = 2
