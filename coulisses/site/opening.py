"""`coulisses open`: a house for one folder, with the agent that tells its making as a child."""

import argparse
import getpass
import hashlib
import os
import socket
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

from django.utils import translation
from django.utils.translation import gettext as _

from coulisses.examples import story
from coulisses.lib import slugs
from coulisses.lib.refusals import require
from coulisses.site import ending, listening, preparing, serving
from coulisses.site.options import port
from coulisses.site.refusals import FolderMissing, NothingToOpen, WholeHome
from coulisses.site.showing import Show
from coulisses.site.telling import Teller
from coulisses.site.wishes import Wish

OWN = Path(__file__).resolve().parent.parent.parent  # the clone, where the code runs from one
EXAMPLES = ("painting",)


def parser() -> argparse.ArgumentParser:
    """Return what the command line may say."""
    made = argparse.ArgumentParser(
        prog="coulisses open",
        description="Open a folder's making in a house of its own, and watch it. "
        "Without PATH: the making of Coulisses itself.",
    )
    made.add_argument(
        "path", metavar="PATH", type=Path, nargs="?", help="a folder, or a repository"
    )
    made.add_argument("--data", metavar="DIR", type=Path, help="the folder that holds all")
    made.add_argument("--host", default="127.0.0.1", help="where to listen (127.0.0.1)")
    made.add_argument("--port", type=port, help="where to listen (8008, or the next free one)")
    made.add_argument("--studio", metavar="SLUG", help="the studio's address")
    made.add_argument("--project", metavar="SLUG", help="the project's address")
    made.add_argument("--title", help="the project's title")
    made.add_argument("--public-url", metavar="URL", default="", help="as the world knows it")
    made.add_argument("--curtain", choices=["up", "rehearsal"], help="who may watch from the start")
    made.add_argument("--no-watch", action="store_true", help="tell the past, then nothing more")
    made.add_argument("--owner-email", metavar="E", help="the owner's e-mail address")
    made.add_argument("--example", choices=EXAMPLES, help="open a made-up project instead")
    return made


def command(argv: list[str]) -> int:
    """Open the house and keep it open until told to end.

    Raises FolderMissing, NothingToOpen, WholeHome, PortTaken, AddressUnusable,
    DataFolderUnusable, DiskFull and SlugMalformed.
    """
    options = parser().parse_args(argv)
    ending.at_once()
    path = None if options.example else _work(options.path)
    folder = preparing.folder(options.data or _default_folder(options.example or str(path)))
    if path is not None and (status := _ask_for_rules(path)):
        return status
    listens = listening.listen(options.host, options.port)
    preparing.house(folder, public_url=options.public_url)
    with translation.override(_language()):
        _open(options, path, folder, listens)
    return 0


def _open(
    options: argparse.Namespace, path: Path | None, folder: Path, listens: socket.socket
) -> None:
    from django.conf import settings

    from coulisses.people import rules as people
    from coulisses.site import staging

    now = datetime.now(UTC)
    project, owner = staging.stage(_wish(options, path), at=now)
    token = staging.lend_token(project, owner, at=now)
    address = settings.PUBLIC_URL or listening.address(listens)
    show = Show()

    def announce() -> None:
        show.say(f"{project.title}: {address}{project.path}")
        show.say(listening.reach(listens))
        show.say(_curtain(project.is_raised, options.curtain))
        link = people.sign_in_link(owner, at=now)
        show.say(_("Sign in (once, within a day): %(url)s") % {"url": f"{address}/enter/{link}"})
        show.say(_("Its data: %(folder)s. Ctrl-C ends it.") % {"folder": folder})
        if options.port is None and listens.getsockname()[1] != listening.DEFAULT_PORT:
            said = _("(Port %(port)s was taken: --port chooses one.)")
            show.say(said % {"port": listening.DEFAULT_PORT})

    module = [f"coulisses.examples.{options.example}"]
    if path is not None:
        module = ["coulisses_agent", str(path), "--state", str(folder / "agent")]
        module += [] if options.no_watch else ["--watch"]
    to = ["--to", listening.address(listens), "--studio", project.studio.slug]
    said = ["--project", project.slug, f"--title={project.title}", "--progress", "json"]
    if path is not None and options.owner_email:
        said.append(f"--owner-email={options.owner_email}")
    teller = Teller([*module, *to, *said], {"COULISSES_TOKEN": token}, show)
    server = serving.house()
    server.farewells.append(teller.farewell)
    teller.start(server.house.is_serving, announce)
    try:
        server.run(sockets=[listens])
    finally:
        teller.end()
        staging.take_token(token)


def _wish(options: argparse.Namespace, path: Path | None) -> Wish:
    if path is None:
        return _painting(options)
    is_own = path == OWN and options.path is None
    name = "Coulisses" if is_own else _name(path)
    owner = "Coulisses" if is_own else _owner(path)
    return Wish(
        studio=options.studio or slugs.of(owner, "studio", never=slugs.NO_STUDIO),
        project=options.project or slugs.of(name, "project", never=slugs.NO_PROJECT),
        title=options.title or name[:1].upper() + name[1:].replace("-", " ").replace("_", " "),
        owner=owner,
        email=options.owner_email,
        is_raised=options.curtain == "up" or (is_own and options.curtain is None),
    )


def _painting(options: argparse.Namespace) -> Wish:
    return Wish(
        studio=options.studio or slugs.of(story.STUDIO, "studio"),
        project=options.project or slugs.of(story.TITLE, "project"),
        title=options.title or story.TITLE,
        owner=story.PAINTER,
        email=options.owner_email,
        is_raised=options.curtain != "rehearsal",
        called=story.STUDIO,
        line=story.LINE,
        craft=story.CRAFT,
        language=story.LANGUAGE,
    )


def _work(path: Path | None) -> Path:
    """Return the folder to open. Raises FolderMissing, NothingToOpen, WholeHome."""
    if path is None:
        require((OWN / ".git").exists(), NothingToOpen)
        return OWN
    path = path.expanduser().absolute()
    require(path.is_dir(), FolderMissing, path=path)
    path, home = path.resolve(), Path.home().resolve()
    is_whole = path in (home, *home.parents) and not (path / ".git").exists()
    require(not is_whole, WholeHome, path=path)
    return path


def _ask_for_rules(path: Path) -> int:
    """Have the agent ask what of a plain folder is not for showing, where somebody can answer."""
    if (path / ".git").exists() or not (sys.stdin.isatty() and sys.stderr.isatty()):
        return 0
    command = [sys.executable, "-m", "coulisses_agent", str(path), "--rules"]
    return subprocess.run(command, check=False).returncode


def _default_folder(name: str) -> Path:
    """Return the data folder of what is opened: the same each time, one for each."""
    home = Path(os.environ.get("XDG_DATA_HOME") or "~/.local/share").expanduser()
    digest = hashlib.sha256(name.encode(errors="surrogateescape")).hexdigest()[:8]
    return home / "coulisses" / f"{slugs.of(Path(name).name, 'house')}-{digest}"


def _name(path: Path) -> str:
    name = path.name.encode(errors="surrogateescape").decode(errors="replace")
    return name.removesuffix(".git") or "work"


def _owner(path: Path) -> str:
    """Return the name that the maker's git signs with, or else the account's on this machine."""
    command = ["git", "-C", str(path), "config", "user.name"]
    try:
        said = subprocess.run(command, capture_output=True, text=True, timeout=5, check=False)
        name = said.stdout.strip()
    except (OSError, subprocess.TimeoutExpired, UnicodeDecodeError):
        name = ""
    return name[:100] or getpass.getuser()


def _curtain(is_raised: bool, wished: str | None) -> str:
    if not is_raised:
        return _("Rehearsal: only you see it, signed in. --curtain up lets everybody watch.")
    if wished == "rehearsal":
        return _("The curtain is up, and stays up: what was seen cannot be unseen.")
    return _("The curtain is up: whoever reaches the house may watch.")


def _language() -> str:
    said = next(
        (said for one in ("LC_ALL", "LC_MESSAGES", "LANG") if (said := os.environ.get(one))), ""
    )
    return "fr" if said.lower().startswith("fr") else "en"
