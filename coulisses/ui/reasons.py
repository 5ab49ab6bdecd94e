"""Why something of a save is not shown, said to a person."""

from collections import Counter
from collections.abc import Iterable, Mapping

from django.utils.translation import gettext, gettext_lazy, ngettext

SECRETS = {
    "env_file": gettext_lazy("a file of settings that stay private"),
    "private_key": gettext_lazy("a private key"),
    "key_store": gettext_lazy("a store of keys"),
    "password_store": gettext_lazy("a store of passwords"),
    "credentials": gettext_lazy("a name with its password"),
    "basic_auth_credentials": gettext_lazy("a name with its password"),
    "package_token": gettext_lazy("a token for publishing packages"),
    "high_entropy": gettext_lazy("a long random value, as keys are"),
    "secret_keyword": gettext_lazy("a password"),
}

TROUBLES = {
    "tree_missing": gettext_lazy("This copy of the history does not say which files changed."),
    "parents_missing": gettext_lazy(
        "What came before is not in this copy of the history: every file looks new."
    ),
    "too_many_files": gettext_lazy("More files changed than can be told one by one."),
    "absurd_date": gettext_lazy("The clock of this save was wrong, and has been set right."),
}

UNSHOWN = {
    "too_large": gettext_lazy("too large to be looked at"),
    "unreadable": gettext_lazy("broken, or of a kind that is not known here"),
    "bomb": gettext_lazy("it would unfold without measure, and was left closed"),
    "timeout": gettext_lazy("it took too long to look at"),
    "empty": gettext_lazy("empty"),
    "no_composite": gettext_lazy("saved without a picture of the whole"),
}


def lacking(key: str) -> str:
    """Return what a save could not bring along, by the reader's key for it."""
    return str(TROUBLES.get(key) or gettext("not in this copy of the history"))


def unshown(key: str | None) -> str:
    """Return why only a file's name and size are shown; empty where that needs no saying."""
    return str(UNSHOWN.get(key or "", ""))


def secret(key: str) -> str:
    """Return what a held thing looks like, by the reader's key for it."""
    return str(SECRETS.get(key) or key.replace("_", " "))


def troubles(missing: Iterable[Mapping[str, str]]) -> list[str]:
    """Return a sentence for each thing that a save could not bring along; files are counted."""
    found = Counter("" if one["path"] else one["reason"] for one in missing)
    said = []
    if files := found.pop("", 0):
        words = ngettext(
            "%(files)d file is missing from this copy of the history.",
            "%(files)d files are missing from this copy of the history.",
            files,
        )
        said.append(words % {"files": files})
    others = {str(TROUBLES.get(key) or gettext("A part of it could not be read.")) for key in found}
    return said + sorted(others)
