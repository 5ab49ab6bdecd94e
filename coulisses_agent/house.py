"""The house, as the agent sees it: a few addresses, spoken to again when they don't answer."""

import contextlib
import re
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, MutableMapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlsplit

from coulisses_agent import speech
from coulisses_agent.refusals import AddressUnclear, HouseRefused, HouseUnreachable
from coulisses_agent.speech import gettext_noop as N_
from coulisses_client import line, pieces
from coulisses_client.line import Line
from coulisses_client.project import Project
from coulisses_client.refusals import Ended as Ended
from coulisses_client.refusals import Refused, Unreachable
from coulisses_readers.closing import Closing

PATIENCE = 15 * 60.0  # seconds without any answer before giving up
_wait = line.wait
_OTHERWISE = N_("The house refuses what was sent.")
_NO_HOUSE = N_("What answers isn't a house of Coulisses.")
_NO_PIECES = N_("What answers takes no long bodies as a house of Coulisses does.")
_MEANINGS = {
    401: N_("The house doesn't know this token."),
    403: N_("This token may not tell anything in this studio."),
    404: N_("There is no such studio in this house, or no house at this address."),
    409: N_("The project doesn't take this any more."),
    413: N_("The house finds this too long."),
    422: N_("The house doesn't take what was sent."),
    423: N_("The project's final curtain has fallen: nothing is told until it is reopened."),
}


@dataclass(frozen=True)
class Address:
    """Where a project is told: the house's root without a slash at its end, studio and project."""

    root: str
    studio: str
    project: str

    @property
    def api(self) -> str:
        """The root of the project's own addresses."""
        studio, project = quote(self.studio, safe=""), quote(self.project, safe="")
        return f"{self.root}/api/v1/projects/{studio}/{project}"


def address(to: str, *, studio: str | None, project: str | None, default: str) -> Address:
    """Read --to: a house, or a page of it (https://house/@studio/project/). Raises AddressUnclear.

    The project is called after the folder, `default`, where nothing else is said.
    """
    parts = urlsplit(to if "://" in to else f"http://{to}")
    if parts.scheme not in ("http", "https") or not parts.hostname or "@" in parts.netloc:
        raise AddressUnclear(to=to)
    root, _at, rest = parts.path.partition("/@")
    names = [name for name in rest.split("/") if name]
    studio = studio or (names[0] if names else None)
    project = project or (names[1] if len(names) > 1 else None) or slug(default) or "project"
    if studio is None:
        raise AddressUnclear(to=to)
    return Address(f"{parts.scheme}://{parts.netloc}{root.rstrip('/')}", studio, project)


class House(Closing):
    """One project of a house; safe to share among threads. A context manager.

    `keeps_originals` says whether the project wants files themselves, as far as is known by now.

    Every method raises HouseRefused when the answer is no, HouseUnreachable when there was none
    for `patience` seconds (0: at once; PATIENCE by default), and Ended once `ending` is set.
    """

    def __init__(
        self, at: Address, token: str, *, ending: threading.Event, patience: float | None = None
    ) -> None:
        self.address = at
        self.keeps_originals = False
        self._line = Line(
            at.root,
            token,
            patience=PATIENCE if patience is None else patience,
            ending=ending,
            language=speech.language(),
            agent="coulisses-agent",
            keys=False,  # what an agent tells has names of its own
            waiting=lambda state: _wait(state),
        )
        self._project = Project(self._line, at.studio, at.project)

    def close(self) -> None:
        """Hang up."""
        self._line.close()

    def use(self, token: str) -> None:
        """Speak with another token from now on."""
        self._line.use(token)

    def open_project(self, title: str) -> dict[str, Any]:
        """Make sure that the project is there; one that is keeps its own title."""
        with _plainly():
            return self._noted(self._project.open(title, line="", language="", craft=""))

    def unknown(self, onces: Sequence[str]) -> set[str]:
        """Return those of at most 5,000 captures that the house was not told yet."""
        with _plainly():
            return self._project.unknown(onces)

    def tell(self, captures: Iterable[bytes]) -> list[dict[str, Any]]:
        """Tell captures, each spelled as JSON, at most 200; telling one again changes nothing."""
        with _plainly():
            return list(self._noted(self._project.capture(captures))["results"])

    def wanted(self, versions: Sequence[str]) -> list[str]:
        """Return those of at most 1,000 versions whose previews the house lacks."""
        with _plainly():
            return self._project.wanted(versions)

    def show(
        self,
        version: str,
        facts: Mapping[str, Any],
        files: Mapping[str, tuple[bytes, str]],
        kept: MutableMapping[str, str] | None = None,
        between: Callable[[], None] = lambda: None,
    ) -> None:
        """Send a version's facts and its previews, as variant: (bytes, mime).

        Long ones go before in pieces; `kept` remembers, by variant, what of them is there, and
        `between` is called after each piece.
        """
        with _plainly():
            self._project.show(version, facts, files, kept, between)

    def keep(
        self,
        version: str,
        data: bytes,
        kept: MutableMapping[str, str],
        between: Callable[[], None] = lambda: None,
    ) -> None:
        """Send the file itself of a version, in pieces; `kept` and `between` as for `show`."""
        with _plainly():
            self._project.keep(version, data, kept, between)

    def _noted(self, answer: dict[str, Any]) -> dict[str, Any]:
        self.keeps_originals = answer.get("originals", "stay") != "stay"
        return answer


@contextlib.contextmanager
def _plainly() -> Iterator[None]:
    """Say what a house refuses, or that it doesn't answer, in the words of whoever watches."""
    try:
        yield
    except Refused as refused:
        status, detail = refused.status, refused.detail
        meaning = speech.gettext(_meaning(refused))
        raise HouseRefused(meaning=meaning, status=status, detail=detail) from refused
    except Unreachable as lost:
        minutes = round(lost.seconds / 60)
        raise HouseUnreachable(url=lost.root, minutes=minutes, said=lost.said) from lost


def _meaning(refused: Refused) -> str:
    if isinstance(refused, pieces.TakesNoPieces):
        return _NO_PIECES
    is_no_house = refused.answer.is_success
    return _NO_HOUSE if is_no_house else _MEANINGS.get(refused.status, _OTHERWISE)


def slug(name: str, *, longest: int = 50) -> str:
    """Return what of a name can stand in an address or a file's name; nothing perhaps."""
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")[:longest].strip("-")
