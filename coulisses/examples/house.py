"""The few addresses of a house that an example speaks to."""

import json
import time
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote, urlsplit

import httpx

from coulisses_readers.closing import Closing

ATTEMPTS = 6
WAIT = 0.5  # seconds before the second attempt; twice as long before each one after


class Refused(Exception):
    """The house said no, in the words it gave."""


class House(Closing):
    """One project of a house; use it in a `with`. Methods raise Refused, or httpx.HTTPError."""

    def __init__(self, to: str, token: str, studio: str, project: str) -> None:
        """Know where the house is and who asks; nothing is sent yet."""
        is_near = urlsplit(to).hostname in {"localhost", "127.0.0.1", "::1"}
        place = f"{quote(studio, safe='')}/{quote(project, safe='')}"
        self._root = f"{to.rstrip('/')}/api/v1/projects/{place}"
        self._client = httpx.Client(
            headers={"Authorization": f"Bearer {token}"},
            timeout=60,
            trust_env=not is_near,
        )

    def close(self) -> None:
        """Hang up."""
        self._client.close()

    def open_project(self, **said: str) -> None:
        """Make sure that the project is there: title, line, craft, language."""
        self._send("PUT", "", json=said)

    def entries(self) -> Iterator[dict[str, Any]]:
        """Yield what was told so far, in order."""
        after = 0
        while True:
            page = self._send("GET", "/entries", params={"after": after, "limit": 200})
            yield from page["entries"]
            if page["next"] is None:
                return
            after = page["next"]

    def unknown(self, onces: list[str]) -> set[str]:
        """Return which captures the house has not been told."""
        return set(self._send("POST", "/captures/unknown", json={"once": onces})["unknown"])

    def capture(self, said: dict[str, Any]) -> int:
        """Tell one capture and return its position."""
        result = self._send("POST", "/captures", json={"captures": [said]})["results"][0]
        return int(result["position"])

    def show(
        self, version: str, facts: dict[str, Any], files: dict[str, tuple[bytes, str]]
    ) -> None:
        """Send what is known and shown of a version, as variant: (bytes, media type)."""
        parts: dict[str, Any] = {"facts": (None, json.dumps(facts), "application/json")}
        parts |= {variant: (variant, data, media) for variant, (data, media) in files.items()}
        self._send("PUT", f"/previews/{quote(version, safe=':')}", files=parts)

    def tell(self, key: str, said: dict[str, Any]) -> int:
        """Tell a moment, once for its key, and return its position."""
        told = self._send("POST", "/moments", json=said, headers={"Idempotency-Key": key})
        return int(told["position"])

    def pin(self, position: int) -> None:
        """Pin an entry."""
        self._send("POST", "/pins", json={"position": position})

    def title(self, first: int, sentence: str) -> None:
        """Put a sentence over the sitting that begins at a position."""
        self._send("POST", "/sittings", json={"first": first, "title": sentence})

    def _send(self, method: str, path: str, **parts: Any) -> Any:
        for attempt in range(ATTEMPTS):
            is_last = attempt == ATTEMPTS - 1
            try:
                answer = self._client.request(method, self._root + path, **parts)
            except httpx.TransportError:
                if is_last:
                    raise
            else:
                if answer.is_success:
                    return answer.json()
                if (answer.status_code < 500 and answer.status_code != 429) or is_last:
                    raise Refused(f"{method} {path}: {answer.status_code} {answer.text[:300]}")
            time.sleep(WAIT * 2**attempt)
        raise AssertionError("unreachable: the last attempt returns or raises")
