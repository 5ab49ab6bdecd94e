"""The form in which a moment is written. Nothing typed is lost when one is refused."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, cast

from django import forms
from django.http import HttpRequest, QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from coulisses.lib import text
from coulisses.log import ledger
from coulisses.moments.attachments import Coming
from coulisses.moments.drafts import BESIDE, FIELDS, Said
from coulisses.moments.kinds import ASKS, TOPICS
from coulisses.moments.models import Draft
from coulisses.moments.pictures import Upload
from coulisses.moments.rules import LONGEST_BODY, LONGEST_LESSON, LONGEST_TEASER, LONGEST_TITLE
from coulisses.projects import decided, seeds, settling
from coulisses.projects.models import Project

NAMES = {
    "progress": _("Progress"),
    "doubt": _("Doubt"),
    "failure": _("Failure"),
    "breakthrough": _("Breakthrough"),
    "question": _("Question"),
    "milestone": _("Milestone"),
    "note": _("Note"),
}
ASKED = {
    "eyes": _("Your eyes"),
    "courage": _("Courage"),
    "advice": _("Advice"),
    "listening": _("Just somebody who listens"),
}
ENDS = {
    settling.SETTLED: _("It settles the doubt"),
    settling.TRIED: _("It was tried, and the doubt stays open"),
}
INPUTS = {"pictures": "picture", "sound": "sound", "file": "file"}
MOST_PARTS = 20


class MomentForm(forms.Form):
    """A moment's words, and who may read them."""

    kind = forms.ChoiceField(choices=[(topic, NAMES[topic]) for topic in TOPICS])
    title = forms.CharField(max_length=LONGEST_TITLE, required=False)
    body = forms.CharField(max_length=LONGEST_BODY, required=False, widget=forms.Textarea)
    asks = forms.ChoiceField(
        choices=[("", ""), *((ask, ASKED[ask]) for ask in ASKS)], required=False
    )
    learnt = forms.CharField(max_length=LONGEST_LESSON, required=False)
    audience = forms.ChoiceField(required=False)
    teaser = forms.CharField(max_length=LONGEST_TEASER, required=False)
    settles = forms.ChoiceField(required=False)
    how = forms.ChoiceField(choices=[(one, ENDS[one]) for one in settling.HOW], required=False)
    shows = forms.ChoiceField(required=False)
    due = forms.CharField(max_length=40, required=False)

    def __init__(self, *given: Any, project: Project, **named: Any) -> None:
        super().__init__(*given, **named)
        tiers = [(tier.pk, tier.name) for tier in project.tiers.order_by("name")]
        self.fields["audience"].choices = [(ledger.PUBLIC, _("Everybody")), *tiers]  # type: ignore[attr-defined]

        self.fields["settles"].choices = _listed(settling.doubts(project, at=timezone.now()))  # type: ignore[attr-defined]
        self.fields["shows"].choices = _listed(decided.votes(project))  # type: ignore[attr-defined]

    def clean_settles(self) -> int:
        """Return the doubt's position, 0 for none."""
        return int(self.cleaned_data["settles"] or 0)

    def clean_shows(self) -> int:
        """Return the vote's position, 0 for none."""
        return int(self.cleaned_data["shows"] or 0)

    def clean_how(self) -> str:
        """Return what it is to the doubt; that it settles it, where nothing was chosen."""
        return self.cleaned_data["how"] or settling.SETTLED

    def clean_audience(self) -> str:
        """Return everybody where nobody was chosen."""
        return self.cleaned_data["audience"] or ledger.PUBLIC


def _listed(told: Sequence[settling.Doubt | decided.Vote]) -> list[tuple[str, Any]]:
    known = [(str(one.position), f"{one.position} · {one.words}") for one in told]
    return [("0", _("None of them")), *known]


class AmendmentForm(forms.Form):
    """A moment's new words."""

    title = forms.CharField(max_length=LONGEST_TITLE, required=False)
    body = forms.CharField(max_length=LONGEST_BODY, required=False, widget=forms.Textarea)


@dataclass(frozen=True)
class Parts:
    """What a page says of attachments: the order of those that stay, and words for each."""

    order: list[int] | None
    words: dict[int, str]


def filled(draft: Draft | None, project: Project, *, kind: str = "", words: str = "") -> MomentForm:
    """Return the form as a draft has it; for None an empty one, or of a kind and with words."""
    told = (*FIELDS, *BESIDE)
    new = {"kind": kind if kind in TOPICS else TOPICS[0], "body": words}
    said = {name: getattr(draft, name) for name in told} if draft else new
    return MomentForm(initial=said, project=project)


def said_in(form: MomentForm, posted: QueryDict) -> Said:
    """Return what a valid form says a draft is."""
    parts = parts_in(posted)
    words = {name: form.cleaned_data[name] for name in (*FIELDS, *BESIDE)}
    seed = posted.get("seed", "")[: seeds.LONGEST] or None
    return Said(**words, seed=seed, parts=parts.order, words=parts.words)


def parts_in(posted: QueryDict) -> Parts:
    """Return what a form says of attachments, once the button it was sent by has moved them."""
    order = [number for one in posted.getlist("part")[:MOST_PARTS] if (number := whole(one))]
    words = {number: posted.get(f"words-{number}", "") for number in order}
    if (gone := whole(posted.get("remove", ""))) in order:
        order.remove(gone)
    at = order.index(first) if (first := whole(posted.get("earlier", ""))) in order else 0
    if at:
        order[at - 1 : at + 1] = [order[at], order[at - 1]]
    return Parts(order if "parts" in posted else None, words)


def coming(request: HttpRequest) -> list[Coming]:
    """Return the files that came with a form."""
    return [
        Coming(cast(Upload, upload), what)
        for name, what in INPUTS.items()
        for upload in request.FILES.getlist(name)
        if upload.name
    ]


def whole(written: str) -> int:
    """Return a number that a form says, 0 for nonsense."""
    return text.number(written) or 0
