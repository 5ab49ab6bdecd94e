"""Lines: whom a network address belongs to, as far as counting goes."""

import ipaddress


def of(address: str) -> str:
    """Return what one line has: its address, or of IPv6, where it has 2⁶⁴ of them, their network.

    What is no address is returned as it is.
    """
    try:
        known = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return address
    if isinstance(known, ipaddress.IPv4Address):
        return str(known)
    inner = known.ipv4_mapped
    return str(inner or ipaddress.IPv6Network((known, 64), strict=False))
