"""Types of the commands' options."""

import argparse
import os


def port(value: str) -> int:
    """Return a port between 0 (any that is free) and 65535."""
    if not value.isdecimal() or int(value) > 65535:
        raise argparse.ArgumentTypeError(f"{value!r} is no port: it is between 0 and 65535")
    return int(value)


def add_places(parser: argparse.ArgumentParser) -> None:
    """Add the options that say what a house of several machines shares."""
    for name, sentence in (
        ("database", "a postgres:// address (otherwise COULISSES_DATABASE, or SQLite)"),
        ("bell", "postgres, nats://…, valkey://…: tells the other machines what is new"),
        ("media", "s3://key:secret@host/bucket: where files are kept"),
    ):
        parser.add_argument(f"--{name}", metavar="ADDRESS", help=sentence)


def take_places(said: argparse.Namespace) -> None:
    """Have the settings follow what the command line says of the shared places."""
    for name in ("database", "bell", "media"):
        if getattr(said, name):
            os.environ[f"COULISSES_{name.upper()}"] = getattr(said, name)
