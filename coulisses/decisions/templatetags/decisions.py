"""Words for how a vote is held."""

from typing import Any

from django import template
from django.utils.translation import gettext, ngettext, pgettext
from django.utils.translation import gettext_lazy as _

from coulisses.ui import words

register = template.Library()

METHODS = {
    "single": _("Choose one."),
    "several": _("Choose several."),
    "approval": _("Choose all that you could live with."),
    "ranked": _("Put them in order, the dearest first."),
    "yesno": _("Yes or no."),
}
WHO = {
    "all": _("Everybody decides; no account needed."),
    "followers": _("Those who follow the project decide."),
    "members": _("The members decide."),
    "code": _("Those who were given a code decide."),
}
SHOWN = {
    "after_vote": _("You see the result once you have voted."),
    "at_end": _("The result is shown when the vote is over."),
}


@register.filter
def how(vote: Any) -> str:
    """Return how one votes: a decision, or the fact that opened it."""
    if vote.method == "several" and vote.most:
        return gettext("Choose %(most)s at most.") % {"most": vote.most}
    return str(METHODS.get(vote.method, ""))


@register.filter
def who_decides(vote: Any) -> str:
    """Return who votes."""
    return str(WHO.get(vote.who, ""))


@register.filter
def when_shown(vote: Any) -> str:
    """Return when totals are shown."""
    return str(SHOWN.get(vote.shown, ""))


@register.filter
def what_it_means(vote: Any) -> str:
    """Return whether what wins is done, or thought about."""
    if vote.is_binding:
        return gettext("This vote binds: what wins is done.")
    return gettext("This vote advises: the makers decide, and say why.")


@register.filter
def option_words(said: str, key: str) -> str:
    """Return an option's words; of a yes-or-no question, those of the page's language."""
    if said:
        return said
    return {"yes": pgettext("vote", "Yes"), "no": pgettext("vote", "No")}.get(key, key)


@register.filter
def in_order(totals: dict[str, int]) -> list[tuple[str, int]]:
    """Return a tally's options and their counts as they were asked: yes comes before no."""
    return sorted(totals.items(), key=lambda one: "" if one[0] == "yes" else one[0])


@register.filter
def voters(count: int) -> str:
    """Return how many have voted, in words."""
    said = ngettext("%(count)s vote", "%(count)s votes", count)
    return said % {"count": words.number(count)}
