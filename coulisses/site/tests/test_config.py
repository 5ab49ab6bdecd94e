"""A setting has a type, and fails loudly."""

import zoneinfo
from dataclasses import replace

import pytest

from coulisses.site import keyring
from coulisses.site.config import House, SettingMalformed, database, sender, time_zone


def test_nothing_said_gives_the_defaults():
    house = House.from_environment({})
    assert (house.threads, house.debug, house.database) == (4, False, "")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("COULISSES_THREADS", "many"),
        ("COULISSES_DEBUG", "perhaps"),
        ("COULISSES_PUBLIC_URL", "example.org"),
        ("COULISSES_PUBLIC_URL", "https://example.org/house"),
        ("COULISSES_SMTP", "mail.example.org:587"),
        ("COULISSES_SMTP", "http://mail.example.org"),
        ("COULISSES_BELL", "kafka://broker"),
        ("COULISSES_MEDIA", "s3://key:secret@files.example.org"),
        ("COULISSES_MEDIA", "https://files.example.org/bucket"),
    ],
)
def test_a_setting_that_cannot_be_is_refused_by_name(name, value):
    with pytest.raises(SettingMalformed, match=name):
        House.from_environment({name: value})


def test_a_postgres_address_is_taken_apart():
    house = House.from_environment({"COULISSES_DATABASE": "postgres://ana:p%40ss@db:5433/house"})
    described = database(house)
    assert (described["USER"], described["PASSWORD"], described["PORT"]) == ("ana", "p@ss", "5433")


def test_another_database_is_refused():
    with pytest.raises(SettingMalformed, match="DATABASE"):
        database(House.from_environment({"COULISSES_DATABASE": "mysql://db/house"}))


def test_a_zone_has_a_name_that_the_world_knows():
    house = House.from_environment({"COULISSES_TIME_ZONE": "Europe/Paris"})
    assert time_zone(house) == "Europe/Paris"
    assert time_zone(House()) in zoneinfo.available_timezones()
    wrong = House.from_environment({"COULISSES_TIME_ZONE": "Paris"})
    with pytest.raises(SettingMalformed, match="Europe/Paris"):
        time_zone(wrong)


@pytest.mark.parametrize("name", ["SMTP", "BELL", "MEDIA"])
def test_a_server_is_never_said_back_with_its_password(name):
    with pytest.raises(SettingMalformed) as refused:
        House.from_environment({f"COULISSES_{name}": "ana:secret@server.example.org"})
    assert "secret" not in str(refused.value)
    assert "secret" not in repr(House(bell="nats://a:secret@b", media="s3://a:secret@b/c"))


def test_a_bell_in_the_database_needs_one_that_can_ring():
    with pytest.raises(SettingMalformed, match="BELL"):
        database(House(bell="postgres"))


def test_letters_come_from_somebody():
    assert sender(House(mail_from="Coulisses <house@example.org>"))
    for nobody in ("", "the house"):
        with pytest.raises(SettingMalformed, match="MAIL_FROM"):
            sender(House(smtp="smtp://mail.example.org", mail_from=nobody))


def test_a_house_that_is_given_another_folder_of_keys_takes_its_own_along(tmp_path):
    house = House(data=tmp_path / "house")
    secret = keyring.secret(house)
    (house.data / "proof.key").write_text("the key that signed so far")
    moved = replace(house, keys=str(tmp_path / "keys"))
    with pytest.raises(SettingMalformed, match=r"move secret\.key and proof\.key there first"):
        keyring.secret(moved)
    assert not (tmp_path / "keys").exists()
    (house.data / "secret.key").rename((tmp_path / "keys").mkdir() or tmp_path / "keys/secret.key")
    with pytest.raises(SettingMalformed, match=r"move proof\.key there"):
        keyring.folder(moved)
    (house.data / "proof.key").rename(tmp_path / "keys/proof.key")
    assert keyring.secret(moved) == secret
    assert keyring.secret(House(data=tmp_path / "new", keys=str(tmp_path / "fresh")))
