"""Files that are secret whatever stands in them."""

from __future__ import annotations

import re
from pathlib import PurePosixPath

_HARMLESS = re.compile(
    r"(?:^|[._-])(?:example|sample|template|dist|defaults?|tmpl|tpl|schema|test|testing|ci)(?:[._-]|$)"
)
_NAMES = {
    "id_rsa": "private_key",
    "id_dsa": "private_key",
    "id_ecdsa": "private_key",
    "id_ed25519": "private_key",
    ".netrc": "credentials",
    "_netrc": "credentials",
    ".git-credentials": "credentials",
    ".pgpass": "credentials",
    ".my.cnf": "credentials",
    ".dockercfg": "credentials",
    ".htpasswd": "credentials",
    ".boto": "credentials",
    ".s3cfg": "credentials",
    "credentials.json": "credentials",
    "client_secret.json": "credentials",
    "service-account.json": "credentials",
    "service_account.json": "credentials",
    "serviceaccountkey.json": "credentials",
    "secrets.yml": "credentials",
    "secrets.yaml": "credentials",
    "secrets.json": "credentials",
    "secrets.toml": "credentials",
    "master.key": "private_key",
    ".vault_pass": "credentials",
    ".vault-password": "credentials",
    "terraform.tfstate": "credentials",
    "wp-config.php": "credentials",
    ".npmrc": "package_token",
    ".pypirc": "package_token",
}
_SUFFIXES = {
    ".p12": "key_store",
    ".pfx": "key_store",
    ".jks": "key_store",
    ".keystore": "key_store",
    ".kdbx": "password_store",
    ".kdb": "password_store",
    ".agilekeychain": "password_store",
    ".ppk": "private_key",
    ".pkcs12": "key_store",
    ".ovpn": "credentials",
    ".tfvars": "credentials",
}
# Held only for what they may hold: the caller gives the text, or they are held unseen.
_PEM = frozenset({".pem", ".key", ".asc", ".gpg", ".der", ".p8"})
_PRIVATE = re.compile(r"PRIVATE KEY")
_PACKAGE_TOKEN = re.compile(r"_authToken|_auth\s*=|_password|password\s*[=:]|token\s*[=:]", re.I)
_PEM_PUBLIC = re.compile(r"-----BEGIN (?!.*PRIVATE)")


def is_secret_path(path: str, text: str | None = None) -> str | None:
    """Why a file of this name is never shown, or None.

    Reasons: "env_file", "private_key", "key_store", "password_store", "credentials" and
    "package_token". A .pem or .npmrc is held unless its `text` is given and holds no secret.
    """
    whole = PurePosixPath(path.replace("\\", "/").lower())
    name, folder = whole.name, whole.parent.name
    if name == ".env" or name == ".envrc" or name.startswith(".env.") or name.endswith(".env"):
        return None if _HARMLESS.search(name.removeprefix(".env")) else "env_file"
    if _HARMLESS.search(name):
        return None
    if (folder, name) in {(".aws", "credentials"), (".docker", "config.json"), (".kube", "config")}:
        return "credentials"
    if folder == ".ssh" and not name.endswith((".pub", "config", "known_hosts")):
        return "private_key"
    reason = _NAMES.get(name) or _SUFFIXES.get(whole.suffix)
    if reason == "package_token":
        return reason if text is None or _PACKAGE_TOKEN.search(text) else None
    if reason:
        return reason
    if whole.suffix in _PEM:
        is_public = text is not None and not _PRIVATE.search(text)
        return None if is_public or name.endswith((".pub.pem", "cert.pem")) else "private_key"
    return None
