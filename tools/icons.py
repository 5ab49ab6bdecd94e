"""Draws the icons that phones ask for, from the mark: on a ground, at their sizes."""

import hashlib
import re
from pathlib import Path

import resvg_py

GROUND = "#f4f4f1"
SIDE = 512
# What is cut out of a maskable icon leaves a circle of 80 % of its side.
ICONS = {
    "icon-192": (192, 0.2, 96),
    "icon-512": (512, 0.2, 96),
    "icon-180": (180, 0.2, 0),
    "icon-maskable": (512, 0.28, 0),
}


def draw(mark: Path, folder: Path) -> list[str]:
    """Write every icon into a folder, each name with its hash; returns the names."""
    names = []
    for name, (side, margin, corner) in ICONS.items():
        png = bytes(resvg_py.svg_to_bytes(svg_string=_svg(mark, margin, corner), width=side))
        digest = hashlib.sha256(png).hexdigest()[:8].upper()
        names.append(f"{name}-{digest}.png")
        (folder / names[-1]).write_bytes(png)
    return names


def _svg(mark: Path, margin: float, corner: int) -> str:
    inner = SIDE * (1 - 2 * margin)
    place = f'x="{SIDE * margin:g}" y="{SIDE * margin:g}" width="{inner:g}" height="{inner:g}"'
    drawn = re.sub(r"<svg ", f"<svg {place} ", mark.read_text(), count=1)
    ground = f'<rect width="{SIDE}" height="{SIDE}" rx="{corner}" fill="{GROUND}"/>'
    size = f'width="{SIDE}" height="{SIDE}"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {size}>{ground}{drawn}</svg>'
