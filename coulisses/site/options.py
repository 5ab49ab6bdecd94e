"""Types of the commands' options."""

import argparse


def port(value: str) -> int:
    """Return a port between 0 (any that is free) and 65535."""
    if not value.isdecimal() or int(value) > 65535:
        raise argparse.ArgumentTypeError(f"{value!r} is no port: it is between 0 and 65535")
    return int(value)
