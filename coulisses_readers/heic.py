"""The reader of photos as phones keep them: HEIC and HEIF, decoded by libheif."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator

from coulisses_readers import repainted, surface
from coulisses_readers.look import Look
from coulisses_readers.registry import Reader

_BRANDS = frozenset(
    {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"hevm", b"hevs", b"mif1", b"msf1"}
)


def look(data: bytes, name: str) -> Look:
    """As of every picture; upright as the phone was held, without the place it was held at."""
    _warm()
    with _threads_allowed():
        picture, facts = surface.opened(data, ("HEIF",))
    return surface.shown(picture, facts | {"format": "heic"}, len(data))


def _warm() -> None:
    # Here and not above: the libraries weigh more than the agent, which only asks for names.
    from pillow_heif import options, register_heif_opener

    options.DECODE_THREADS = 0
    register_heif_opener()


@contextlib.contextmanager
def _threads_allowed() -> Iterator[None]:
    # In the child no thread can be started; libde265 decodes in one of its own, whatever one asks.
    try:
        import resource
    except ImportError:
        yield
        return
    soft, hard = resource.getrlimit(resource.RLIMIT_NPROC)
    resource.setrlimit(resource.RLIMIT_NPROC, (hard, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_NPROC, (soft, hard))


def _is_magic(head: bytes) -> bool:
    return _is_fit(head) and head[8:12] in _BRANDS


def _is_fit(head: bytes) -> bool:
    return not head or (head[4:8] == b"ftyp" and b"avif" not in head[8:64])


READER = Reader(
    name="picture",
    look=look,
    rank=10,
    suffixes=frozenset({".heic", ".heif", ".hif"}),
    is_magic=_is_magic,
    is_fit=_is_fit,
    compare=repainted.compare,
    warm=_warm,
)
