"""Notices as browsers want them: sealed for one device (RFC 8291), signed by the house (RFC 8292).

The house's key pair for this is derived from its secret: it stands in no file of its own, is in
every backup, and is the same in each of its processes.
"""

import base64
import os
import time
from functools import cache
from urllib.parse import urlsplit

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from py_vapid import Vapid02

from coulisses.lib.refusals import require
from coulisses.people.refusals import DeviceMalformed

LIVES = 12 * 60 * 60  # seconds for which a signature holds; a day is the most allowed
RECORD = 4096  # bytes of a record, of which a notice is the only one …
LAST = b"\x02"  # … as its last byte says
ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551  # of P-256


def public_key() -> str:
    """Return the house's key as browsers ask for it: base64url of an uncompressed point."""
    return _spell(_point(_private_key().public_key()))


def require_key(public_key: str, secret: str) -> None:
    """Raise DeviceMalformed unless these are a point of P-256 and a secret of 16 bytes."""
    try:
        ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), _read(public_key))
        is_whole = len(_read(secret)) == 16
    except ValueError:
        raise DeviceMalformed from None
    require(is_whole, DeviceMalformed)


def seal(words: bytes, *, public_key: str, secret: str) -> bytes:
    """Return a message of one record (RFC 8188) that only the device with these keys can open."""
    theirs, salt = _read(public_key), os.urandom(16)
    once = ec.generate_private_key(ec.SECP256R1())
    ours = _point(once.public_key())
    device = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), theirs)
    shared = once.exchange(ec.ECDH(), device)
    secret_of_both = _derive(shared, 32, _read(secret), b"WebPush: info\0" + theirs + ours)
    key = _derive(secret_of_both, 16, salt, b"Content-Encoding: aes128gcm\0")
    nonce = _derive(secret_of_both, 12, salt, b"Content-Encoding: nonce\0")
    sealed = AESGCM(key).encrypt(nonce, words + LAST, None)
    return salt + RECORD.to_bytes(4, "big") + bytes([len(ours)]) + ours + sealed


def signed(endpoint: str) -> str:
    """Return the header by which the house says who it is, to the place where an endpoint is."""
    parts = urlsplit(endpoint)
    claims = {
        "aud": f"{parts.scheme}://{parts.netloc}",
        "exp": int(time.time()) + LIVES,
        "sub": settings.PUBLIC_URL or "mailto:house@localhost",
    }
    return str(Vapid02(_private_key()).sign(claims)["Authorization"])


@cache
def _private_key() -> ec.EllipticCurvePrivateKey:
    secret = settings.SECRET_KEY.encode()
    # By another word than this first one every browser that has subscribed would be lost.
    derived = _derive(secret, 48, None, b"coulisses.following.notices")
    number = int.from_bytes(derived, "big") % (ORDER - 1) + 1
    return ec.derive_private_key(number, ec.SECP256R1())


def _derive(secret: bytes, length: int, salt: bytes | None, info: bytes) -> bytes:
    return HKDF(hashes.SHA256(), length, salt=salt, info=info).derive(secret)


def _point(key: ec.EllipticCurvePublicKey) -> bytes:
    spelling = serialization.PublicFormat.UncompressedPoint
    return key.public_bytes(serialization.Encoding.X962, spelling)


def _spell(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


def _read(said: str) -> bytes:
    """Return the bytes of base64url without padding. Raises ValueError."""
    return base64.b64decode(said + "=" * (-len(said) % 4), altchars=b"-_", validate=True)
