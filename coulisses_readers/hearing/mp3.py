"""What an MP3 is made of, read frame by frame without decoding (ISO/IEC 11172-3, 13818-3)."""

from __future__ import annotations

from coulisses_readers.look import Unreadable

MAX_SECONDS = 20 * 60
MAX_BYTES = 20 * 1024 * 1024

_RATES = {3: (44_100, 48_000, 32_000), 2: (22_050, 24_000, 16_000), 0: (11_025, 12_000, 8_000)}
_KBITS = {
    3: (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320),
    2: (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160),
}
_LAYER_3 = 1
_MONO = 3


def nearest_rate(rate: int) -> int:
    """The rate that a sound of `rate` is encoded at: its own, or 48 kHz."""
    return rate if rate in _RATES[3] + _RATES[2] else 48_000


def verify(data: bytes) -> float:
    """Seconds of an MP3 made elsewhere; raises Unreadable unless it is just that.

    Frames of one rate from the first byte to the last, none of them cut, no tag before, between
    or after them; at most MAX_SECONDS and MAX_BYTES.
    """
    if not data:
        raise Unreadable("empty")
    if len(data) > MAX_BYTES:
        raise Unreadable("too_large")
    at, seconds, kind = 0, 0.0, None
    while at < len(data):
        found = frame_at(data, at)
        if found is None or (kind is not None and found[2] != kind):
            raise Unreadable("unreadable")
        size, samples, kind = found
        seconds += samples / kind[0]
        at += size
    if at != len(data):
        raise Unreadable("unreadable")
    if seconds > MAX_SECONDS:
        raise Unreadable("too_large")
    return seconds


def frame_at(data: bytes, at: int) -> tuple[int, int, tuple[int, bool]] | None:
    """Bytes, samples and (rate, is mono) of the frame whose head stands at `at`; None without."""
    head = data[at : at + 4]
    if len(head) < 4 or head[0] != 0xFF or head[1] < 0xE0:
        return None
    version, layer = head[1] >> 3 & 3, head[1] >> 1 & 3
    bits, rate, pad = head[2] >> 4, head[2] >> 2 & 3, head[2] >> 1 & 1
    if version == 1 or layer != _LAYER_3 or bits in (0, 15) or rate == 3:
        return None
    samples = 1152 if version == 3 else 576
    hertz = _RATES[version][rate]
    size = samples // 8 * _KBITS[version or 2][bits] * 1000 // hertz + pad
    return size, samples, (hertz, head[3] >> 6 == _MONO)
