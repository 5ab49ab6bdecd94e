"""Cards kept in this process show names: they go when a name does."""

from coulisses.people import holding
from coulisses.people.models import Voice
from coulisses.ui import entries


@holding.at_erasure
def forget_name(voice: Voice, name: str, logs: list[str]) -> None:
    """Drop the cards of the logs in which a voice speaks."""
    entries.forget_logs(logs)
