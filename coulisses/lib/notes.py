"""Signed notes and checkpoints, as C2SP writes them down.

https://c2sp.org/signed-note (Ed25519 signatures only) and https://c2sp.org/tlog-checkpoint. Where
the specification leaves room, we refuse: base64 must be canonical, so that a note has one form.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

MOST_NOTE_BYTES = 1_000_000
MOST_SIGNATURES = 100
ED25519 = b"\x01"
_DASH = "\N{EM DASH} "
_NUMBER = re.compile(r"0|[1-9][0-9]{0,18}", re.ASCII)


class NoteRefused(ValueError):
    """A note, a key or a checkpoint that is not to be believed."""


class MalformedNote(NoteRefused):
    """These bytes are not a signed note."""


class UnverifiedNote(NoteRefused):
    """None of the given keys signed this note."""


class ForgedNote(NoteRefused):
    """A signature claims to be by a given key, and is not."""


class MalformedKey(NoteRefused):
    """This is not an Ed25519 verifier key (`name+hash+base64`)."""


class MalformedCheckpoint(NoteRefused):
    """The text of a note is not a checkpoint."""


@dataclass(frozen=True, slots=True)
class Verifier:
    """A name and an Ed25519 public key, which tell whether a note was signed by them."""

    name: str
    public_key: bytes

    def __post_init__(self) -> None:
        if not _is_key_name(self.name):
            raise MalformedKey("a key's name is not empty and holds no space and no plus")
        if len(self.public_key) != 32:
            raise MalformedKey("an Ed25519 public key is 32 bytes")

    @classmethod
    def from_vkey(cls, vkey: str) -> Verifier:
        """Read `name+hash+base64`; MalformedKey when it is not one or the hash is not its own."""
        parts = vkey.split("+", 2)
        if len(parts) != 3:
            raise MalformedKey("a verifier key is name+hash+base64")
        name, claimed, encoded = parts
        raw = _unbase64(encoded)
        if raw is None or raw[:1] != ED25519:
            raise MalformedKey("a verifier key holds an Ed25519 public key in base64")
        verifier = cls(name, raw[1:])
        if claimed != verifier.key_id.hex():
            raise MalformedKey("the verifier key's hash is not the hash of its name and key")
        return verifier

    def vkey(self) -> str:
        """The verifier key as it is published: `name+hash+base64`."""
        return f"{self.name}+{self.key_id.hex()}+{_base64(ED25519 + self.public_key)}"

    @property
    def key_id(self) -> bytes:
        """The four bytes by which a signature says whose it is."""
        named = self.name.encode() + b"\n" + ED25519 + self.public_key
        return hashlib.sha256(named).digest()[:4]

    def accepts(self, text: bytes, signature: bytes) -> bool:
        """Whether these 64 bytes are this key's signature of the text."""
        try:
            Ed25519PublicKey.from_public_bytes(self.public_key).verify(signature, text)
        except InvalidSignature:
            return False
        return True


@dataclass(frozen=True, slots=True)
class Signer:
    """A name and the Ed25519 private key that signs under it."""

    name: str
    key: Ed25519PrivateKey = field(repr=False)

    def __post_init__(self) -> None:
        if not _is_key_name(self.name):
            raise MalformedKey("a key's name is not empty and holds no space and no plus")

    @property
    def verifier(self) -> Verifier:
        """The public half."""
        return Verifier(self.name, self.key.public_key().public_bytes_raw())

    def line(self, text: bytes) -> str:
        """The signature line for a note's text."""
        signature = self.verifier.key_id + self.key.sign(text)
        return f"{_DASH}{self.name} {_base64(signature)}\n"


def sign(text: str, *signers: Signer) -> bytes:
    """The signed note of a text that ends with a newline; MalformedNote when it cannot be one."""
    if not signers:
        raise MalformedNote("a note is signed by somebody")
    _require_text(text)
    try:
        raw = text.encode()
    except UnicodeEncodeError:
        raise MalformedNote("a note is UTF-8 text") from None
    return raw + b"\n" + "".join(signer.line(raw) for signer in signers).encode()


def open_note(note: bytes, verifiers: Iterable[Verifier]) -> str:
    """The text of a note that at least one of these keys signed.

    Signatures by other keys are passed over. Raises MalformedNote, ForgedNote (a known key's
    signature does not hold) or UnverifiedNote (no known key signed).
    """
    known = {(verifier.name, verifier.key_id): verifier for verifier in verifiers}
    text, signatures = _taken_apart(note)
    is_verified = False
    for name, key_id, signature in signatures:
        verifier = known.get((name, key_id))
        if verifier is None:
            continue
        if len(signature) != 64 or not verifier.accepts(text.encode(), signature):
            raise ForgedNote(f"the signature by {name} does not hold")
        is_verified = True
    if not is_verified:
        raise UnverifiedNote("none of the known keys signed this note")
    return text


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """What a log was at one moment: its origin, how many leaves it had, and their root."""

    origin: str
    size: int
    root: bytes
    extensions: tuple[str, ...] = ()

    def text(self) -> str:
        """The text to sign; MalformedCheckpoint when a part of it cannot be written."""
        text = "".join(
            f"{line}\n" for line in (self.origin, self.size, _base64(self.root), *self.extensions)
        )
        if Checkpoint.parse(text) != self:
            raise MalformedCheckpoint("an origin or an extension is one line")
        return text

    @classmethod
    def parse(cls, text: str) -> Checkpoint:
        """Read a checkpoint's text; MalformedCheckpoint when it is not one."""
        lines = text.split("\n")
        if len(lines) < 4 or lines.pop() != "" or not all(lines):
            raise MalformedCheckpoint("a checkpoint is an origin, a size and a root, one a line")
        origin, size, encoded, *extensions = lines
        if not _NUMBER.fullmatch(size) or int(size) >= 1 << 63:
            raise MalformedCheckpoint("a checkpoint's size is a plain decimal number")
        root = _unbase64(encoded)
        if root is None or len(root) != 32:
            raise MalformedCheckpoint("a checkpoint's root is 32 bytes in base64")
        return cls(origin, int(size), root, tuple(extensions))


def _taken_apart(note: bytes) -> tuple[str, list[tuple[str, bytes, bytes]]]:
    """A note's text and its signatures as (name, key id, signature)."""
    if len(note) > MOST_NOTE_BYTES:
        raise MalformedNote("a note is at most a megabyte")
    try:
        whole = note.decode()
    except UnicodeDecodeError:
        raise MalformedNote("a note is UTF-8 text") from None
    body, blank, block = whole.rpartition("\n\n")
    text = body + "\n"
    if not blank or not block.endswith("\n"):
        raise MalformedNote("a note is a text, an empty line and signatures")
    _require_text(text)
    lines = block[:-1].split("\n")
    if len(lines) > MOST_SIGNATURES:
        raise MalformedNote(f"a note has at most {MOST_SIGNATURES} signatures")
    return text, [_read_signature(line) for line in lines]


def _read_signature(line: str) -> tuple[str, bytes, bytes]:
    if not line.startswith(_DASH):
        raise MalformedNote("a signature line begins with a dash")
    name, space, encoded = line[len(_DASH) :].partition(" ")
    raw = _unbase64(encoded)
    if not space or not _is_key_name(name) or raw is None or len(raw) < 5:
        raise MalformedNote("a signature line is a dash, a name and base64")
    return name, raw[:4], raw[4:]


def _require_text(text: str) -> None:
    if not text.endswith("\n") or any(char < " " and char != "\n" for char in text):
        raise MalformedNote("a note's text ends with a newline, its only control character")


def _is_key_name(name: str) -> bool:
    return (
        bool(name)
        and "+" not in name
        and not any(
            char.isspace() or unicodedata.category(char) in ("Cc", "Cs", "Zs", "Zl", "Zp")
            for char in name
        )
    )


def _base64(raw: bytes) -> str:
    return base64.b64encode(raw).decode("ascii")


def _unbase64(encoded: str) -> bytes | None:
    """The bytes, or None unless this is their one canonical base64 form."""
    try:
        raw = base64.b64decode(encoded, validate=True)
    except (binascii.Error, ValueError):
        return None
    return raw if _base64(raw) == encoded else None
