import base64
import sysconfig
from pathlib import Path

import pytest
from detect_secrets.core.plugins.util import get_mapping_from_secret_type_to_class
from hypothesis import given, settings
from hypothesis import strategies as st

from coulisses_readers import secrets
from coulisses_readers.secrets import detectors
from coulisses_readers.tests import planted

# What the library finds everywhere: hashes and addresses. Held back only beside a telling word.
GENERIC = {"Base64 High Entropy String", "Hex High Entropy String", "Public IP (ipv4)"}
HELD_NAMES = [f"{kind}-{n}" for n, (kind, _) in enumerate(planted.HELD)]
PATHS = ("stage.py", "stage.yml", "main.go", "stage.ini", "a.cpp", "Dockerfile")

FRAGMENTS = st.one_of(
    st.sampled_from([line for _, line in planted.HELD] + planted.FREE + planted.KEY),
    st.sampled_from(
        [
            "pa\u017f\u017fword",
            "\u212aey",
            "API_KEY",
            "pwd",
            "secret",
            "token",
            "clou",
            "sl",
            "İ",
            "ı",
        ]
    ),
    st.sampled_from(["=", ":=", " : ", "'", '"', "`", "://", ":", "@", "\n", "[]", "=>", ";", "("]),
    st.text(max_size=12),
)


def kinds(lines, path="stage.py"):
    return {finding.kind for finding in secrets.findings(lines, path)}


def library():
    """Every plugin of the library but the generic ones, as it is."""
    return {
        kind: plugin()
        for kind, plugin in get_mapping_from_secret_type_to_class().items()
        if kind not in GENERIC
    }


def asked(lines):
    return {
        index: {type(detector.plugin) for detector in chosen}
        for index, chosen in detectors.candidates(lines)
    }


def assert_nothing_skipped(lines, path):
    seen = asked(lines)
    for index, line in enumerate(lines):
        for plugin in library().values():
            if plugin.analyze_line(filename=path, line=line.rstrip(), line_number=1):
                assert type(plugin) in seen.get(index, set()), (path, line)


def test_every_plugin_of_the_library_is_asked():
    known = {type(detector.plugin) for detector in detectors.all_detectors()}
    assert {type(plugin) for plugin in library().values()} <= known


@given(st.lists(st.lists(FRAGMENTS, max_size=6).map("".join), max_size=6), st.sampled_from(PATHS))
@settings(max_examples=300, deadline=None)
def test_the_sieve_skips_nothing_the_library_would_flag(lines, path):
    assert_nothing_skipped([line.replace("\n", " ") for line in lines], path)


def test_the_sieve_skips_nothing_in_real_code():
    folder = Path(sysconfig.get_paths()["purelib"])
    names = ["requests/auth.py", "detect_secrets/plugins/keyword.py", "cryptography/utils.py"]
    for name in names:
        assert_nothing_skipped((folder / name).read_text().splitlines(), name)


@pytest.mark.parametrize(("kind", "line"), planted.HELD, ids=HELD_NAMES)
def test_a_planted_secret_is_held(kind, line):
    code = ["def work():", "    return 1", line, "    # done"]
    found = secrets.findings(
        code, "stage.yml" if kind == "ibm_cos_hmac_credentials" else "stage.py"
    )
    assert kind in {finding.kind for finding in found}
    assert {finding.line_no for finding in found} == {3}


@pytest.mark.parametrize(("kind", "line"), planted.HELD, ids=HELD_NAMES)
def test_it_is_held_within_a_very_long_line_too(kind, line):
    assert kind in kinds(["x=1;" * 2000 + " " + line + " " + "y=2;" * 2000], "stage.yml")


@pytest.mark.parametrize("line", planted.FREE, ids=range(len(planted.FREE)))
def test_what_is_merely_called_a_secret_goes_free(line):
    assert secrets.findings(["a = 1", line, "b = 2"], "stage.py") == []


def test_a_private_key_is_known_by_the_line_after_its_first():
    assert kinds(planted.KEY, "deploy.txt") == {"private_key"}
    assert kinds([planted.KEY[0], "and then nothing"]) == set()
    assert kinds(['KEY = """' + planted.KEY[0], *planted.KEY[1:]]) == {"private_key"}


def test_passwords_of_tests_and_documents_go_free_but_tokens_do_not():
    weak, token = 'password = "Tr0ub4dor&3"', planted.HELD[7][1]
    for path in ("tests/test_doors.py", "docs/setup.md", "examples/app.py", "locale/fr.po"):
        assert secrets.findings([weak], path) == []
        assert kinds([token], path) == {"github_token"}


def test_lock_files_are_full_of_hashes_and_go_free():
    line = f'"resolved_token": "{base64.b64encode(bytes(range(64))).decode()}"'
    assert secrets.findings([line], "package-lock.json") == []


def test_values_without_quotes_count_where_the_format_has_none():
    assert kinds(["password: Tr0ub4dor&3 # for now"], "config.yml") == {"secret_keyword"}
    assert kinds(["password = Tr0ub4dor&3"], "stage.ini") == {"secret_keyword"}
    assert kinds(["password = Tr0ub4dor"], "stage.py") == set()


def test_the_maker_can_allow_a_line():
    line = 'password = "Tr0ub4dor&3"  # pragma: allowlist secret'
    assert secrets.findings([line], "stage.py") == []


def test_lines_may_end_in_their_newline():
    found = secrets.findings(["a = 1\n", planted.HELD[7][1] + "\n"], "stage.py")
    assert [finding.line_no for finding in found] == [2]


def test_folding_keeps_every_letter_in_its_place():
    every = "".join(map(chr, [*range(0xD800), *range(0xE000, 0x110000)]))
    assert len(detectors._fold(every)) == len(every)


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        (".env", "env_file"),
        ("web/.env.production", "env_file"),
        ("stage.env", "env_file"),
        (".env.example", None),
        (".env.sample", None),
        ("example.env", None),
        (".envrc", "env_file"),
        ("id_rsa", "private_key"),
        ("home/.ssh/deploy", "private_key"),
        ("home/.ssh/deploy.pub", None),
        ("id_rsa.pub", None),
        ("server.pem", "private_key"),
        ("cert.pem", None),
        ("keys/app.p12", "key_store"),
        ("keys/app.jks", "key_store"),
        ("passwords.KDBX", "password_store"),
        (".npmrc", "package_token"),
        (".pypirc", "package_token"),
        (".netrc", "credentials"),
        ("credentials.json", "credentials"),
        (".aws/credentials", "credentials"),
        ("credentials.example.json", None),
        ("environment.py", None),
        ("src/credentials.py", None),
        ("docs/secrets.md", None),
        ("keyboard.key.ts", None),
    ],
)
def test_some_files_are_secret_whatever_they_hold(path, reason):
    assert secrets.is_secret_path(path) == reason


def test_what_a_file_holds_can_clear_it():
    assert secrets.is_secret_path("ca.pem", "-----BEGIN CERTIFICATE-----\n") is None
    assert secrets.is_secret_path("ca.pem", planted.KEY[0]) == "private_key"
    assert secrets.is_secret_path(".npmrc", "package-lock=false\n") is None
    assert secrets.is_secret_path(".npmrc", "//r/:_authToken=x\n") == "package_token"
