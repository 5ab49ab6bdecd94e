"""The README's pictures: a house with the painting is opened, looked at, and photographed.

`./run pictures`; takes about two minutes. The pictures differ from run to run only where a page
says how long ago something was.
"""

import argparse
import io
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
from PIL import Image
from playwright.sync_api import Browser, sync_playwright

from coulisses.testing.browsers import FLAGS
from tools import browser
from tools.places import ROOT

HEAVIEST = 200 * 1024  # bytes of one picture
QUALITIES = (88, 80, 72, 62, 50)
FAILURE = "Trois heures de reflet"


class PaintingNotTold(Exception):
    """The house ended, or its example did, before the painting was told."""


@dataclass(frozen=True)
class View:
    """One picture: its name, the page, the window in CSS pixels, and how it is looked at."""

    name: str
    path: str
    width: int
    height: int
    scheme: str = "light"
    scale: float = 1.0


def main(arguments: list[str] | None = None) -> int:
    """Take the pictures; return 0. Raises PaintingNotTold."""
    made = argparse.ArgumentParser(prog="./run pictures", description=__doc__)
    made.add_argument("--to", type=Path, default=ROOT / "docs" / "pictures", metavar="FOLDER")
    made.add_argument("--stage", metavar="URL", help="a stage with the painting, open already")
    options = made.parse_args(arguments)
    options.to.mkdir(parents=True, exist_ok=True)
    if options.stage:
        take(options.stage, options.to)
        return 0
    with tempfile.TemporaryDirectory() as data, painting(Path(data)) as stage:
        take(stage, options.to)
    return 0


def views(stage: str) -> list[View]:
    """Return the pictures of a stage, its address ending with a slash."""
    root = stage.split("/@")[0]
    with httpx.Client(trust_env=False) as client:
        entries = client.get(
            f"{root}/api/v1/projects/{stage.split('/@')[1].rstrip('/')}/entries",
            params={"limit": 200},
        ).json()["entries"]
    failure = next(one["url"] for one in entries if one["title"].startswith(FAILURE))
    return [
        View("stage", stage, 1280, 1060),
        View("stage-phone-dark", stage, 390, 844, scheme="dark", scale=2.0),
        View("entry", failure, 1280, 960),
        View("life", f"{stage}files/toile.png", 1280, 960),
    ]


def take(stage: str, folder: Path) -> None:
    """Photograph a stage's views into a folder."""
    with sync_playwright() as playwright:
        program = str(browser.ready())
        started = playwright.chromium.launch(executable_path=program, args=FLAGS)
        for view in views(stage):
            data = light_enough(photograph(started, view))
            (folder / f"{view.name}.webp").write_bytes(data)
            print(f"{view.name}.webp: {len(data) // 1024} KB")
        started.close()


def photograph(started: Browser, view: View) -> Image.Image:
    """See a page as a person does, once its fonts and pictures are there."""
    context = started.new_context(
        viewport={"width": view.width, "height": view.height},
        color_scheme="dark" if view.scheme == "dark" else "light",
        device_scale_factor=view.scale,
        locale="fr-FR",
        timezone_id="Europe/Paris",
        reduced_motion="reduce",
    )
    page = context.new_page()
    page.goto(view.path)
    page.wait_for_function("document.fonts.status === 'loaded'")
    page.wait_for_function(
        """() => [...document.images].every(one => one.complete
            || one.getBoundingClientRect().top > innerHeight)"""
    )
    # Complete is not drawn yet: pictures are decoded beside the page.
    page.evaluate(
        """() => Promise.all([...document.images]
            .filter(one => one.getBoundingClientRect().top <= innerHeight)
            .map(one => one.decode()))"""
    )
    data = page.screenshot()
    context.close()
    return Image.open(io.BytesIO(data)).convert("RGB")


def light_enough(picture: Image.Image) -> bytes:
    """Return a picture as WebP, in the best quality that is not too heavy for a README."""
    data = b""
    for quality in QUALITIES:
        file = io.BytesIO()
        picture.save(file, "WEBP", quality=quality, method=6)
        data = file.getvalue()
        if len(data) <= HEAVIEST:
            break
    return data


@contextmanager
def painting(data: Path) -> Iterator[str]:
    """Open a house with the painting in a data folder, and give its stage's address."""
    command = ["-m", "coulisses", "open", "--example", "painting", "--no-watch", "--port", "0"]
    house = subprocess.Popen(
        [sys.executable, *command, "--data", str(data)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        env={**os.environ, "LANG": "en"},
    )
    assert house.stdout
    try:
        stage = ""
        for line in house.stdout:
            found = re.search(r"https?://\S+/@\S+/", line)
            stage = stage or (found.group() if found else "")
            if "All that was there" in line:
                break
        else:
            raise PaintingNotTold
        yield stage
    finally:
        house.terminate()
        house.wait(10)


if __name__ == "__main__":
    sys.exit(main())
