"""What goes wrong: a house says no, a house doesn't answer, or one was asked to end."""

import contextlib
from typing import Any

import httpx

URN = "urn:coulisses:"


class Ended(Exception):
    """Whoever asked was asked to end."""


class Unreachable(Exception):
    """A house did not answer for `seconds`; `said` is what was heard last."""

    def __init__(self, root: str, seconds: float, said: str) -> None:
        super().__init__(f"no answer from {root} for {seconds:.0f} s: {said}")
        self.root, self.seconds, self.said = root, seconds, said


class Refused(Exception):
    """A house answered, and the answer is no: asking again would not help.

    `name` is the refusal's permanent name ("nothing-to-tell"), empty where the answer has none;
    `detail` is a sentence for people, `problem` the whole document (RFC 9457), `answer` what came.
    """

    def __init__(self, answer: httpx.Response) -> None:
        self.answer, self.status = answer, answer.status_code
        self.problem: dict[str, Any] = {}
        with contextlib.suppress(ValueError):
            said = answer.json()
            self.problem = said if isinstance(said, dict) else {}
        kind = str(self.problem.get("type", ""))
        self.name = kind.removeprefix(URN) if kind.startswith(URN) else ""
        self.detail = detail_of(answer, self.problem)
        super().__init__(f"{self.status} {self.name}: {self.detail}")


def detail_of(answer: httpx.Response, problem: dict[str, Any] | None = None) -> str:
    """Return what an answer says of itself, in a line."""
    detail = answer.headers.get("location", "") or answer.reason_phrase
    if problem is None:
        problem = {}
        with contextlib.suppress(ValueError):
            said = answer.json()
            problem = said if isinstance(said, dict) else {}
    return str(problem.get("detail") or problem.get("title") or detail)[:300]
