"""The limited child process that decodes what strangers made: see `sandbox`.

Each request and each answer is a frame: a JSON head and its blobs. The child gives itself its
limits before it reads the first request, then answers until its input ends.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
from collections.abc import Callable, Sequence
from typing import Any

from coulisses_readers import frames, limits, picture, postcard, registry, text
from coulisses_readers.frames import read_frame, write_frame
from coulisses_readers.hearing import mp3
from coulisses_readers.look import Unreadable

_CLONE_NEWUSER, _CLONE_NEWNET = 0x10000000, 0x40000000
_PR_SET_NO_NEW_PRIVS = 38
# Descriptors beyond the three that stay open: what reading fonts takes, and nothing more.
_DESCRIPTORS = 32

Answer = tuple[dict[str, Any], Sequence[bytes]]


def main(seconds: int, memory_mb: int, limit: int) -> None:
    """Answer requests from standard input on standard output until the input ends."""
    requests = os.fdopen(os.dup(0), "rb")
    answers = os.fdopen(os.dup(1), "wb")
    # What a library prints may not end up inside a frame.
    null = os.open(os.devnull, os.O_RDWR)
    for standard in (0, 1, 2):
        os.dup2(null, standard)
    os.close(null)
    memory = limits.Memory()
    _warm_up()
    _limit(memory_mb)
    write_frame(answers, {"ready": True})
    while True:
        try:
            head, blobs = read_frame(requests, limit)
        except EOFError:
            return
        limits.allow_seconds(seconds)
        try:
            answer, found = _ANSWERS[head["ask"]](head, blobs)
        except Unreadable as refusal:
            answer, found = {"reason": refusal.reason}, ()
        except MemoryError:
            answer, found = {"reason": "too_large"}, ()
        except Exception:
            # Whatever a decoder raises on a broken file means the same to the caller.
            answer, found = {"reason": "unreadable"}, ()
        del blobs
        write_frame(answers, {**answer, "resident": memory.resident()}, found)


def _answer_look(head: dict[str, Any], blobs: list[bytes]) -> Answer:
    return frames.of_look(registry.look(blobs[0], head["name"]))


def _answer_compare(head: dict[str, Any], blobs: list[bytes]) -> Answer:
    before, after = head["before"], head["after"]
    split = frames.blobs_of(before) if before else 0
    former = frames.as_look(before, blobs[:split]) if before else None
    later = frames.as_look(after, blobs[split:])
    return {"found": registry.compare(former, later, head["name"])}, ()


def _answer_verify(head: dict[str, Any], blobs: list[bytes]) -> Answer:
    width, height = picture.verify_webp(blobs[0])
    return {"width": width, "height": height}, ()


def _answer_verify_mp3(head: dict[str, Any], blobs: list[bytes]) -> Answer:
    return {"seconds": mp3.verify(blobs[0])}, ()


def _answer_postcard(head: dict[str, Any], blobs: list[bytes]) -> Answer:
    poster = head.get("poster")
    shown, files = (poster, blobs) if poster else (blobs[0], blobs[1:])
    fonts = {name: [files[place] for place in places] for name, places in head["fonts"].items()}
    return {}, (postcard.draw(head["said"], fonts, shown),)


_ANSWERS: dict[str, Callable[[dict[str, Any], list[bytes]], Answer]] = {
    "look": _answer_look,
    "compare": _answer_compare,
    "verify_webp": _answer_verify,
    "verify_mp3": _answer_verify_mp3,
    "postcard": _answer_postcard,
}


def _warm_up() -> None:
    # Everything that Python would import while looking: soon no file can be opened any more.
    from PIL import Image

    Image.init()
    for reader in registry.readers():
        reader.warm()
    postcard.warm()
    # What members of a zip are called, and characters beyond the first plane, take two more.
    for encoding in ("cp437", "utf-16", *text.ENCODINGS):
        "".encode(encoding)


def _limit(memory_mb: int) -> None:
    _leave_the_network()
    memory = memory_mb * 1024 * 1024
    for name, soft, hard in (
        ("RLIMIT_CORE", 0, 0),
        ("RLIMIT_FSIZE", 0, 0),
        ("RLIMIT_NPROC", 0, None),
        ("RLIMIT_AS", memory, memory),
        ("RLIMIT_NOFILE", 0, _DESCRIPTORS),
    ):
        limits.limit(name, soft, hard)


def _leave_the_network() -> None:
    # Only a floor above the floor: without a new descriptor there is no socket either.
    with contextlib.suppress(OSError, AttributeError, TypeError):
        library = ctypes.CDLL(None)
        library.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
        if library.unshare(_CLONE_NEWNET) != 0:
            library.unshare(_CLONE_NEWUSER | _CLONE_NEWNET)
