"""Refusals and failures become answers, in the form and language of who asks."""

import errno
import json

import pytest
from django.db import OperationalError
from django.http import HttpResponse
from django.test import RequestFactory

from coulisses.site import middleware


def answered(error, path="/api/v1/x"):
    chain = middleware.refusals(lambda request: HttpResponse())
    return chain.process_exception(RequestFactory().get(path), error)


@pytest.mark.parametrize(
    "error",
    [OSError(errno.ENOSPC, "No space left"), OperationalError("database or disk is full")],
)
def test_a_full_disk_is_said(error):
    response = answered(error)
    assert response.status_code == 507
    assert json.loads(response.content)["type"] == "urn:coulisses:no-room-left"


def test_an_error_of_ours_is_left_to_be_logged():
    assert answered(ZeroDivisionError()) is None


def test_a_view_may_set_its_own_policy():
    own = HttpResponse(headers={"Content-Security-Policy": "default-src 'none'"})
    response = middleware.security_headers(lambda request: own)(RequestFactory().get("/"))
    assert response["Content-Security-Policy"] == "default-src 'none'"
    assert response["X-Content-Type-Options"] == "nosniff"


def test_no_cache_on_the_way_keeps_an_answer_unless_its_view_says_so():
    def given(**headers):
        answer = HttpResponse(headers=headers)
        return middleware.security_headers(lambda request: answer)(RequestFactory().get("/"))

    assert given()["Cache-Control"] == "private, no-cache"
    assert given(**{"Cache-Control": "public"})["Cache-Control"] == "public"
