"""Root without the powers by which it passes over permission bits, for this thread and a while."""

import ctypes
from collections.abc import Iterator
from contextlib import contextmanager

_VERSION_3 = 0x20080522
_OVER_PERMISSIONS = 1 << 1 | 1 << 2  # CAP_DAC_OVERRIDE and CAP_DAC_READ_SEARCH


class _Header(ctypes.Structure):
    _fields_ = [("version", ctypes.c_uint32), ("pid", ctypes.c_int)]


class _Powers(ctypes.Structure):
    _fields_ = [(name, ctypes.c_uint32) for name in ("effective", "permitted", "inheritable")]


@contextmanager
def binding() -> Iterator[None]:
    """Be bound by permission bits on Linux. Raises OSError."""
    libc = ctypes.CDLL(None, use_errno=True)
    powers = (_Powers * 2)()
    _ask(libc.capget, powers)
    before = powers[0].effective
    powers[0].effective = before & ~_OVER_PERMISSIONS
    _ask(libc.capset, powers)
    try:
        yield
    finally:
        powers[0].effective = before
        _ask(libc.capset, powers)


def _ask(call: "ctypes._NamedFuncPointer", powers: "ctypes.Array[_Powers]") -> None:
    header = _Header(_VERSION_3, 0)
    if call(ctypes.byref(header), powers):
        raise OSError(ctypes.get_errno(), "the powers of this thread can't be changed")
