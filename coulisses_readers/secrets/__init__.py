"""Keys, tokens and passwords, recognised before anything is shown.

What recognises them is detect-secrets, a kept library. Asked in its own way it takes half a
millisecond a line; here a cheap sieve that can skip nothing it would flag stands before it
(`detectors`), and a judgement that knows what is merely called a secret behind it (`judgement`).
Random-looking strings alone hold nothing back: hashes are everywhere.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from coulisses_readers.secrets import detectors, judgement
from coulisses_readers.secrets.paths import is_secret_path

__all__ = ["Finding", "findings", "is_secret_path"]


@dataclass(frozen=True)
class Finding:
    """A line that holds something that must not be shown.

    `line_no` counts from 1 within the lines that were given; `kind` is stable and lower case, as
    "github_token" or "secret_keyword".
    """

    line_no: int
    kind: str


def findings(lines: Iterable[str], path: str) -> list[Finding]:
    """The secrets in these lines of a file called `path`, in order, each line and kind once.

    Lines that follow one another in the file should be given together: a private key is known by
    the line after its first.
    """
    given = list(lines)
    pieces = detectors.pieces(given)
    place = judgement.Place(path)
    found: dict[Finding, None] = {}
    for number, chosen in detectors.candidates([piece for _, piece in pieces]):
        index, piece = pieces[number]
        before, after = given[index - 1] if index else "", given[index + 1 : index + 3]
        if judgement.is_allowed(place, piece, before):
            continue
        for detector in chosen:
            if any(
                judgement.is_secret(detector, value, piece, place, after)
                for value in detector.find(piece, path)
            ):
                found[Finding(index + 1, detector.kind)] = None
    return list(found)
