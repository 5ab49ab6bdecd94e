"""What sittings say in the log."""

from coulisses.log.kinds import Fact, kind


@kind("sitting.titled")
class SittingTitled(Fact):
    """The sitting that begins at `about` has a sentence over it; the last holds. Shreds: title."""

    about: int
    title: str = ""
    is_quiet = True
    is_encore = True

    def headline(self) -> str:
        """Return the sentence."""
        return self.title
