"""The line to a house: spoken to again when it doesn't answer, and never told a thing twice."""

import json
import threading
import uuid
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import urlsplit

import httpx
import tenacity

from coulisses_client.refusals import Ended, Refused, Unreachable, detail_of

PATIENCE = 60.0  # seconds without any answer before giving up
LONGEST_WAIT = 30.0  # seconds between two attempts, unless the house asks for more
MOST_ASKED_TO_WAIT = 300.0
TIMEOUT = httpx.Timeout(60, connect=10)
LATER = (408, 425, 429)  # beside all that is the house's own fault
NEAR = ("localhost", "127.0.0.1", "::1")

Wait = Callable[[tenacity.RetryCallState], float]


class Passing(Exception):
    """No answer, or one that says to come back. `wait` in seconds, where the house said so."""

    def __init__(self, said: str, wait: float | None = None) -> None:
        super().__init__(said)
        self.wait = wait


def wait(state: tenacity.RetryCallState) -> float:
    """Half a second, doubled each time, with some chance in it; or what the house asks for."""
    error = state.outcome.exception() if state.outcome else None
    if isinstance(error, Passing) and error.wait is not None:
        return error.wait
    return tenacity.wait_random_exponential(multiplier=0.5, max=LONGEST_WAIT)(state)


class Line:
    """Speaks with one house; safe to share among threads. A context manager.

    `send` and `json` raise Refused when the answer is no, Unreachable when there was none for
    `patience` seconds (0: at once), and Ended once `ending` is set.
    """

    def __init__(
        self,
        root: str,
        token: str = "",
        *,
        patience: float = PATIENCE,
        ending: threading.Event | None = None,
        language: str = "en",
        agent: str = "coulisses-client",
        keys: bool = True,
        waiting: Wait = wait,
    ) -> None:
        """Know where the house is and who asks; nothing is sent yet.

        With `keys`, each POST has an Idempotency-Key, so that an answer lost on its way is asked
        for again and nothing is done twice.
        """
        self.root, self._patience, self._keys = root.rstrip("/"), patience, keys
        self._ending = ending or threading.Event()
        self._waiting, self._sleep = waiting, tenacity.sleep_using_event(self._ending)
        headers = {"User-Agent": agent, "Accept-Language": language}
        is_near = urlsplit(self.root).hostname in NEAR
        self._client = httpx.Client(headers=headers, timeout=TIMEOUT, trust_env=not is_near)
        if token:
            self.use(token)

    def __enter__(self) -> "Line":
        return self

    def __exit__(self, *_what_happened: object) -> None:
        self.close()

    def close(self) -> None:
        """Hang up."""
        self._client.close()

    def use(self, token: str) -> None:
        """Speak with another token from now on."""
        self._client.headers["Authorization"] = f"Bearer {token}"

    def json(
        self, method: str, path: str, body: Any = None, *, key: str | None = None, **parts: Any
    ) -> dict[str, Any]:
        """Send a body as JSON (bytes as they are) and return the object that comes back."""
        headers = dict(parts.pop("headers", None) or {})
        if body is not None:
            content = body if isinstance(body, bytes) else json.dumps(body).encode()
            headers["Content-Type"] = "application/json"
            parts["content"] = content
        answer = self.send(method, path, key=key, headers=headers, **parts)
        return {} if answer.status_code == 204 else found_in(answer)

    def send(
        self,
        method: str,
        path: str,
        *,
        key: str | None = None,
        headers: Mapping[str, str] | None = None,
        **parts: Any,
    ) -> httpx.Response:
        """Send a request below the root, again until it is answered; return the answer."""
        said = dict(headers or {})
        if method == "POST" and (key or self._keys):
            said.setdefault("Idempotency-Key", key or uuid.uuid4().hex)
        attempts = tenacity.Retrying(
            retry=tenacity.retry_if_exception_type(Passing),
            wait=self._waiting,
            stop=tenacity.stop_after_delay(self._patience)
            | tenacity.stop_when_event_set(self._ending),
            sleep=self._sleep,
            reraise=True,
        )
        try:
            return attempts(self._once, method, self.root + path, {**parts, "headers": said})
        except Passing as passing:
            if self._ending.is_set():
                raise Ended from passing
            raise Unreachable(self.root, self._patience, str(passing)) from passing

    def _once(self, method: str, url: str, parts: dict[str, Any]) -> httpx.Response:
        if self._ending.is_set():
            raise Ended
        try:
            answer = self._client.request(method, url, **parts)
        except (httpx.TransportError, OSError) as error:
            raise Passing(str(error)) from error
        if answer.status_code >= 500 or answer.status_code in LATER:
            raise Passing(f"{answer.status_code}: {detail_of(answer)}", asked_to_wait(answer))
        if not answer.is_success:
            raise Refused(answer)
        return answer


def found_in(answer: httpx.Response) -> dict[str, Any]:
    """Return what a house answers: a hotel's door says something else. Raises Refused."""
    try:
        found = answer.json()
    except ValueError:
        found = None
    if not isinstance(found, dict):
        raise Refused(answer)
    return found


def asked_to_wait(answer: httpx.Response) -> float | None:
    """Return for how many seconds an answer asks to wait, None where it doesn't."""
    asked = answer.headers.get("retry-after", "")
    return min(float(asked), MOST_ASKED_TO_WAIT) if asked.isascii() and asked.isdigit() else None
