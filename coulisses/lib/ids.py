"""Random names for things that must not be guessed, nor tell when they were made."""

import base64
import secrets

LENGTH = 26


def new() -> str:
    """Return 128 random bits as 26 lowercase base32 characters (RFC 4648, no padding)."""
    return base64.b32encode(secrets.token_bytes(16)).decode().rstrip("=").lower()
