"""The folder of a house's keys: its secret for cookies, and the key that signs its logs."""

import os
import secrets
from pathlib import Path

from coulisses.site.config import PREFIX, House, SettingMalformed

FILES = ("secret.key", "proof.key")


def folder(house: House) -> Path:
    """Return where the keys lie.

    Raises SettingMalformed where a house that has keys in its data folder is given another folder
    without them: it would sign with new ones, and whoever keeps its checkpoints would be right not
    to trust it any more.
    """
    if not house.keys:
        return house.data
    place = Path(house.keys).expanduser().absolute()
    left = [one for one in FILES if (house.data / one).exists() and not (place / one).exists()]
    if left:
        raise SettingMalformed(
            f"{PREFIX}KEYS is {place}, but the keys of this house still lie in {house.data}: move "
            f"{' and '.join(left)} there first. Without them the house would sign with a new key."
        )
    return place


def secret(house: House) -> str:
    """Return the house's secret for cookies and forms, made with the folder's first use (0600)."""
    path = folder(house) / FILES[0]
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w") as file:
            file.write(secrets.token_urlsafe(48))
    return path.read_text()
