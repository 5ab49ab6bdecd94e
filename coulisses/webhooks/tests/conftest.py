"""The tests of webhooks listen on this machine, and write letters down."""

import ipaddress

import pytest

from coulisses.webhooks.tests import listeners


@pytest.fixture(autouse=True)
def the_house_reaches_this_machine(settings):
    settings.REACHES = [ipaddress.ip_network("127.0.0.0/8")]
    settings.EMAIL_BACKEND = "coulisses.mail.outbox.Outbox"
    settings.PUBLIC_URL = "https://house.example"


@pytest.fixture
def listener():
    with listeners.listening() as one:
        yield one
