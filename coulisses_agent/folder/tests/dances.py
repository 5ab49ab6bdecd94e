"""How editors save, by the system calls that the real programs make.

Each is a generator that saves `data` as `path`, and gives way after every call: whoever looks in
between sees what a watcher would.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

Dance = Callable[[Path, bytes], Iterator[None]]


def _renamed_over(path: Path, data: bytes, temporary: Path) -> Iterator[None]:
    """Written beside, then renamed over the old one."""
    yield from in_place(temporary, data)
    temporary.replace(path)
    yield


def _exchanged(path: Path, data: bytes, new: Path, old: Path) -> Iterator[None]:
    """Written beside; the old one is renamed, then the new one, and the old one goes."""
    yield from in_place(new, data)
    path.rename(old)
    yield
    new.rename(path)
    yield
    old.unlink()
    yield


def in_place(path: Path, data: bytes) -> Iterator[None]:
    """VS Code, nano, Notepad: truncated, then written."""
    file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o644)
    yield
    os.write(file, data[: len(data) // 2])
    yield
    os.write(file, data[len(data) // 2 :])
    os.fsync(file)
    os.close(file)
    yield


def vim(path: Path, data: bytes) -> Iterator[None]:
    """Vim with backupcopy=no: a swap file, 4913, the old one renamed away, a new one written."""
    swap, trial = path.with_name(f".{path.name}.swp"), path.with_name("4913")
    backup = path.with_name(f"{path.name}~")
    swap.write_bytes(b"b0VIM")
    yield
    trial.write_bytes(b"")
    yield
    trial.unlink()
    yield
    path.rename(backup)
    yield
    yield from in_place(path, data)
    path.chmod(0o644)
    yield
    backup.unlink()
    yield
    swap.unlink()
    yield


def emacs(path: Path, data: bytes) -> Iterator[None]:
    """Emacs: a lock that is a link to nowhere, an auto-save, a backup by rename."""
    lock, auto = path.with_name(f".#{path.name}"), path.with_name(f"#{path.name}#")
    os.symlink("ana@lamp.1234:1700000000", lock)
    yield
    auto.write_bytes(data[:3])
    yield
    path.rename(path.with_name(f"{path.name}~"))
    yield
    yield from in_place(path, data)
    auto.unlink()
    yield
    lock.unlink()
    yield


def libreoffice(path: Path, data: bytes) -> Iterator[None]:
    """LibreOffice: a lock beside, a temporary file, the old one as a backup, a rename over it."""
    lock, temporary = path.with_name(f".~lock.{path.name}#"), path.with_name("lu1234abc.tmp")
    lock.write_bytes(b",ana,lamp,;")
    yield
    yield from _renamed_over(path, data, temporary)
    lock.unlink()
    yield


def word(path: Path, data: bytes) -> Iterator[None]:
    """Word: ~$ beside, a ~WRD file, the old one renamed to ~WRL, the new one renamed over."""
    owner = path.with_name(f"~${path.name[2:]}")
    new, old = path.with_name("~WRD0000.tmp"), path.with_name("~WRL0001.tmp")
    owner.write_bytes(b"\x03ana")
    yield
    yield from _exchanged(path, data, new, old)
    owner.unlink()
    yield


def word_for_mac(path: Path, data: bytes) -> Iterator[None]:
    """Word for Mac: eight letters and digits, exchanged with the old file, which goes."""
    yield from _exchanged(path, data, path.with_name("A1B2C3D4"), path.with_name("B2C3D4E5"))


def krita(path: Path, data: bytes) -> Iterator[None]:
    """Krita and other programs of KDE: a copy as ~, six letters behind the name, a rename over."""
    backup = path.with_name(f"{path.name}~")
    if path.exists():
        backup.write_bytes(path.read_bytes())
        yield
    yield from _renamed_over(path, data, path.with_name(f"{path.name}.AbCdEf"))


def photoshop(path: Path, data: bytes) -> Iterator[None]:
    """Photoshop: a ~ file .tmp written beside, the old one deleted, the new one renamed."""
    temporary = path.with_name("~psd-4821.tmp")
    yield from in_place(temporary, data)
    path.unlink()
    yield
    temporary.rename(path)
    yield


def gedit(path: Path, data: bytes) -> Iterator[None]:
    """Everything that saves through GIO: .goutputstream-, then a rename over."""
    yield from _renamed_over(path, data, path.with_name(".goutputstream-X4Y2Z1"))


def jetbrains(path: Path, data: bytes) -> Iterator[None]:
    """JetBrains' safe write: a new one beside, the old one renamed, the new one renamed."""
    new = path.with_name(f"{path.name}___jb_tmp___")
    old = path.with_name(f"{path.name}___jb_old___")
    yield from _exchanged(path, data, new, old)


def textedit(path: Path, data: bytes) -> Iterator[None]:
    """macOS in a sandbox: a folder .sb-, the new one in it, exchanged, and the folder gone."""
    folder = path.with_name(f"{path.name}.sb-1a2b3c4d-AbCdEf")
    folder.mkdir()
    yield
    yield from _renamed_over(path, data, folder / path.name)
    folder.rmdir()
    yield


def syncthing(path: Path, data: bytes) -> Iterator[None]:
    """Syncthing: .syncthing.NAME.tmp grows in blocks, gets its date, and is renamed over."""
    temporary = path.with_name(f".syncthing.{path.name}.tmp")
    with temporary.open("wb") as file:
        for start in range(0, len(data), max(1, len(data) // 4)):
            file.write(data[start : start + max(1, len(data) // 4)])
            file.flush()
            yield
    os.utime(temporary, (1_600_000_000, 1_600_000_000))
    yield
    temporary.replace(path)
    yield


def dropbox(path: Path, data: bytes) -> Iterator[None]:
    """Dropbox: written into its own cache, and renamed over from there."""
    cache = path.parent / ".dropbox.cache"
    cache.mkdir(exist_ok=True)
    yield
    yield from _renamed_over(path, data, cache / "2026-11-25 (a1b2)")


def twice(path: Path, data: bytes) -> Iterator[None]:
    """Some save the content first and their own words about it right after."""
    yield from in_place(path, data[:-1])
    yield from in_place(path, data)
    os.utime(path)
    yield


def delete_and_create(path: Path, data: bytes) -> Iterator[None]:
    """Some delete the old file and then write a new one."""
    path.unlink()
    yield
    yield from in_place(path, data)


ALL: tuple[Dance, ...] = (
    *(in_place, vim, emacs, libreoffice, word, word_for_mac, krita, photoshop, gedit, jetbrains),
    *(textedit, syncthing, dropbox, twice, delete_and_create),
)
