"""The library's detectors, a few of our own, and the sieve in front of them.

Each detector says what any line it flags must hold: one of its `needles` (found case-blind, at the
speed of memory) or its `sieve` (part of its own expression). What has neither is never asked.
`tests/test_secrets.py` compares this with the library asked about every line.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import accumulate, product

from detect_secrets.plugins import (
    artifactory,
    aws,
    azure_storage_key,
    base,
    basic_auth,
    cloudant,
    discord,
    github_token,
    gitlab_token,
    high_entropy_strings,
    ibm_cloud_iam,
    ibm_cos_hmac,
    jwt,
    keyword,
    mailchimp,
    npm,
    openai,
    private_key,
    pypi_token,
    sendgrid,
    slack,
    softlayer,
    square_oauth,
    stripe,
    telegram_token,
    twilio,
)
from detect_secrets.util import filetype

# Longer lines (minified code, data) are read in overlapping pieces: no expression sees more.
_PIECE, _OVERLAP = 2000, 500

# What the expressions with re.IGNORECASE take for an ASCII letter beside its two cases.
_ODD_LETTERS = {"İ": "i", "ı": "i", "ſ": "s", "\u212a": "k"}


@dataclass(frozen=True)
class Detector:
    """One way of recognising a secret; `find(line, path)` yields the suspected values."""

    kind: str
    find: Callable[[str, str], Iterable[str]]
    needles: tuple[str, ...] = ()
    sieve: re.Pattern[str] | None = None
    plugin: base.BasePlugin | None = None


class NewerTokens(base.RegexBasedDetector):
    """Tokens with a prefix of their own that the library does not know yet."""

    secret_type = "Service Token"
    denylist = (
        re.compile(r"github_pat_[A-Za-z0-9_]{40,}"),
        re.compile(r"\bnpm_[A-Za-z0-9]{36}\b"),
        re.compile(r"\bAIza[A-Za-z0-9_-]{35}\b"),
        re.compile(r"\bsk-(?:ant|proj|svcacct|admin)-[A-Za-z0-9_-]{32,}"),
        re.compile(r"\bhf_[A-Za-z0-9]{34,}\b"),
        re.compile(r"\bdo[opr]_v1_[a-f0-9]{64}\b"),
        re.compile(r"\bshp(?:at|ca|pa|ss)_[a-fA-F0-9]{32}\b"),
        re.compile(r"\bwhsec_[A-Za-z0-9+/]{24,}"),
        re.compile(r"\bsk_test_[0-9a-zA-Z]{24,}"),
        re.compile(r"\bya29\.[A-Za-z0-9_-]{40,}"),
        re.compile(r"\bxapp-\d-[A-Z0-9]+-\d+-[a-f0-9]{32,}"),
        re.compile(r"\bage-secret-key-1[a-z0-9]{50,}", re.IGNORECASE),
        re.compile(r"discord(?:app)?\.com/api/webhooks/\d+/[A-Za-z0-9_-]{60,}"),
    )


# NAME_OF_A_SECRET=value, as shells, Dockerfiles and unit files write it: no quotes needed.
_ENVIRONMENT = re.compile(
    r"(?:^|[\s;'\"-])(?:[A-Z][A-Z0-9]*_)*(?:SECRET|TOKEN|PASSWORD|PASSWD|PWD|APIKEY|PASSPHRASE"
    r"|(?:API|AUTH|ACCESS|PRIVATE|SECRET|SIGNING|ENCRYPTION|MASTER)_KEY)(?:_[A-Z0-9]+)*"
    r"\s?=\s?[\"']?([^\s'\"`;,]{8,})"
)
# A quoted string that is assigned to something called key, secret, token or password.
_ASSIGNED = re.compile(
    r"(?:key|secret|token|passw|pwd|passphrase|credential)\w*['\"\]]{0,2}\s*"
    r"(?::=|={1,3}>?|:)\s*[brufBRUF@]{0,2}(['\"])([^'\"\s]{20,})\1",
    re.IGNORECASE,
)
_ASSIGNMENT_WORDS = ("key", "pw", "pass", "token")
_SECRET_WORDS = ("key", "secret", "token", "passw", "pwd", "passphrase", "credential")
_LONG_VALUE = re.compile(r"[\w-]{24}")


def candidates(lines: Sequence[str]) -> Iterator[tuple[int, list[Detector]]]:
    """(index, detectors) of every line that some detector must be asked about, in order."""
    text = "\n".join(lines)
    if text.count("\n") != len(lines) - 1:
        # A line that holds a newline stays one line.
        text = "\n".join(line.replace("\n", " ") for line in lines)
    folded = _fold(text)
    hits: dict[int, set[int]] = {}
    starts: list[int] = []

    def note(at: int, wanted: Iterable[int]) -> int:
        if not starts:
            starts.extend(accumulate((len(line) + 1 for line in text.split("\n")), initial=0))
        index = bisect_right(starts, at) - 1
        hits.setdefault(index, set()).update(wanted)
        return starts[index + 1]

    for needle, wanted in _needles():
        at = folded.find(needle)
        while at >= 0:
            at = folded.find(needle, note(at, wanted))
    for sieve, number in _sieves():
        match = sieve.search(text)
        while match:
            match = sieve.search(text, note(match.start(), (number,)))
    every = all_detectors()
    for index in sorted(hits):
        yield index, [every[number] for number in sorted(hits[index])]


def pieces(lines: Sequence[str]) -> list[tuple[int, str]]:
    """(index, line) of every line; very long ones in overlapping pieces, each with its index."""
    found = []
    for index, line in enumerate(lines):
        line = line.rstrip()
        if len(line) <= _PIECE:
            found.append((index, line))
            continue
        for start in range(0, len(line) - _OVERLAP, _PIECE - _OVERLAP):
            found.append((index, line[start : start + _PIECE]))
    return found


@cache
def all_detectors() -> tuple[Detector, ...]:
    """Every detector, the specific ones first."""
    return (
        _library(aws.AWSKeyDetector, "aws", sieve=r"(?:A3T|ABIA|ACCA|AKIA|ASIA)[0-9A-Z]{16}"),
        _library(azure_storage_key.AzureStorageKeyDetector, "accountkey="),
        _library(artifactory.ArtifactoryDetector, sieve=r"A(?:KC|P[\dA-F])[a-zA-Z0-9]{8}"),
        _library(basic_auth.BasicAuthDetector, sieve=r"://[^\s:/?#@]+:[^\s/?#@:]+@"),
        _library(cloudant.CloudantDetector, *_ASSIGNMENT_WORDS, "cloudant", line=_LONG_VALUE),
        _library(discord.DiscordBotTokenDetector, sieve=r"\.[a-zA-Z\d_-]{6}\.[a-zA-Z\d_-]{27}"),
        _library(github_token.GitHubTokenDetector, "ghp_", "gho_", "ghu_", "ghs_", "ghr_"),
        _library(
            gitlab_token.GitLabTokenDetector,
            *("glpat-", "gldt-", "glft-", "glsoat-", "glrt-", "gr1348941", "glcbt-", "glimt-"),
            *("glptt-", "glagent-", "gloas-"),
        ),
        _library(ibm_cloud_iam.IbmCloudIamDetector, *_ASSIGNMENT_WORDS, line=_LONG_VALUE),
        _library(ibm_cos_hmac.IbmCosHmacDetector, "secret", line=_LONG_VALUE),
        _library(jwt.JwtTokenDetector, sieve=r"eyJ[A-Za-z0-9-_=]+\."),
        _library(mailchimp.MailchimpDetector, sieve=r"-us[0-9]"),
        _library(npm.NpmDetector, ":_authtoken="),
        _library(openai.OpenAIDetector, "t3blbkfj"),
        _library(private_key.PrivateKeyDetector, "private key", "putty-user-key-file-2"),
        _library(pypi_token.PypiTokenDetector, "pypi-ag"),
        _library(sendgrid.SendGridDetector, sieve=r"SG\.[a-zA-Z0-9_-]{22}\."),
        _library(slack.SlackDetector, "xox", "hooks.slack"),
        _library(softlayer.SoftlayerDetector, *_ASSIGNMENT_WORDS, "softlayer", line=_LONG_VALUE),
        _library(square_oauth.SquareOAuthDetector, "sq0csp-"),
        _library(stripe.StripeDetector, "k_live_"),
        _library(telegram_token.TelegramBotTokenDetector, sieve=r":[0-9A-Za-z_-]{35}"),
        _library(twilio.TwilioKeyDetector, sieve=r"(?:AC|SK)[a-z0-9]{32}"),
        _library(
            NewerTokens,
            *("github_pat_", "npm_", "aiza", "sk-", "hf_", "_v1_", "shpat_", "shpca_", "shppa_"),
            *("shpss_", "whsec_", "sk_test_", "ya29.", "xapp-", "age-secret-key", "/webhooks/"),
        ),
        _keyword(),
        Detector("secret_keyword", _find_environment, sieve=re.compile(r"[A-Z]\s?=\s?[^\s]{8}")),
        Detector("high_entropy", _find_entropy, needles=_SECRET_WORDS),
    )


def entropy_of(value: str) -> float:
    """How random the library finds a value: bits a character, less its limit; above 0 is random."""
    plugin = _HEX if all(letter in _HEX.charset for letter in value) else _BASE64
    return plugin.calculate_shannon_entropy(value) - plugin.entropy_limit


_HEX = high_entropy_strings.HexHighEntropyString()
_BASE64 = high_entropy_strings.Base64HighEntropyString()


def _library(
    plugin_type: Callable[[], base.BasePlugin],
    *needles: str,
    sieve: str = "",
    line: re.Pattern[str] | None = None,
) -> Detector:
    plugin = plugin_type()

    def find(text: str, path: str) -> Iterable[str]:
        return plugin.analyze_string(text) if not line or line.search(text) else ()

    kind = re.sub(r"\W+", "_", str(plugin.secret_type).lower()).strip("_")
    return Detector(kind, find, needles, re.compile(sieve) if sieve else None, plugin)


def _keyword() -> Detector:
    plugin = keyword.KeywordDetector()

    def find(text: str, path: str) -> Iterable[str]:
        return plugin.analyze_string(text, _keyword_expressions(path))

    return Detector("secret_keyword", find, tuple(_keyword_needles()), plugin=plugin)


@cache
def _keyword_needles() -> list[str]:
    # The library's own words, with and without what they mark as optional.
    found = set()
    for word in keyword.DENYLIST:
        parts = word.split("_?")
        found |= {
            "".join(map("".join, zip(parts, (*joints, ""), strict=True)))
            for joints in product(("", "_"), repeat=len(parts) - 1)
        }
    return sorted(word for word in found if not any(w != word and w in word for w in found))


def _keyword_expressions(path: str) -> dict[re.Pattern[str], int] | None:
    return keyword.REGEX_BY_FILETYPE.get(filetype.determine_file_type(path))


def _find_environment(text: str, path: str) -> Iterable[str]:
    return _ENVIRONMENT.findall(text)


def _find_entropy(text: str, path: str) -> Iterable[str]:
    return (value for _, value in _ASSIGNED.findall(text) if entropy_of(value) > 0)


@cache
def _needles() -> list[tuple[str, tuple[int, ...]]]:
    wanted: dict[str, list[int]] = {}
    for number, detector in enumerate(all_detectors()):
        for needle in detector.needles:
            wanted.setdefault(needle, []).append(number)
    return [(needle, tuple(numbers)) for needle, numbers in wanted.items()]


@cache
def _sieves() -> list[tuple[re.Pattern[str], int]]:
    return [
        (detector.sieve, number)
        for number, detector in enumerate(all_detectors())
        if detector.sieve
    ]


def _fold(text: str) -> str:
    """Lower case, letter for letter: what stands where stays there."""
    if not text.isascii():
        for odd, letter in _ODD_LETTERS.items():
            text = text.replace(odd, letter)
    return text.lower()
