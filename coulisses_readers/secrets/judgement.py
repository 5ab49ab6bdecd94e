"""Which suspected values are secrets, and which are merely called so."""

from __future__ import annotations

import math
import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from urllib.parse import unquote

from detect_secrets.filters import allowlist, heuristic
from detect_secrets.util.code_snippet import CodeSnippet

from coulisses_readers.secrets.detectors import Detector

# Detectors that know a token by its own shape; the others know only what it is called.
_BY_NAME = frozenset({"secret_keyword", "high_entropy", "ibm_cloud_iam_key"})
# Shapes that any long run of letters holds somewhere: they count only where they stand alone.
_ALONE = frozenset({"aws_access_key", "twilio_api_key", "discord_bot_token", "telegram_bot_token"})

_TRIAL = re.compile(
    r"(?:^|[/_.-])(?:tests?|testing|specs?|fixtures?|testdata|mocks?|stubs?|examples?|samples?"
    r"|demos?|docs?|documentation|benchmarks?|e2e|cassettes|locales?|i18n|translations?)(?:[/_.-]|$)"
    r"|\.(?:md|markdown|rst|txt|adoc|org|tex|po|pot|ipynb|html?)$|(?:^|/)(?:readme|changelog)",
    re.IGNORECASE,
)
_LOCKED = re.compile(
    r"(?:^|/)(?:[^/]*\.lock|go\.sum|package-lock\.json|npm-shrinkwrap\.json|pnpm-lock\.yaml"
    r"|packages\.lock\.json|[^/]*\.(?:map|svg|snap|min\.js|min\.css)|Package\.resolved"
    r"|Cartfile\.resolved|Brewfile\.lock\.json|requirements[^/]*\.txt)$",
    re.IGNORECASE,
)
# Words that stand where a secret will: what is left without them says whether one is there.
_STAND_INS = re.compile(
    r"example|sample|dummy|placeholder|change|replace|insert|your|enter|test(?:ing|er)?|fake|mock"
    r"|foo|bar|baz|qux|spam|eggs|todo|none|null|nil|undefined|true|false|default|empty|blank"
    r"|pass(?:word|wd|phrase)?|pwd|pw|secret|s3cr3t|p[a4@]s{2}w[o0]rd|token|credentials?|api|auth"
    r"|key|value|string|redacted|hidden|masked|insecure|django|not|some|this|here|please|very"
    r"|really|super|long|random|private|public|client|admin|user(?:name)?|root|guest|login"
    r"|account|name|postgres|mysql|mariadb|rabbitmq|redis|mongo|localhost|local|dev(?:elopment)?"
    r"|prod(?:uction)?|staging|hunter|letmein|welcome|qwerty|azerty|old|new|wrong|bad|good|valid"
    r"|invalid|incorrect|correct|abc(?:def(?:gh)?)?|xyz|1234567890|123456789|12345678|1234567"
    r"|123456|12345|1234|123|x{3,}|sha-?(?:1|2|3|224|256|384|512)|md5|utf-?(?:8|16|32)|bcrypt"
    r"|argon2?(?:id|i|d)?|pbkdf2?|scrypt|aes-?(?:128|192|256)?|rsa-?(?:1024|2048|4096)?|hmac"
    r"|ed25519|oauth2?|http2?|base64|v[0-9]+|my|the|for|an?d?|is|in|on|of|me|to|use|set|get",
    re.IGNORECASE,
)
_TEMPLATED = re.compile(
    r"\$\{|\{\{|\}\}|#\{|<%|%>|%\(|%[sdrv](?![0-9a-z])|\$\(|\{[\w.:!]*\}|<[\w. -]+>|\[[\w. -]+\]"
    r"|\*{3}|\.{3}|…|\\[wdsbW]|\(\?|^[$%@!&*#<{\[(|^\\]",
)
_CODE = re.compile(
    r"\w\(|\)|\w\[|->|=>|::|&&|\|\||==|^(?:new|await|self|this|os|env|process|req|request|config"
    r"|settings|ctx|args|options|params|data|props|state|event)\b[.\s]"
)
_WORDS_ONLY = re.compile(r"[A-Za-z]*\d{0,4}|\d+|[a-z]\d+[a-z]?")
_BETWEEN_WORDS = re.compile(r"[^A-Za-z0-9]+|(?<=[a-z])(?=[A-Z][a-z])")
# The name before a value, and names whose value is about a secret and not one.
_NAME_BEFORE = re.compile(
    r"([\w.$-]+)(?:\[[0-9]*\])?['\"\]\)`]{0,3}\s*(?::=|[=!]{1,3}>?|:|\(|,)?\s*[@brufBRUF]{0,2}['\"`]?$"
)
_ABOUT = re.compile(
    r"(?:hash|digest|checksum|sha\d*|md5|fingerprint|public\w*|pub_?key|id|ids|name|names|path"
    r"|paths|file|files|dir|url|uri|urls|label|header|headers|field|fields|prefix|suffix|type"
    r"|types|length|len|regex|pattern|policy|hint|error|errors|message|msg|title|desc|description"
    r"|text|selector|column|endpoint|expires?|expiry|ttl|algorithm|alg|version|ref|arn|status"
    r"|count|size|format|help|class|role|rules?|validator|validators|param|key_?name|location)$",
    re.IGNORECASE,
)
_ABOUT_ANYWHERE = re.compile(
    r"cache|unique|foreign|primary|sort|partition|public|translation|integrity|sitekey|site_key|etag"
    r"|checksum|hash|digest|fingerprint|commit|nonce_?key|publishable",
    re.IGNORECASE,
)
_PASSWORD_NAME = re.compile(r"pass|pwd|contrase|secret", re.IGNORECASE)
_LOCAL_HOST = re.compile(
    r"@(?:localhost|127\.|0\.0\.0\.0|\[::1\]|[\w.-]*example|[\w.-]*\.(?:test|local|invalid)\b|[{$<%]"
    r"|(?:host(?:name)?|server|domain|db|database|redis|postgres(?:ql)?|mysql|rabbit(?:mq)?|mongo)"
    r"(?![\w.-]))",
    re.IGNORECASE,
)
_KEY_BODY = re.compile(r"[A-Za-z0-9+/=]{32,}")
_KEY_HEADER = re.compile(r"Proc-Type:|Encryption:|Version: \S|Comment:")
_ALPHABET = "abcdefghijklmnopqrstuvwxyz"
_FAMOUS_JWT = "eyJzdWIiOiIxMjM0NTY3ODkw"


@dataclass(frozen=True)
class Place:
    """Where a line stands: some files are full of hashes, and some of passwords for trying."""

    path: str

    @cached_property
    def is_locked(self) -> bool:
        """A lock file, a source map, a drawing: random strings are its trade."""
        return bool(_LOCKED.search(self.path))

    @cached_property
    def is_trial(self) -> bool:
        """Tests, examples, documents, translations: passwords there are words."""
        return bool(_TRIAL.search(self.path))


def is_allowed(place: Place, line: str, before: str) -> bool:
    """Whether the maker has said, in the library's own way, that the line holds no secret.

    A comment on the line or on the one `before` it says so: "pragma: allowlist secret".
    """
    if "pragma:" not in line and "pragma:" not in before:
        return False
    context = CodeSnippet([before, line], start_line=0, target_index=1)
    return bool(allowlist.is_line_allowlisted(place.path, line, context))


def is_secret(
    detector: Detector, value: str, line: str, place: Place, after: Sequence[str]
) -> bool:
    """Whether the suspected `value` is held back; `after` are the lines that follow."""
    if detector.kind == "private_key":
        return _has_key_body(line, value, after)
    if not value or heuristic.is_sequential_string(value) or heuristic.is_potential_uuid(value):
        return False
    if detector.kind == "basic_auth_credentials":
        return _is_password_of_address(value, line, place)
    if detector.kind in _BY_NAME:
        return not place.is_locked and _is_named_secret(detector, value, line, place)
    if detector.kind == "json_web_token":
        rest = line[line.find(value) + len(value) :]
        return _FAMOUS_JWT not in value and bool(re.match(r"\.?[\w-]{20}", rest))
    return _is_token(detector, value, line)


def _is_token(detector: Detector, value: str, line: str) -> bool:
    if re.search(r"example|x{5}|\*{3}", value, re.IGNORECASE):
        return False
    if detector.kind in _ALONE:
        at = line.find(value)
        around = line[max(0, at - 1) : at] + line[at + len(value) : at + len(value) + 1]
        if re.search(r"[\w/+-]", around):
            return False
    if detector.kind == "artifactory_credentials":
        return bool(re.search(r"\d", value) and re.search(r"[a-z]", value))
    # The library hands out every group of an expression: short ones are a token's prefix.
    longest = max(detector.find(line, ""), key=len, default=value)
    return len(set(longest)) >= min(8, len(longest))


def _has_key_body(line: str, value: str, after: Sequence[str]) -> bool:
    rest = line[line.find(value) + len(value) :]
    for part in (rest, *after):
        if _KEY_HEADER.search(part):
            return True
        if any(len(set(body)) >= 12 for body in _KEY_BODY.findall(part)):
            return True
    return False


def _is_password_of_address(value: str, line: str, place: Place) -> bool:
    if _TEMPLATED.search(value) or heuristic.is_templated_secret(value) or value[0] == "%":
        return False
    match = re.search(r"://([^\s:/?#@]+):" + re.escape(value) + "@", line)
    user = match[1] if match else ""
    rest = line[line.find(f":{value}@") + len(value) + 1 :]
    if user == value or _LOCAL_HOST.match(rest):
        return False
    if place.is_trial:
        return _is_random(value)
    return len(_STAND_INS.sub("", _plain(value))) >= 5


def _plain(value: str) -> str:
    """Without percent signs and accents: p%C3%A4ssword is as much of a stand-in as password."""
    letters = unicodedata.normalize("NFKD", unquote(value))
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


def _is_named_secret(detector: Detector, value: str, line: str, place: Place) -> bool:
    at = line.find(value)
    is_quoted = at > 0 and line[at - 1] in "'\"`"
    if not is_quoted:
        value = value.split()[0].rstrip(",;") if value.split() else ""
    if not _is_one_value(value):
        return False
    match = _NAME_BEFORE.search(line[:at])
    name = match[1] if match else ""
    if _ABOUT.search(name) or _ABOUT_ANYWHERE.search(name):
        return False
    if heuristic.is_indirect_reference(line) and not is_quoted:
        return False
    if detector.kind == "high_entropy":
        return _is_random(value)
    if _is_random(value):
        return True
    is_password = bool(_PASSWORD_NAME.search(name or line[:at]))
    return is_password and not place.is_trial and _is_chosen(value)


def _is_one_value(value: str) -> bool:
    return (
        len(value) >= 7
        and not re.search(r"\s", value)
        and len(set(value)) >= 5
        and "://" not in value
        and not value.startswith(("/", "./", "~/"))
        and _ALPHABET[:12] not in value.lower()
        and not _TEMPLATED.search(value)
        and not _CODE.search(value)
        and not heuristic.is_templated_secret(value)
        and not heuristic.is_not_alphanumeric_string(value)
        and not heuristic.is_sequential_string(value)
        and not heuristic.is_potential_uuid(value)
    )


def _is_random(value: str) -> bool:
    """Long, mixed and not made of words: made by a machine to be secret."""
    if len(value) < 16 or len(_STAND_INS.sub("", value)) < 12:
        return False
    if all(_WORDS_ONLY.fullmatch(word) for word in _BETWEEN_WORDS.split(value)):
        return _turns_of_case(value) * 3 > len(value)
    has_digit = any(map(str.isdigit, value))
    has_letter = any(map(str.isalpha, value))
    return has_digit and has_letter and _bits(value) >= 3.2


def _is_chosen(value: str) -> bool:
    """Short, but mixed as passwords are, and not a stand-in for one."""
    if len(_STAND_INS.sub("", value)) < 5 or re.search(r"[/\\<>=]", value):
        return False
    words = _BETWEEN_WORDS.split(value)
    if len(words) > 2 and all(_WORDS_ONLY.fullmatch(word) for word in words):
        return False  # A rule or a name of several parts: required|min:8|confirmed.
    kinds = [
        bool(re.search(expression, value)) for expression in ("[a-z]", "[A-Z]", r"\d", r"[^\w.:-]")
    ]
    if re.fullmatch(r"[A-Za-z_.:-]*\d{0,2}", value) or re.fullmatch(r"[\d.:-]+\w?", value):
        return False
    return sum(kinds) >= (2 if kinds[2] else 3)


def _turns_of_case(value: str) -> int:
    return sum(a.islower() != b.islower() for a, b in pairwise(value))


def _bits(value: str) -> float:
    size = len(value)
    return -sum(n / size * math.log2(n / size) for n in Counter(value).values())
