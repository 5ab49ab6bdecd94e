"""What pins say in the log."""

from coulisses.log.kinds import Fact, kind


@kind("entry.pinned")
class EntryPinned(Fact):
    """The entry at `about` belongs to the short reading of this project. Shreds: nothing."""

    about: int
    is_quiet = True
    is_encore = True


@kind("entry.unpinned")
class EntryUnpinned(Fact):
    """The entry at `about` leaves the short reading. Shreds: nothing."""

    about: int
    is_quiet = True
    is_encore = True
