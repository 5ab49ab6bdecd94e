"""What can be said in a log: each kind is a frozen dataclass, named once, for ever."""

from dataclasses import asdict, dataclass, fields
from typing import Any, ClassVar, TypeVar, dataclass_transform

_by_name: dict[str, type["Fact"]] = {}

F = TypeVar("F", bound="Fact")


class KindTaken(Exception):
    """Two dataclasses claim the same kind."""


class Fact:
    """The body of an entry. `is_quiet` kinds are shown as one line, and open no sitting.

    `is_encore` kinds may still be told when a project's final curtain has fallen. Of kinds that
    `says_anew` the last words hold in place of those of the entry that they are about. What
    `goes_along` is shredded with the entry that it is about.
    """

    kind_name: ClassVar[str]
    is_quiet: ClassVar[bool] = False
    is_encore: ClassVar[bool] = False
    says_anew: ClassVar[bool] = False
    goes_along: ClassVar[bool] = False

    def headline(self) -> str:
        """Return a few words for lists, feeds and links; empty where the kind has none."""
        return ""

    def filed_under(self) -> str:
        """Return the topic (16 characters at most) that lists filter by."""
        return ""

    def speaks_of(self) -> int | None:
        """Return the position, in the same log, of the entry that this one is about."""
        return getattr(self, "about", None)

    def shows(self) -> set[str]:
        """Return the names of the file versions that this entry shows; shredding takes them out."""
        return set()

    def weighs(self) -> int:
        """Return how much changed (lines, or 200 a picture), for the scrubber."""
        return 1

    def teaser_for_others(self) -> str:
        """Return the words written for those who may know of this entry but not read it."""
        return ""

    def spelled(self) -> dict[str, Any]:
        """Return the JSON-able fields, as they are hashed."""
        return asdict(self)  # type: ignore[call-overload]


class Bygone(Fact):
    """Said by a room that is gone. The log still shows it, plainly."""

    kind_name = "bygone"

    def __init__(self, said: dict[str, Any]) -> None:
        self.said = said

    def spelled(self) -> dict[str, Any]:
        """Return what was said, untouched."""
        return self.said


@dataclass_transform(kw_only_default=True, frozen_default=True)
def kind(name: str) -> Any:
    """Enrol a dataclass as the permanent kind `noun.past_participle`."""

    def enrol(cls: type[F]) -> type[F]:
        if name in _by_name:
            raise KindTaken(name)
        cls.kind_name = name
        fact = dataclass(frozen=True, kw_only=True)(cls)
        _by_name[name] = fact
        return fact

    return enrol


def read(name: str, body: dict[str, Any]) -> Fact:
    """Return the fact that a stored body spells; unknown kinds and unknown fields are borne."""
    fact = _by_name.get(name)
    if fact is None:
        return Bygone(body)
    known = {field.name for field in fields(fact)}  # type: ignore[arg-type]
    return fact(**{key: value for key, value in body.items() if key in known})


def names() -> list[str]:
    """Return every kind this house can say, sorted."""
    return sorted(_by_name)


def going_along() -> list[str]:
    """Return the kinds that are shredded with the entry that they are about."""
    return [name for name in names() if _by_name[name].goes_along]


def of(name: str) -> type[Fact] | None:
    """Return the dataclass of a kind, or None for one that no room claims."""
    return _by_name.get(name)
