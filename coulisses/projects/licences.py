"""Licences to choose from: a short list, by their SPDX identifiers, and two words of our own."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

RESERVED, OWN = "reserved", "own"
COMMONS = "https://creativecommons.org/licenses"
SPDX = "https://spdx.org/licenses"


@dataclass(frozen=True)
class Licence:
    """A licence as a page names it; `address` is its text, `spdx` its identifier (empty: none)."""

    name: Any
    spdx: str = ""
    address: str = ""


def _commons(kind: str, name: Any) -> Licence:
    return Licence(name, f"CC-{kind.upper()}-4.0", f"{COMMONS}/{kind}/4.0/")


def _software(spdx: str, name: str) -> Licence:
    return Licence(name, spdx, f"{SPDX}/{spdx}.html")


_LISTED = [
    _commons("by", _("Creative Commons: name me (BY 4.0)")),
    _commons("by-sa", _("Creative Commons: name me, share alike (BY-SA 4.0)")),
    _commons("by-nd", _("Creative Commons: name me, change nothing (BY-ND 4.0)")),
    _commons("by-nc", _("Creative Commons: name me, sell nothing (BY-NC 4.0)")),
    _commons("by-nc-sa", _("Creative Commons: name me, sell nothing, share alike (BY-NC-SA 4.0)")),
    _commons(
        "by-nc-nd", _("Creative Commons: name me, sell nothing, change nothing (BY-NC-ND 4.0)")
    ),
    Licence(
        _("Creative Commons Zero: take it, it is everybody’s (CC0 1.0)"),
        "CC0-1.0",
        "https://creativecommons.org/publicdomain/zero/1.0/",
    ),
    Licence("Licence Art Libre 1.3", "LAL-1.3", "https://artlibre.org/licence/lal/"),
    _software("MIT", "MIT"),
    _software("Apache-2.0", "Apache 2.0"),
    _software("MPL-2.0", "Mozilla Public License 2.0"),
    _software("GPL-3.0-or-later", "GNU GPL 3+"),
    _software("AGPL-3.0-or-later", "GNU AGPL 3+"),
]
LICENCES: dict[str, Licence] = {
    RESERVED: Licence(_("All rights reserved")),
    **{one.spdx: one for one in _LISTED},
    OWN: Licence(_("In my own words")),
}


def named(key: str) -> Licence | None:
    """Return the licence that a project has chosen; None where it has said nothing."""
    return LICENCES.get(key)
