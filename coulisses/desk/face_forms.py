"""The forms of a project's face. Nothing typed is lost when one is refused."""

from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from coulisses.lib.refusals import Refusal
from coulisses.projects import face, licences, links
from coulisses.projects.columns import FOCUSES, Cover, Mining
from coulisses.projects.face import Words

UNSAID = ("", _("I say nothing of it"))
CRAFTS = [
    *(_("painting"), _("drawing"), _("photography"), _("music"), _("novel"), _("theatre")),
    *(_("film"), _("comics"), _("video game"), _("software"), _("graphic design"), _("fashion")),
    *(_("ceramics"), _("woodwork"), _("instrument making"), _("architecture"), _("cooking")),
    *(_("research"), _("company"), _("campaign")),
]
TONGUES = {
    "ar": "العربية", "br": "Brezhoneg", "ca": "Català", "cs": "Čeština", "da": "Dansk",
    "de": "Deutsch", "el": "Ελληνικά", "en": "English", "es": "Español", "eu": "Euskara",
    "fi": "Suomi", "fr": "Français", "he": "עברית", "hi": "हिन्दी", "hu": "Magyar",
    "it": "Italiano", "ja": "日本語", "ko": "한국어", "nl": "Nederlands", "no": "Norsk",
    "oc": "Occitan", "pl": "Polski", "pt": "Português", "ro": "Română", "ru": "Русский",
    "sv": "Svenska", "tr": "Türkçe", "uk": "Українська", "vi": "Tiếng Việt", "zh": "中文",
}  # fmt: skip


class FaceForm(forms.Form):
    """What a project says of itself. `language` is open to what is worn already."""

    title = forms.CharField(max_length=face.LENGTHS["title"])
    line = forms.CharField(max_length=face.LENGTHS["line"], required=False)
    craft = forms.CharField(max_length=face.LENGTHS["craft"], required=False)
    language = forms.CharField(max_length=8, required=False)
    licence = forms.ChoiceField(
        choices=[UNSAID, *((key, one.name) for key, one in licences.LICENCES.items())],
        required=False,
    )
    licence_words = forms.CharField(max_length=face.LENGTHS["licence_words"], required=False)
    private = forms.CharField(
        max_length=face.LONGEST_PRIVATE, required=False, widget=forms.Textarea
    )
    mining = forms.ChoiceField(choices=[(one, one) for one in Mining.values])

    def __init__(self, worn: Words, said: QueryDict | None = None) -> None:
        super().__init__(said, initial=vars(worn))
        pairs = [(one["name"], one["href"]) for one in worn.links]
        self.pairs = _pairs(said) if said is not None else pairs
        tongues = [("", _("not said")), *TONGUES.items()]
        known = worn.language in dict(tongues)
        self.tongues = tongues if known else [*tongues, (worn.language, worn.language)]

    @property
    def rows(self) -> list[tuple[str, str]]:
        """Return the links as typed, and empty rows for two more while there is room."""
        room = max(0, min(2, links.MOST - len(self.pairs)))
        return [*self.pairs, *[("", "")] * room]

    def clean(self) -> dict[str, Any]:
        """Read the links, and ask for the words of a licence of one's own."""
        said = super().clean() or {}
        try:
            said["links"] = links.cleaned(self.pairs)
        except Refusal as refusal:
            self.add_error(None, str(refusal))
        if said.get("licence") == licences.OWN and not said.get("licence_words"):
            self.add_error("licence_words", _("Say here what others may do with it."))
        return said

    def words(self) -> Words:
        """Return what was said, of a valid form."""
        return Words(**self.cleaned_data)


class CoverForm(forms.Form):
    """What stands for a project: `told:412-0` names an entry and its picture, `poster:3` a drawing.

    `told` alone leaves the told picture that it has. A file that comes along is what is meant.
    """

    cover = forms.RegexField(r"^(newest|uploaded|told(:\d{1,18}-\d{1,3})?|poster:\d{1,2})$")
    picture = forms.FileField(required=False)
    alt = forms.CharField(max_length=face.LONGEST_ALT, required=False)
    focus = forms.ChoiceField(choices=[(one, one) for one in FOCUSES], required=False)

    def clean(self) -> dict[str, Any]:
        """Take the choice apart: what it is, and which one."""
        said = super().clean() or {}
        cover, _, place = said.get("cover", "").partition(":")
        said["cover"] = Cover.UPLOADED if said.get("picture") else cover
        said["place"] = place
        return said


def _pairs(said: QueryDict) -> list[tuple[str, str]]:
    names, hrefs = said.getlist("link_name"), said.getlist("link_href")
    most = links.MOST + 1  # one too many is said; a thousand are not read
    pairs = [(one, hrefs[at] if at < len(hrefs) else "") for at, one in enumerate(names[:most])]
    return [pair for pair in pairs if any(pair)]
