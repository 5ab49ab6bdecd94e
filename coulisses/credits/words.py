"""What the roles of credits are called, as on a screen at the end."""

from django.utils.translation import pgettext_lazy

TITLES = {
    "maker": pgettext_lazy("credits", "Made by"),
    "seed": pgettext_lazy("credits", "First seed of an idea"),
    "lead": pgettext_lazy("credits", "Leads that were kept"),
    "correction": pgettext_lazy("credits", "Corrections"),
    "vote": pgettext_lazy("credits", "Votes"),
    "test": pgettext_lazy("credits", "Tried it out"),
    "voice": pgettext_lazy("credits", "Voices"),
    "support": pgettext_lazy("credits", "Encouragement"),
}


def title(role: str) -> str:
    """Return what a role is called; its key where a later house knows more."""
    return str(TITLES.get(role, role))
