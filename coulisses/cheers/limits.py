"""How often one may cheer: nobody taps faster, and a school behind one address may all the same."""

from coulisses.lib import lines
from coulisses.lib.pace import Bucket

HERE = frozenset({"127.0.0.1", "::1"})  # this machine, or a proxy on it that tells no address

taps = Bucket(40, each=1.5)  # of one voice
lines_taps = Bucket(900, each=0.1)  # of one network address: a hall that applauds
newcomers = Bucket(400, each=3.0)  # without a name, from one network address


def require_calm(address: str, voice: str) -> None:
    """Count a tap. Raises TooOften.

    Who was nobody so far is counted by the address alone, and there as somebody new.
    """
    line = lines.of(address)
    if address not in HERE:
        lines_taps.require(line)
    if voice:
        taps.require(voice)
    elif address not in HERE:
        newcomers.require(line)
