"""The house's key is made once, for the house alone."""

import stat
from concurrent.futures import ThreadPoolExecutor

import pytest

from coulisses.log import keys
from coulisses.log.models import Log
from coulisses.log.refusals import HouseKeyUnreadable


@pytest.fixture
def folder(tmp_path, settings):
    settings.DATA = tmp_path / "data"
    keys._key.cache_clear()
    return settings.DATA


def test_the_key_is_made_on_first_use_and_readable_by_the_house_alone(folder):
    vkey = keys.signer(Log()).verifier.public_key
    assert stat.S_IMODE((folder / keys.FILE).stat().st_mode) == 0o600
    assert [file.name for file in folder.iterdir()] == [keys.FILE]
    keys._key.cache_clear()
    assert keys.signer(Log()).verifier.public_key == vkey


def test_two_who_begin_at_once_sign_with_one_key(folder):
    def begin(_):
        return keys._key.__wrapped__(folder / keys.FILE).public_key().public_bytes_raw()

    with ThreadPoolExecutor(8) as pool:
        assert len(set(pool.map(begin, range(16)))) == 1


@pytest.mark.parametrize("damage", [b"", b"not a key"])
def test_a_damaged_key_is_never_replaced(folder, damage):
    folder.mkdir()
    (folder / keys.FILE).write_bytes(damage)
    with pytest.raises(HouseKeyUnreadable):
        keys.signer(Log())
    assert (folder / keys.FILE).read_bytes() == damage
