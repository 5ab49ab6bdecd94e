"""A refusal: the named answer to what may not, or cannot, be done."""

import math
from typing import Any, ClassVar, TypeVar

R = TypeVar("R", bound=Any)


class Refusal(Exception):
    """Raised by rules; one middleware turns it into a page or a problem document (RFC 9457).

    `status` is the HTTP status, `sentence` what a person is told, in their language.
    Keyword arguments fill the sentence's `%(name)s` places. `wait` is in how many seconds asking
    again makes sense, 0 where never; the keyword `seconds` says it better for one of them.
    The keyword `where` is a page of this house that helps, and `leads` what a link to it says.
    """

    status: ClassVar[int] = 422
    sentence: ClassVar[Any] = ""
    wait: ClassVar[int] = 0
    leads: ClassVar[Any] = ""

    def __init__(self, **details: Any) -> None:
        self.details = details
        super().__init__(type(self).__name__)

    def __str__(self) -> str:
        return str(self.sentence) % self.details if self.details else str(self.sentence)

    @property
    def where(self) -> str:
        """The address of a page that helps; empty where there is none."""
        return str(self.details.get("where", "")) if self.leads else ""

    def headers(self) -> dict[str, str]:
        """Return what stands on an answer beside its body: when to ask again, where that helps."""
        seconds = self.details.get("seconds", self.wait)
        return {"Retry-After": str(math.ceil(seconds))} if seconds else {}

    def onto(self, response: R) -> R:
        """Put these headers on a page that tells the refusal itself; return it."""
        for name, value in self.headers().items():
            response[name] = value
        return response

    @classmethod
    def name(cls) -> str:
        """Return the refusal's permanent name in kebab-case, as problem documents carry it."""
        letters = [f"-{c.lower()}" if c.isupper() else c for c in cls.__name__]
        return "".join(letters).lstrip("-")


def require(condition: Any, refusal: type[Refusal], **details: Any) -> None:
    """Raise the refusal unless the condition holds."""
    if not condition:
        raise refusal(**details)
