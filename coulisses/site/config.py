"""Settings of a house: each has a type, a default and a sentence, and fails loudly."""

import ipaddress
import os
import tempfile
import zoneinfo
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from email.utils import parseaddr
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

import tzlocal

PREFIX = "COULISSES_"
BELLS = ("postgres", "postgresql", "nats", "tls", "valkey", "valkeys", "redis", "rediss")


class SettingMalformed(Exception):
    """A setting's value cannot be what the setting is."""


def say(sentence: str) -> dict[str, str]:
    """Return a field's metadata with the sentence that documents a setting."""
    return {"sentence": sentence}


@dataclass(frozen=True)
class House:
    """The settings of one house, read from the environment as `COULISSES_<NAME>`."""

    data: Path = field(
        default=Path(tempfile.gettempdir()) / "coulisses-nowhere",
        metadata=say("The folder that holds all: database, keys, media. Commands set it."),
    )
    database: str = field(
        default="",
        repr=False,  # it holds a password
        metadata=say("A postgres:// address; empty for SQLite in the data folder."),
    )
    bell: str = field(
        default="",
        repr=False,  # it may hold a password
        metadata=say(
            "What tells several machines of news: postgres (the house's own database), "
            "or an address, nats://, valkey:// or redis://; empty: sockets on this one."
        ),
    )
    media: str = field(
        default="",
        repr=False,  # it holds a secret
        metadata=say(
            "Where files are kept, as s3://key:secret@host/bucket?region=…; "
            "empty: in the data folder."
        ),
    )
    keys: str = field(
        default="",
        metadata=say("The folder of secret.key and proof.key; empty: the data folder."),
    )
    errands: bool = field(
        default=True,
        metadata=say(
            "Whether whoever serves also does what a house does by itself; "
            "no: `coulisses work` does."
        ),
    )
    public_url: str = field(
        default="",
        metadata=say("The house's address, as https://example.org; empty: as it is asked for."),
    )
    debug: bool = field(
        default=False, metadata=say("Show Python's errors in the browser. Never in public.")
    )
    time_zone: str = field(
        default="",
        metadata=say("Where mornings are mornings, as Europe/Paris; empty: as on the machine."),
    )
    threads: int = field(
        default=4, metadata=say("Threads that answer pages, each with its own connection.")
    )
    cache_megabytes: int = field(default=64, metadata=say("Memory for finished pages, in MiB."))
    streams_per_address: int = field(
        default=50,
        metadata=say("Live streams one network address may hold open at once; 0: any number."),
    )
    body_megabytes: int = field(default=32, metadata=say("The longest request body, in MiB."))
    api_per_minute: int = field(
        default=6000,
        metadata=say("Requests of one API token within a minute; 0: any number."),
    )
    api_per_minute_outside: int = field(
        default=600,
        metadata=say(
            "API requests without a token from one network address within a minute; 0: any number."
        ),
    )
    ballots_per_address: int = field(
        default=500,
        metadata=say(
            "Votes without an account on one question from one network address within an hour; "
            "0: any number."
        ),
    )
    unhurried_seconds: int = field(
        default=2,
        metadata=say(
            "Seconds that somebody without an account takes at least, from touching a form to "
            "sending it: quicker words wait for a look. 0: nobody is asked."
        ),
    )
    smtp: str = field(
        default="",
        repr=False,  # it holds a password
        metadata=say(
            "The mail server, as smtp://name:password@host:587 or smtps://…; empty: no letters."
        ),
    )
    mail_from: str = field(
        default="", metadata=say("Whom letters come from, as Coulisses <house@example.org>.")
    )
    mail_bounces: str = field(
        default="",
        metadata=say(
            "Where letters that can't be delivered go back to, as bounces@example.org, with a sign "
            "after a + that says whose; empty: to whom letters come from."
        ),
    )
    backup_folder: str = field(
        default="",
        metadata=say(
            "A folder outside of the house's, where it backs itself up; empty: it doesn't."
        ),
    )
    backup_hours: int = field(
        default=24, metadata=say("Hours between two backups by itself; 0: only when asked.")
    )
    backup_keep: int = field(default=7, metadata=say("Backups kept there; older ones are deleted."))
    studio_gigabytes: int = field(
        default=20,
        metadata=say("Room for one studio's previews and originals, in GiB; 0: no limit."),
    )

    reaches: str = field(
        default="",
        metadata=say(
            "Private networks that outgoing requests may reach, as 10.0.0.0/8,192.168.1.7; "
            "empty: none."
        ),
    )

    websub_hub: str = field(
        default="",
        metadata=say(
            "A WebSub hub that is told what is new, as https://hub.example.org/; it needs "
            "PUBLIC_URL. Empty: none."
        ),
    )
    alike: str = field(
        default="coulisses.brainstorms.alike.by_words",
        metadata=say("The Python module that proposes which ideas of a brainstorm are one family."),
    )
    offline: bool = field(
        default=True,
        metadata=say(
            "Let browsers keep public pages that were read for when there is no connection; "
            "no: they forget what they kept."
        ),
    )

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] = os.environ) -> "House":
        """Read every setting. Raises SettingMalformed, naming the setting and what it expects."""
        given = {}
        for one in fields(cls):
            raw = environment.get(PREFIX + one.name.upper())
            if raw is not None:
                given[one.name] = _parse(one.name, type(one.default), raw)
        return cls(**given)


def _parse(name: str, kind: type, raw: str) -> Any:
    if kind is bool:
        if raw.lower() not in {"0", "1", "false", "true", "no", "yes"}:
            raise SettingMalformed(f"{PREFIX}{name.upper()} is yes or no, not {raw!r}")
        return raw.lower() in {"1", "true", "yes"}
    if kind is int:
        if not raw.isdecimal():
            raise SettingMalformed(f"{PREFIX}{name.upper()} is a whole number, not {raw!r}")
        return int(raw)
    if issubclass(kind, Path):
        return Path(raw).expanduser().absolute()
    if name == "public_url" and raw:
        parts = urlsplit(raw)
        if parts.scheme not in {"http", "https"} or not parts.netloc or parts.path.strip("/"):
            raise SettingMalformed(f"{PREFIX}PUBLIC_URL is like https://example.org, not {raw!r}")
        return raw.rstrip("/")
    if name == "alike" and not all(map(str.isidentifier, raw.split("."))):
        raise SettingMalformed(f"{PREFIX}ALIKE is a module, as {House.alike}, not {raw!r}")
    if name == "bell" and raw and raw.partition(":")[0] not in BELLS:
        raise SettingMalformed(f"{PREFIX}BELL is postgres, or an address that begins with "
                               f"{', '.join(f'{one}://' for one in BELLS)}")  # fmt: skip
    if name == "media" and raw:
        parts = urlsplit(raw)
        if parts.scheme != "s3" or not parts.hostname or not parts.path.strip("/"):
            raise SettingMalformed(f"{PREFIX}MEDIA is like s3://key:…@host/bucket")
    if name == "smtp" and raw:
        parts = urlsplit(raw)
        if parts.scheme not in {"smtp", "smtps"} or not parts.hostname:
            # Not said back: it may hold a password.
            raise SettingMalformed(f"{PREFIX}SMTP is like smtp://name:password@host:587")
    return raw


def websub_hub(house: House) -> str:
    """Return the hub that is told what is new, empty for none. Raises SettingMalformed."""
    parts = urlsplit(house.websub_hub)
    if house.websub_hub and (parts.scheme not in {"http", "https"} or not parts.hostname):
        raise SettingMalformed(
            f"{PREFIX}WEBSUB_HUB is like https://hub.example.org/, not {house.websub_hub!r}"
        )
    if house.websub_hub and not house.public_url:
        raise SettingMalformed(f"{PREFIX}WEBSUB_HUB needs {PREFIX}PUBLIC_URL: what a hub is told")
    return house.websub_hub


def sender(house: House) -> str:
    """Return whom letters come from. Raises SettingMalformed where they are sent by nobody."""
    _, address = parseaddr(house.mail_from)
    if (house.smtp or house.mail_from) and "@" not in address:
        raise SettingMalformed(
            f"{PREFIX}MAIL_FROM is like Coulisses <house@example.org>, not {house.mail_from!r}"
        )
    return house.mail_from or "Coulisses <house@localhost>"


def database(house: House) -> dict[str, Any]:
    """Return Django's description of the house's database. Raises SettingMalformed."""
    if house.bell == "postgres" and not house.database:
        raise SettingMalformed(f"{PREFIX}BELL is postgres, but {PREFIX}DATABASE is not")
    shared = {"CONN_MAX_AGE": None, "CONN_HEALTH_CHECKS": False}
    if not house.database:
        pragmas = (
            "pragma journal_mode=wal; pragma synchronous=full; pragma recursive_triggers=on; "
            "pragma foreign_keys=on; pragma mmap_size=134217728; pragma cache_size=-16000; "
            # What is shredded is overwritten, not only let go.
            "pragma secure_delete=on; "
            # Whoever tells pays for copying the write log home: seldom, 16 MiB at once.
            "pragma wal_autocheckpoint=4000"
        )
        return {
            "ENGINE": "coulisses.lib.sqlite",
            "NAME": str(house.data / "house.sqlite3"),
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                "init_command": pragmas,
            },
            **shared,
        }
    parts = urlsplit(house.database)
    if parts.scheme not in {"postgres", "postgresql"}:
        raise SettingMalformed(f"{PREFIX}DATABASE is a postgres:// address")
    query = dict(parse_qsl(parts.query))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": query.pop("host", "") or unquote(parts.hostname or ""),
        "PORT": str(parts.port or ""),
        "OPTIONS": query,
        **shared,
        # A server elsewhere may have begun anew: better a glance than a page that fails.
        "CONN_HEALTH_CHECKS": True,
    }


def reaches(house: House) -> list[ipaddress.IPv4Network | ipaddress.IPv6Network]:
    """Return the private networks that outgoing requests may reach. Raises SettingMalformed."""
    try:
        return [
            ipaddress.ip_network(one.strip()) for one in house.reaches.split(",") if one.strip()
        ]
    except ValueError as error:
        raise SettingMalformed(f"{PREFIX}REACHES is like 10.0.0.0/8,192.168.1.7: {error}") from None


def time_zone(house: House) -> str:
    """Return the name of the zone that hours and parts of days are told in.

    Raises SettingMalformed.
    """
    name = house.time_zone or tzlocal.get_localzone_name() or "UTC"
    if name not in zoneinfo.available_timezones():
        if not house.time_zone:
            return "UTC"  # a machine whose zone has no name of its own
        raise SettingMalformed(f"{PREFIX}TIME_ZONE is like Europe/Paris, not {name!r}")
    return name
