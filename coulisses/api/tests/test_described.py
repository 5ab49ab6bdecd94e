"""Schemathesis reads what the API says of itself, and asks for all of it: no fault is found.

A few questions of each kind here, always the same; COULISSES_TEST_EXAMPLES asks for more.
"""

import contextlib
import os
from typing import Any

import hypothesis
import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections, transaction
from hypothesis import HealthCheck, Phase
from hypothesis import strategies as st
from schemathesis import GenerationMode
from schemathesis.checks import CHECKS, load_all_checks

from coulisses.api import limits
from coulisses.api.tests.programs import token_for
from coulisses.testing import given

pytestmark = pytest.mark.django_db

EXAMPLES = int(os.environ.get("COULISSES_TEST_EXAMPLES", "1"))
LOOKED_FOR = (
    "not_a_server_error",
    "status_code_conformance",
    "content_type_conformance",
    "response_headers_conformance",
    "response_schema_conformance",
    "negative_data_rejection",
    "unsupported_method",
    "allow_header_conformance",
)
THERE = {"studio": "atelier", "project": "boat"}
MODES = (GenerationMode.POSITIVE, GenerationMode.NEGATIVE)


@schemathesis.serializer("application/offset+octet-stream")
def piece(context: Any, value: Any) -> bytes:
    """A piece of an arrival, as its bytes go out."""
    return value if isinstance(value, bytes) else str(value).encode(errors="replace")


@pytest.fixture
def one_connection() -> Any:
    """Have requests leave the test's connection as it is, as Django's own client does."""
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    yield
    for signal in signals:
        signal.connect(close_old_connections)


def described() -> Any:
    """What the API says of itself, as a program fetches it."""
    load_all_checks()
    return schemathesis.openapi.from_wsgi("/api/v1/openapi.json", get_wsgi_application())


def asked(operation: Any, mode: GenerationMode, tokens: list[str], examples: int) -> list[str]:
    """Ask for an operation so many times; return what was wrong."""
    wrong: list[str] = []
    checks = CHECKS.get_by_names(LOOKED_FOR)
    [is_rejected] = CHECKS.get_by_names(["negative_data_rejection"])
    names = {one.name for one in operation.path_parameters}
    asks = {one.name for one in operation.query}
    there = {name: value for name, value in THERE.items() if name in names}

    @hypothesis.settings(
        max_examples=examples,
        derandomize=True,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @hypothesis.given(operation.as_strategy(mode), st.sampled_from(tokens), st.booleans())
    def ask(case: Any, token: str, is_there: bool) -> None:
        if is_there:
            case.path_parameters.update(there)
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        with transaction.atomic():
            answer = case.call(headers=headers)
            transaction.set_rollback(True)
        # Tus answers 412 to a wrong version; and a query may say more than is understood.
        is_passed = answer.status_code == 412 or set(case.query or ()) - asks
        left_out = [is_rejected] if is_passed else []
        try:
            case.validate_response(answer, checks=checks, excluded_checks=left_out)
        except (BaseExceptionGroup, AssertionError) as failure:
            inside = getattr(failure, "exceptions", [failure])
            spelled = (
                f"{operation.label} {mode.value} {answer.status_code} {case.as_curl_command()}"
            )
            wrong.extend(f"{spelled[:600]}: {one}" for one in inside)

    with contextlib.suppress(hypothesis.errors.Unsatisfiable):
        ask()  # some operations take nothing that could be wrong
    return wrong


def test_every_operation_is_as_it_says_whoever_asks_with_whatever(one_connection):
    project = given.project()
    given.project("raft", is_raised=False)
    given.tier(project, given.cleo())
    mine = given.studio("den", owner=given.eve())
    tokens = [token_for(project.studio, given.ana()), token_for(mine, given.eve()), ""]
    wrong: list[str] = []
    limits.forget()
    for found in described().get_all_operations():
        for mode in MODES:
            wrong += asked(found.ok(), mode, tokens, EXAMPLES)
    assert wrong == [], "\n\n".join(wrong[:40])
