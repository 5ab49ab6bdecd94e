"""Cuts the three type families down to what the house sets: about 90 KB in all for a Latin page.

Sizes come from three cuts: axes limited to what the style sheets use, optical size pinned, and the
kerning of the middle weight for all weights (half of Bricolage's bytes were kerning that varies).
"""

import io
import json
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

Limits = dict[str, float | tuple[float, float]]
PARTS = ("latin", "latin-ext")
FEATURES = ["kern", "mark", "mkmk", "ccmp", "locl", "liga", "tnum"]
THIN_SPACE, NARROW_NO_BREAK_SPACE = 0x2009, 0x202F


@dataclass(frozen=True)
class Cut:
    """One font to make: from which package and file, which axes stay, how CSS names it."""

    family: str
    package: str
    file: str
    limits: Limits
    kerning: dict[str, float]
    css: str

    def source(self, modules: Path, part: str) -> Path:
        """Return the package's file for one part of the alphabet."""
        name = f"{self.package}-{part}-{self.file}.woff2"
        return modules / "@fontsource-variable" / self.package / "files" / name

    def characters(self, modules: Path) -> dict[str, str]:
        """Return which characters each part of the alphabet has, as CSS says it."""
        package = modules / "@fontsource-variable" / self.package
        return json.loads((package / "unicode.json").read_text())

    def name(self, part: str) -> str:
        """Return the made file's name."""
        slant = "-italic" if self.file.endswith("italic") else ""
        return f"{self.package}{slant}-{part}.woff2"


CUTS = (
    Cut(
        "Bricolage Grotesque", "bricolage-grotesque", "standard-normal",
        {"opsz": 18, "wdth": (82, 100), "wght": (400, 800)},
        {"opsz": 18, "wdth": 92, "wght": 600},
        "font-weight: 400 800; font-stretch: 82% 100%",
    ),
    Cut(
        "Newsreader", "newsreader", "standard-normal",
        {"opsz": 16, "wght": (400, 600)}, {"opsz": 16, "wght": 450},
        "font-weight: 400 600",
    ),
    Cut(
        "Newsreader", "newsreader", "standard-italic",
        {"opsz": 16, "wght": 400}, {"opsz": 16, "wght": 400},
        "font-weight: 400; font-style: italic",
    ),
    Cut(
        "JetBrains Mono", "jetbrains-mono", "wght-normal",
        {"wght": (400, 600)}, {"wght": 450},
        "font-weight: 400 600",
    ),
)  # fmt: skip


def make(modules: Path, folder: Path) -> None:
    """Write every cut and the `fonts.css` that names them into a folder."""
    jobs = [(cut, part) for cut in CUTS for part in PARTS]
    sources = [cut.source(modules, part) for cut, part in jobs]
    with ProcessPoolExecutor() as pool:
        cut_fonts = pool.map(_cut, sources, [cut for cut, _ in jobs])
        for (cut, part), font in zip(jobs, cut_fonts, strict=True):
            (folder / cut.name(part)).write_bytes(font)
    faces = [_face(cut, part, cut.characters(modules)[part]) for cut, part in jobs]
    (folder / "fonts.css").write_text("".join(faces))


def _face(cut: Cut, part: str, characters: str) -> str:
    return (
        f'@font-face {{ font-family: "{cut.family}"; {cut.css}; font-display: swap; '
        f'src: url("./{cut.name(part)}") format("woff2"); unicode-range: {characters} }}\n'
    )


def _cut(path: Path, cut: Cut) -> bytes:
    from fontTools import subset
    from fontTools.ttLib import TTFont
    from fontTools.varLib import instancer

    # Without a time of their own, the same cut has the same bytes, and its name the same hash.
    still = instancer.instantiateVariableFont(TTFont(path), dict(cut.kerning))
    font = TTFont(path, recalcTimestamp=False)
    font = instancer.instantiateVariableFont(font, dict(cut.limits))
    for table in ("GPOS", "GDEF"):
        if table in still:
            font[table] = still[table]
    font.flavor = None
    # The instancer forgets glyphs that no longer vary; only a font read anew can be subset.
    font = TTFont(io.BytesIO(_bytes(font)), recalcTimestamp=False)
    characters = set(font.getBestCmap())
    _alias_narrow_space(font, characters)
    options = subset.Options(
        layout_features=FEATURES, hinting=False, name_IDs=[1, 2, 5, 13], notdef_outline=True
    )
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=characters)
    subsetter.subset(font)
    font.flavor = "woff2"
    return _bytes(font)


def _alias_narrow_space(font: Any, characters: set[int]) -> None:
    """Give French its U+202F, which these fonts lack: a fallback font would set it too wide."""
    space = font.getBestCmap().get(THIN_SPACE)
    if space and NARROW_NO_BREAK_SPACE not in characters:
        for table in font["cmap"].tables:
            if table.isUnicode():
                table.cmap[NARROW_NO_BREAK_SPACE] = space
        characters.add(NARROW_NO_BREAK_SPACE)


def _bytes(font: Any) -> bytes:
    buffer = io.BytesIO()
    font.save(buffer)
    return buffer.getvalue()
