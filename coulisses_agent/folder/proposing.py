"""What a first look around a folder finds that may not be for showing, with a rule for each.

Only names are read. What is never told anyhow (`never`, `ignoring`) is not proposed again.
"""

from __future__ import annotations

import os
import re
import unicodedata
from collections import Counter
from dataclasses import dataclass, field
from typing import NamedTuple

from coulisses_agent.folder import memory
from coulisses_agent.folder.policies import Policy, Rule
from coulisses_agent.folder.walking import Walker
from coulisses_agent.speech import gettext as _
from coulisses_agent.speech import gettext_noop as N_

MOST_LOOKED_AT = 50_000  # files; what lies beyond is not proposed, and told by the rules that hold
MOST_PROPOSED = 30

NEVER, HOLD = Policy("never"), Policy("hold")
_FONTS_WHY = N_("fonts, licensed to you")


class _Kind(NamedTuple):
    why: str
    policy: Policy
    words: frozenset[str]


def _kind(why: str, policy: Policy, words: str) -> _Kind:
    return _Kind(why, policy, frozenset(words.split()))


# Names of folders, without accents and in lower case, English and French.
_BUILT = _kind(
    N_("made by machines, or other people's code"),
    NEVER,
    "build dist out target obj bin vendor third_party third-party pods carthage library temp logs",
)
_ANYWHERE = (
    _kind(
        N_("can be made again"),
        NEVER,
        "cache caches media_cache render_cache proxies peaks auto-save autosave tmp"
        " adobe_premiere_pro_auto-save backup backups sauvegardes",
    ),
    _kind(
        N_("licensed from others, perhaps"),
        HOLD,
        "stock shutterstock istock gettyimages adobe_stock adobestock envato freepik megascans"
        " quixel kitbash3d splice samples sample_packs loops kontakt presets plugins asset_store"
        " licensed licences licenses",
    ),
    _kind(_FONTS_WHY, NEVER, "fonts polices typefaces"),
)
_BETWEEN = _kind(
    N_("between you and others"),
    HOLD,
    "contract contracts contrat contrats invoice invoices facture factures devis quotes nda"
    " client clients admin compta accounting comptabilite bank banque salaires payroll"
    " legal juridique",
)
_PRIVATE = _kind(
    N_("private by its name"),
    HOLD,
    "private prive privee prives perso personal personnel confidential confidentiel secret secrets",
)
# Beside one of these a folder called "build" is a machine's; beside others it may be a boat's.
_PROGRAMS = frozenset(
    {
        "package.json",
        "cargo.toml",
        "makefile",
        "cmakelists.txt",
        "pom.xml",
        "build.gradle",
        "build.gradle.kts",
        "go.mod",
        "pyproject.toml",
        "setup.py",
        "composer.json",
        "gemfile",
        "podfile",
        "package.swift",
        "projectsettings",
    }
)
_PROGRAM_SUFFIXES = (".sln", ".csproj", ".uproject", ".xcodeproj")
_FONTS = frozenset({".ttf", ".otf", ".ttc", ".woff", ".woff2", ".pfb", ".suitcase"})
_SPECIAL = re.compile(r"([\\*?\[\]!#])")


@dataclass(frozen=True)
class Proposal:
    """A rule, and how many files it is about; `example` is one of them."""

    rule: Rule
    files: int
    example: str


@dataclass
class Found:
    """What a look around has found: how much would be told by the rules that hold now."""

    files: int = 0
    folders: int = 0
    is_whole: bool = True
    proposals: list[Proposal] = field(default_factory=list)


def look_around(walker: Walker) -> Found:
    """Look at the names of all that would be told, and propose rules, those of most files first."""
    found, rules = Found(), _Rules()
    for folder, listing in walker.every():
        if found.files >= MOST_LOOKED_AT:
            found.is_whole = False
            break
        found.folders += 1
        found.files += len(listing.files)
        rules.enter(folder, [*listing.files, *listing.folders])
        for name in listing.files:
            rules.count(folder, name)
    found.proposals = rules.proposals()[:MOST_PROPOSED]
    return found


class _Rules:
    """Gathers rules while folders are entered, each after the one it is in."""

    def __init__(self) -> None:
        self._kinds: dict[bytes, _Kind] = {}
        self._programs: set[bytes] = set()
        self._counted: Counter[Rule] = Counter()
        self._examples: dict[Rule, str] = {}

    def enter(self, folder: bytes, inside: list[bytes]) -> None:
        """Look at a folder's name, and at what stands in it."""
        names = {os.fsdecode(name).lower() for name in inside}
        if names & _PROGRAMS or any(name.endswith(_PROGRAM_SUFFIXES) for name in names):
            self._programs.add(folder)
        above, name = memory.split(folder)
        if above in self._kinds:
            self._kinds[folder] = self._kinds[above]
        elif folder and (kind := _of_folder(name, is_program=above in self._programs)):
            self._kinds[folder] = kind

    def count(self, folder: bytes, name: bytes) -> None:
        """Count a file for the rule that would be about it."""
        path = os.fsdecode(memory.join(folder, name))
        suffix = os.path.splitext(path)[1].lower()
        if folder in self._kinds:
            rule = self._of(folder)
        elif suffix in _FONTS:
            rule = Rule(f"*{suffix}", NEVER, _(_FONTS_WHY))
        else:
            return
        self._counted[rule] += 1
        self._examples.setdefault(rule, path)

    def proposals(self) -> list[Proposal]:
        """Return what has come together, the rules of most files first."""
        counted = sorted(self._counted.items(), key=lambda one: (-one[1], one[0].pattern))
        return [Proposal(rule, files, self._examples[rule]) for rule, files in counted]

    def _of(self, folder: bytes) -> Rule:
        """Return the rule for the uppermost folder that is of the same kind for the same reason."""
        kind, top = self._kinds[folder], folder
        while (above := memory.split(top)[0]) in self._kinds:
            top = above
        pattern = "/" + _SPECIAL.sub(r"\\\1", os.fsdecode(top)) + "/"
        return Rule(pattern, kind.policy, _(kind.why))


def _of_folder(name: bytes, *, is_program: bool) -> _Kind | None:
    plain = unicodedata.normalize("NFKD", os.fsdecode(name)).lower()
    plain = re.sub(r"\s+", "_", "".join(one for one in plain if not unicodedata.combining(one)))
    # A program's clients and contracts are code.
    private = [_PRIVATE] if is_program else [_PRIVATE, _BETWEEN]
    for kind in (*_ANYWHERE, *([_BUILT] if is_program else []), *private):
        if plain in kind.words:
            return kind
    # Of a name in several words, one that speaks of what is private is enough.
    parts = set(re.split(r"[-_.,()]+", plain))
    return next((kind for kind in private if parts & kind.words), None)
