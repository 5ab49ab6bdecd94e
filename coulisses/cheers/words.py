"""The words of a cheer: the house's own, or those that a project has chosen."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.conf import settings
from django.db import transaction
from django.utils import translation
from django.utils.translation import pgettext_lazy

from coulisses.cheers import rows
from coulisses.cheers.models import LONGEST_WORD, MOST_WORDS, Word
from coulisses.cheers.refusals import OnlySixWords, WordTooLong
from coulisses.lib import ids
from coulisses.lib.refusals import require
from coulisses.lib.text import clean_line
from coulisses.log.models import Entry
from coulisses.projects import invites, revisions
from coulisses.projects.models import Project

COURAGE = "courage"
HOUSE = {
    COURAGE: pgettext_lazy("cheer", "courage"),
    "me-too": pgettext_lazy("cheer", "me too"),
    "thanks": pgettext_lazy("cheer", "thank you for showing"),
    "beautiful": pgettext_lazy("cheer", "beautiful"),
    "more": pgettext_lazy("cheer", "tell me more"),
}


@dataclass(frozen=True)
class Words:
    """The keys of the words that can be given, in their order, and what each ever known says."""

    keys: tuple[str, ...]
    own: dict[str, str] = field(default_factory=dict)

    def says(self, key: str) -> str:
        """Return what a word says, in the language that is spoken; empty for an unknown one."""
        return self.own.get(key) or str(HOUSE.get(key, ""))

    def offered(self, entry: Entry) -> tuple[str, ...]:
        """Return the words for an entry: a doubt that asks to be heard is given courage alone."""
        is_heard = not invites.offers(entry)["words"] and COURAGE in self.keys
        return (COURAGE,) if is_heard else self.keys

    @property
    def are_chosen(self) -> bool:
        """Whether these are others than the house's own."""
        return self.keys != tuple(HOUSE)


def of(project: Project) -> Words:
    """Return a project's words, in one query."""
    known = rows.words(project.pk)
    keys = tuple(key for key, _text, place in known if place is not None)
    return Words(keys or tuple(HOUSE), {key: text for key, text, _place in known if text})


@transaction.atomic
def choose(project: Project, texts: Iterable[str]) -> Words:
    """Have a project's cheers say other words; none: the house's own. What was given stays.

    Raises OnlySixWords, WordTooLong.
    """
    chosen = list(dict.fromkeys(text for one in texts if (text := clean_line(one))))
    require(len(chosen) <= MOST_WORDS, OnlySixWords)
    for one in chosen:
        require(len(one) <= LONGEST_WORD, WordTooLong, longest=LONGEST_WORD)
    Project.objects.select_for_update().get(pk=project.pk)
    known = _known(project)
    Word.objects.filter(project=project).exclude(place=None).update(place=None)
    for place, text in enumerate(chosen):
        _set(project, text, place, known)
    revisions.bump(project)
    return of(project)


def _set(project: Project, text: str, place: int, known: dict[str, str]) -> None:
    """Put a word in its place: one of the house's, one that the project had, or a new one."""
    key = known.get(text.casefold()) or ids.new()
    says = "" if key in HOUSE else text
    Word.objects.update_or_create(
        project=project, key=key, defaults={"place": place}, create_defaults={
            "place": place, "text": says,
        },
    )  # fmt: skip


def _known(project: Project) -> dict[str, str]:
    """Return the keys of all words, by what they say in any language, in small letters."""
    known = {}
    for row in Word.objects.filter(project=project).exclude(text=""):
        known[row.text.casefold()] = row.key
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            known |= {str(text).casefold(): key for key, text in HOUSE.items()}
    return known
