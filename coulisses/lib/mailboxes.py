"""Addresses of letter boxes, as people type them and as mail servers are told them."""

import re

LONGEST = 254
# No quotes: what stands between them has many spellings for one box, and control characters in it.
_local = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*")
_domain = re.compile(r"(?:[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?\.)+[A-Za-z0-9-]*[A-Za-z0-9]")


def spelled(address: str) -> str:
    """Return an address with its domain in ASCII; empty where no mail server could be told it."""
    local, _at, domain = address.rpartition("@")
    try:
        known = domain.encode("idna").decode("ascii")
    except UnicodeError:
        return ""
    is_whole = _local.fullmatch(local) and len(local) <= 64 and _domain.fullmatch(known)
    made = f"{local}@{known}"
    return made if is_whole and len(made) <= LONGEST else ""


def box(address: str) -> str:
    """Return the box that a spelled address leads to: what stands after a “+” is the same one."""
    local, _at, domain = address.lower().rpartition("@")
    return f"{local.partition('+')[0]}@{domain}"
