"""The house, as the agent sees it: a few addresses, spoken to again when they don't answer."""

import contextlib
import json
import re
import threading
from collections.abc import Callable, Iterable, Mapping, MutableMapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlsplit

import httpx
import tenacity

from coulisses_agent import pieces, speech
from coulisses_agent.refusals import AddressUnclear, HouseRefused, HouseUnreachable
from coulisses_agent.speech import gettext_noop as N_
from coulisses_readers.closing import Closing

PATIENCE = 15 * 60.0  # seconds without any answer before giving up
_LONGEST_WAIT = 30.0  # seconds between two attempts, unless the house asks for more
_MOST_ASKED_TO_WAIT = 300.0
_TIMEOUT = httpx.Timeout(60, connect=10)
_OTHERWISE = N_("The house refuses what was sent.")
_MEANINGS = {
    401: N_("The house doesn't know this token."),
    403: N_("This token may not tell anything in this studio."),
    404: N_("There is no such studio in this house, or no house at this address."),
    409: N_("The project doesn't take this any more."),
    413: N_("The house finds this too long."),
    422: N_("The house doesn't take what was sent."),
    423: N_("The project's final curtain has fallen: nothing is told until it is reopened."),
}


class Ended(Exception):
    """The agent was asked to end."""


class _Passing(Exception):
    """No answer, or one that says to come back. `wait` in seconds, where the house said so."""

    def __init__(self, said: str, wait: float | None = None) -> None:
        super().__init__(said)
        self.wait = wait


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
        self.address, self._ending = at, ending
        self.keeps_originals = False
        self._patience = PATIENCE if patience is None else patience
        is_near = urlsplit(at.root).hostname in ("localhost", "127.0.0.1", "::1")
        self._client = httpx.Client(
            headers={
                "Authorization": f"Bearer {token}",
                "User-Agent": "coulisses-agent",
                "Accept-Language": speech.language(),
            },
            timeout=_TIMEOUT,
            trust_env=not is_near,
        )
        self._sleep = tenacity.sleep_using_event(ending)

    def close(self) -> None:
        """Hang up."""
        self._client.close()

    def use(self, token: str) -> None:
        """Speak with another token from now on."""
        self._client.headers["Authorization"] = f"Bearer {token}"

    def open_project(self, title: str) -> dict[str, Any]:
        """Make sure that the project is there; one that is keeps its own title."""
        said = {"title": title, "line": "", "language": "", "craft": ""}
        return self._noted(self._json("PUT", "", said))

    def unknown(self, onces: Sequence[str]) -> set[str]:
        """Return those of at most 5,000 captures that the house was not told yet."""
        return set(self._json("POST", "/captures/unknown", {"once": list(onces)})["unknown"])

    def tell(self, captures: Iterable[bytes]) -> list[dict[str, Any]]:
        """Tell captures, each spelled as JSON, at most 200; telling one again changes nothing."""
        body = b'{"captures":[' + b",".join(captures) + b"]}"
        return list(self._noted(self._json("POST", "/captures", body))["results"])

    def wanted(self, versions: Sequence[str]) -> list[str]:
        """Return those of at most 1,000 versions whose previews the house lacks."""
        return list(self._json("POST", "/previews/wanted", {"versions": list(versions)})["wanted"])

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
        kept = {} if kept is None else kept
        parts: dict[str, Any] = {"facts": (None, json.dumps(dict(facts)), "application/json")}
        for variant, (data, mime) in files.items():
            parts[variant] = (variant, data, mime)
        for variant in pieces.long_ones(files):
            data = files[variant][0]
            key = pieces.carry(self._send, variant, data, kept, between=between)
            parts[variant] = (None, key)
        self._found(self._send("PUT", f"/previews/{quote(version, safe=':')}", files=parts))

    def keep(
        self,
        version: str,
        data: bytes,
        kept: MutableMapping[str, str],
        between: Callable[[], None] = lambda: None,
    ) -> None:
        """Send the file itself of a version, in pieces; `kept` and `between` as for `show`."""
        key = pieces.carry(self._send, "original", data, kept, between=between)
        self._json("PUT", f"/originals/{quote(version, safe=':')}", {"arrived": key})

    def _noted(self, answer: dict[str, Any]) -> dict[str, Any]:
        self.keeps_originals = answer.get("originals", "stay") != "stay"
        return answer

    def _json(self, method: str, path: str, body: Any) -> dict[str, Any]:
        content = body if isinstance(body, bytes) else json.dumps(body).encode()
        headers = {"Content-Type": "application/json"}
        return self._found(self._send(method, path, content=content, headers=headers))

    def _found(self, answer: httpx.Response) -> dict[str, Any]:
        """Return what a house answers: what a hotel's door says instead is no answer."""
        try:
            found = answer.json()
        except ValueError:
            found = None
        if not isinstance(found, dict):
            raise self._refused(answer, N_("What answers isn't a house of Coulisses."))
        return found

    def _send(self, method: str, path: str, **parts: Any) -> httpx.Response:
        attempts = tenacity.Retrying(
            retry=tenacity.retry_if_exception_type(_Passing),
            wait=_wait,
            stop=tenacity.stop_after_delay(self._patience)
            | tenacity.stop_when_event_set(self._ending),
            sleep=self._sleep,
            reraise=True,
        )
        try:
            return attempts(self._once, method, self.address.api + path, parts)
        except _Passing as passing:
            if self._ending.is_set():
                raise Ended from passing
            minutes, said = round(self._patience / 60), str(passing)
            raise HouseUnreachable(url=self.address.root, minutes=minutes, said=said) from passing

    def _once(self, method: str, url: str, parts: dict[str, Any]) -> httpx.Response:
        if self._ending.is_set():
            raise Ended
        try:
            answer = self._client.request(method, url, **parts)
        except (httpx.TransportError, OSError) as error:
            raise _Passing(str(error)) from error
        if answer.status_code >= 500 or answer.status_code in (408, 425, 429):
            raise _Passing(f"{answer.status_code}: {_detail(answer)}", _asked_to_wait(answer))
        if not answer.is_success:
            raise self._refused(answer)
        return answer

    def _refused(self, answer: httpx.Response, meaning: str | None = None) -> HouseRefused:
        status = answer.status_code
        meaning = speech.gettext(meaning or _MEANINGS.get(status, _OTHERWISE))
        return HouseRefused(meaning=meaning, status=status, detail=_detail(answer))


def _detail(answer: httpx.Response) -> str:
    """Return what an answer says of itself, in a line."""
    detail = answer.headers.get("location", "") or answer.reason_phrase
    with contextlib.suppress(ValueError, AttributeError):
        problem = answer.json()
        detail = str(problem.get("detail") or problem.get("title") or detail)
    return detail[:300]


def _wait(state: tenacity.RetryCallState) -> float:
    """Half a second, doubled each time, with some chance in it; or what the house asks for."""
    error = state.outcome.exception() if state.outcome else None
    if isinstance(error, _Passing) and error.wait is not None:
        return error.wait
    return tenacity.wait_random_exponential(multiplier=0.5, max=_LONGEST_WAIT)(state)


def _asked_to_wait(answer: httpx.Response) -> float | None:
    asked = answer.headers.get("retry-after", "")
    return min(float(asked), _MOST_ASKED_TO_WAIT) if asked.isascii() and asked.isdigit() else None


def slug(name: str, *, longest: int = 50) -> str:
    """Return what of a name can stand in an address or a file's name; nothing perhaps."""
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")[:longest].strip("-")
