"""The page of the API: whole, in both languages, without a script, and examples that are true."""

import json
import shlex
from functools import cache

import pytest
from django.test import Client
from django.urls import resolve

from coulisses.api import documented
from coulisses.api.tests.test_eve_everywhere import ROUTES
from coulisses.api.urls import api
from coulisses.testing import given

pytestmark = pytest.mark.django_db
PAGE = "/api/v1/docs"


@cache
def said():
    return api.get_openapi_schema()


@cache
def routes():
    found = documented.groups(said(), "http://testserver")
    return [route for group in found for route in group.routes]


def test_every_route_is_on_the_page_with_what_it_needs():
    page = Client().get(PAGE).content.decode()
    assert len(routes()) == len(ROUTES)
    for one in routes():
        assert f'id="{one.anchor}"' in page and one.first
        assert all(field.name in page for field in [*one.parameters, *one.body])
    for shape in documented.shapes(said()):
        assert f'id="shape-{shape.name}"' in page
    assert page.count("<code>manage</code>") > 20


def test_it_is_french_too_and_holds_no_script():
    page = Client(headers={"Accept-Language": "fr"}).get(PAGE).content.decode()
    assert "Ce que tout le monde lit" in page and "Paramètres" in page
    assert 'lang="en"' in page and "<style" not in page and " style=" not in page
    assert page.count("<script") == page.count('<script type="module" src=')


def test_examples_are_requests_that_the_house_understands():
    for one in routes():
        words = shlex.split(one.example)
        address = next(word for word in words if word.startswith("http://testserver"))
        resolve(address.removeprefix("http://testserver").partition("?")[0])
        data = [words[at + 1] for at, word in enumerate(words) if word == "-d"]
        assert all(json.loads(each) is not None for each in data)
        assert ("$COULISSES_TOKEN" in one.example) == bool(one.scope and not one.is_open)


def test_only_reading_and_the_desk_leads_there():
    ana = Client()
    ana.force_login(given.ana())
    studio = given.studio()
    assert f'href="{PAGE}"' in ana.get(f"{studio.desk}tokens/").content.decode()
    assert ana.get(PAGE).status_code == 200
    assert Client().post(PAGE).status_code == 405
