"""The README's and the guides' pictures: a house with the painting is opened and photographed.

The maker's side first, in rehearsal; then the curtain is raised by the button that raises it.
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
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

import httpx
from PIL import Image
from playwright.sync_api import Browser, BrowserContext, sync_playwright

from coulisses.examples import picture as canvas
from coulisses.testing.browsers import FLAGS
from tools import browser, pictured_wall
from tools.places import ROOT

HEAVIEST = 200 * 1024  # bytes of one picture
QUALITIES = (88, 80, 72, 62, 50)
FAILURE = "Trois heures de reflet"
SOUGHT = "citron"
PATIENCE = 60  # seconds until what was told is found
WAITING = {
    9: ("etude-tasse.jpg", "La tasse, reprise de mémoire"),
    16: ("etude-ombre.jpg", "L’ombre seule"),
}


class PaintingNotTold(Exception):
    """The house ended, or its example did, before the painting was told."""


class PaintingNotFound(Exception):
    """Search finds nothing of the painting, however long one waits."""


@dataclass(frozen=True)
class Theatre:
    """A house in rehearsal with the painting in it; `door` lets its painter in, once."""

    data: Path
    stage: str
    door: str

    @property
    def root(self) -> str:
        """The house's address."""
        return self.stage.split("/@")[0]

    @property
    def project(self) -> str:
        """The project, as STUDIO/PROJECT."""
        return self.stage.split("/@")[1].rstrip("/")


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
    options = made.parse_args(arguments)
    options.to.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as data, painting(Path(data)) as theatre:
        take(theatre, options.to)
    return 0


def makers_views(theatre: Theatre) -> list[View]:
    """Return the pictures that only the painter could take."""
    desk = f"{theatre.root}/desk/"
    project = f"{desk}@{theatre.project}/"
    return [
        View("desk-phone", desk, 390, 720, scale=2.0),
        View("compose-phone", f"{project}tell/", 390, 844, scheme="dark", scale=2.0),
        View("tray", f"{project}tray/", 1280, 960),
        View("review", f"{project}review/", 1280, 1060),
    ]


def views(theatre: Theatre) -> list[View]:
    """Return the pictures that anybody could take."""
    with httpx.Client(trust_env=False) as client:
        entries = client.get(
            f"{theatre.root}/api/v1/projects/{theatre.project}/entries", params={"limit": 200}
        ).json()["entries"]
        search = found(client, theatre)
    failure = next(one["url"] for one in entries if one["title"].startswith(FAILURE))
    return [
        View("stage", theatre.stage, 1280, 1060),
        View("stage-phone-dark", theatre.stage, 390, 844, scheme="dark", scale=2.0),
        View("entry", failure, 1280, 960),
        View("life", f"{theatre.stage}files/toile.png", 1280, 960),
        View("cues-phone", f"{theatre.stage}cues/", 390, 844, scale=2.0),
        View("search-phone", search, 390, 844, scale=2.0),
        View("window", f"{theatre.stage}embed", 480, 640, scale=2.0),
        View("share", f"{theatre.stage}share/", 1280, 960),
    ]


def wall_views(started: Browser, theatre: Theatre) -> Iterator[View]:
    """Hold a brainstorm, and yield what anybody sees: its families, and a phone while all vote."""
    given = token(theatre, "read", "tell", "desk", "manage")
    wall = pictured_wall.Wall(theatre.root, theatre.project, given)
    wall.begin("throw")
    pictured_wall.fill(started, wall)
    wall.begin("gather")
    wall.gather()
    yield View("wall", wall.address, 1280, 900)
    wall.begin("vote")
    yield View("wall-phone", wall.address, 390, 844, scale=2.0)


def token(theatre: Theatre, *scopes: str) -> str:
    """Return a new token of the painter's studio."""
    studio = theatre.project.partition("/")[0]
    command = [sys.executable, "-m", "coulisses", "token", "--data", str(theatre.data)]
    command += ["--studio", studio, *(f"--scope={one}" for one in scopes)]
    said = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    return said.stdout.strip()


def found(client: httpx.Client, theatre: Theatre) -> str:
    """Return the address of a search that has found something. Raises PaintingNotFound."""
    address = f"{theatre.root}/search?q={SOUGHT}"
    for _ in range(PATIENCE):
        if "<mark" in client.get(address).text:
            return address
        time.sleep(1)
    raise PaintingNotFound


def take(theatre: Theatre, folder: Path) -> None:
    """Photograph a rehearsal's desk, raise its curtain, and photograph its stage."""
    set_aside(theatre)
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=str(browser.ready()), args=FLAGS)
        inside = come_in(started, theatre)
        for view in makers_views(theatre):
            keep(photograph(started, view, inside), view, folder)
        raise_curtain(started, theatre, inside)
        for view in views(theatre):
            keep(photograph(started, view), view, folder)
        for view in wall_views(started, theatre):
            keep(photograph(started, view), view, folder)
        started.close()


def set_aside(theatre: Theatre) -> None:
    """Have two saves wait for the painter's word, as an agent's rules would."""
    given = token(theatre)
    painted = dict(enumerate(islice(canvas.states(), max(WAITING) + 1)))
    with httpx.Client(trust_env=False, timeout=60) as client:
        for number, (name, words) in WAITING.items():
            file = io.BytesIO()
            painted[number].convert("RGB").save(file, "JPEG", quality=92)
            client.post(
                f"{theatre.root}/api/v1/projects/{theatre.project}/uploads",
                headers={"Authorization": f"Bearer {given}"},
                files={"file": (name, file.getvalue(), "image/jpeg")},
                data={"words": words, "policy": "hold"},
            ).raise_for_status()


def come_in(started: Browser, theatre: Theatre) -> Any:
    """Return what the browser of the painter remembers after coming in."""
    context = started.new_context()
    context.new_page().goto(theatre.door)
    kept = context.storage_state()
    context.close()
    return kept


def raise_curtain(started: Browser, theatre: Theatre, inside: Any) -> None:
    """Raise the curtain as the painter would: from the review, with its one confirmation."""
    context = started.new_context(storage_state=inside, locale="en-GB")
    page = context.new_page()
    page.goto(f"{theatre.root}/desk/@{theatre.project}/review/curtain")
    page.get_by_role("button", name="Raise the curtain").click()
    page.wait_for_url(theatre.stage)
    context.close()


def keep(picture: Image.Image, view: View, folder: Path) -> None:
    """Write a picture down and say how heavy it is."""
    data = light_enough(picture)
    (folder / f"{view.name}.webp").write_bytes(data)
    print(f"{view.name}.webp: {len(data) // 1024} KB")


def photograph(started: Browser, view: View, inside: Any = None) -> Image.Image:
    """See a page as a person does, once its fonts and pictures are there."""
    context: BrowserContext = started.new_context(
        storage_state=inside,
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
def painting(data: Path) -> Iterator[Theatre]:
    """Open a house with the painting, in rehearsal, in a data folder."""
    command = ["-m", "coulisses", "open", "--example", "painting", "--no-watch", "--port", "0"]
    command += ["--curtain", "rehearsal"]
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
        stage = door = ""
        for line in house.stdout:
            found = re.search(r"https?://\S+/(@\S+/|enter/\S+)", line)
            if found and found[1].startswith("@"):
                stage = stage or found[0]
            elif found:
                door = found[0]
            if "All that was there" in line:
                break
        else:
            raise PaintingNotTold
        yield Theatre(data, stage, door)
    finally:
        house.terminate()
        house.wait(10)


if __name__ == "__main__":
    sys.exit(main())
