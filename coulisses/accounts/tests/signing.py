"""People at the entrance: how tests sign up, come in, and read the letters that were written."""

import re

from django.test import Client

from coulisses.house.models import House
from coulisses.mail.models import Letter

PASSWORD = "a few words in a row"
ADDRESS = "dan@cast.test"


def opened(sign_up="open", **settled):
    """Let the host settle who may make an account."""
    House.objects.update_or_create(pk=1, defaults={"sign_up": sign_up, **settled})


def sign_up(client, *, email=ADDRESS, name="Dan", password=PASSWORD, invitation=""):
    """Fill in the form; returns its answer."""
    said = {"name": name, "email": email, "password1": password}
    where = f"/account/signup/?invitation={invitation}" if invitation else "/account/signup/"
    return client.post(where, said)


def letter(to=ADDRESS):
    """Return the newest letter to somebody."""
    return Letter.objects.filter(to=to).order_by("-pk")[0]


def code(to=ADDRESS):
    """Return the code that the newest letter brings, and nowhere but in its text."""
    brought = letter(to)
    [found] = re.findall(r"^ {4}(\S+)$", brought.text, re.MULTILINE)
    assert brought.holds_code and found not in brought.subject
    return found


def joined(client=None, **said):
    """Make an account by the form and the code of its letter; returns whose browser it is."""
    client = client or Client()
    assert sign_up(client, **said)["Location"] == "/account/address/code/"
    typed = client.post("/account/address/code/", {"code": code(said.get("email", ADDRESS))})
    assert typed.status_code == 302, typed.content.decode()
    return client


def come_in(client, *, email=ADDRESS, password=PASSWORD, **more):
    """Say address and password at the entrance; returns the answer."""
    return client.post("/enter", {"login": email, "password": password, **more})


def is_in(client):
    """Whether somebody is signed in with this browser."""
    return client.get("/account/").status_code == 200
