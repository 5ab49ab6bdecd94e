"""The form of a new webhook."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from coulisses.ui.words import KINDS
from coulisses.webhooks import rules
from coulisses.webhooks.models import Form

COURSE = "course"  # how a form spells the topic that has no name
NOT_AT_FIRST = "capture"  # each save would be many
FORMS = {
    Form.COULISSES: (_("A program"), _("JSON, signed by the Standard Webhooks specification")),
    Form.DISCORD: ("Discord", _("the address that a channel’s settings give under Integrations")),
    Form.SLACK: ("Slack", _("the address of an app’s incoming webhook")),
    Form.MATTERMOST: ("Mattermost", _("the address of an incoming webhook")),
}
TOPICS = {**KINDS, COURSE: pgettext_lazy("kind", "curtain")}


class WebhookForm(forms.Form):
    """Where to, in which form, and what of."""

    address = forms.CharField(max_length=2000)
    form = forms.ChoiceField(choices=[(key, said[0]) for key, said in FORMS.items()])
    label = forms.CharField(max_length=100, required=False)
    topics = forms.MultipleChoiceField(
        choices=list(TOPICS.items()), initial=[one for one in TOPICS if one != NOT_AT_FIRST]
    )

    @property
    def ways(self) -> list[dict[str, Any]]:
        """The forms to choose from, with what each means."""
        chosen = self["form"].value() or Form.COULISSES
        return [
            {"value": key, "name": name, "hint": hint, "is_chosen": chosen == key}
            for key, (name, hint) in FORMS.items()
        ]

    @property
    def kinds(self) -> list[dict[str, Any]]:
        """The kinds to choose from."""
        chosen = self["topics"].value() or []
        return [
            {"value": key, "name": name, "is_chosen": key in chosen} for key, name in TOPICS.items()
        ]

    def said(self) -> dict[str, Any]:
        """Return what was typed, as the rule takes it."""
        said = dict(self.cleaned_data)
        topics = [rules.COURSE if one == COURSE else one for one in said["topics"]]
        return {**said, "topics": topics}
