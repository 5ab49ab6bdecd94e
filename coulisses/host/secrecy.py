"""What no page, no row and no line of a log may say: the house's passwords and keys."""

import logging
from collections.abc import Iterator
from dataclasses import dataclass, fields
from urllib.parse import unquote, urlsplit

from django.conf import settings

MASK = "•••"
SHORTEST = 4  # characters of a secret; shorter ones would mask every page
SECRET = ("password", "secret", "token", "key", "user")
PREFIX = "COULISSES_"


@dataclass(frozen=True)
class Setting:
    """A setting as the host may see it: by its name, and what it is unless that is a secret."""

    name: str
    value: str
    sentence: str
    is_default: bool


class Formatter(logging.Formatter):
    """Writes lines of a log, tracebacks and all, with every secret covered."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line."""
        return masked(super().format(record))


def settings_shown() -> list[Setting]:
    """Return every setting of the house; of one that holds a secret only that it is set."""
    house = settings.HOUSE
    return [
        Setting(
            PREFIX + one.name.upper(),
            _shown(one.name, getattr(house, one.name)),
            str(one.metadata.get("sentence", "")),
            getattr(house, one.name) == one.default,
        )
        for one in fields(house)
    ]


def masked(said: str) -> str:
    """Return what is said with every secret of this house covered."""
    for secret in sorted(set(_secrets()), key=len, reverse=True):
        said = said.replace(secret, MASK)
    return said


def _shown(name: str, value: object) -> str:
    if value == "":
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    is_address = "://" in str(value) and "@" in str(value)
    return MASK if _is_secret(name) or is_address else str(value)


def _is_secret(name: str) -> bool:
    # Addresses of databases and mail servers hold passwords, wherever in them these stand.
    return name in ("database", "smtp") or any(word in name for word in SECRET)


def _secrets() -> Iterator[str]:
    """Yield all that has to be covered, spelled as it is and as addresses spell it."""
    house = settings.HOUSE
    found = [settings.SECRET_KEY, house.database]
    found += [str(getattr(house, one.name)) for one in fields(house) if _is_secret(one.name)]
    for one in fields(house):
        value = getattr(house, one.name)
        if isinstance(value, str) and "://" in value:
            found.append(_password(value))
    for secret in found:
        if len(secret) >= SHORTEST:
            yield from (secret, unquote(secret))


def _password(address: str) -> str:
    try:
        return urlsplit(address).password or ""
    except ValueError:
        return ""
