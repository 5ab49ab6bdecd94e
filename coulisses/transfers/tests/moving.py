"""Two houses in one database: the first is gone when the second begins."""

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.test import override_settings
from django.utils import timezone

from coulisses.people import rules as people
from coulisses.people.models import Account
from coulisses.projects import rules
from coulisses.projects.models import Project, Studio
from coulisses.testing import given
from coulisses.transfers import making
from coulisses.transfers.form import Sent


class _Gone(Exception):
    """Take back all that the first house has written."""


def sent(project: Project, to: Path, *, is_whole: bool = True) -> Path:
    """Export a project from the house that stands."""
    making.make(Sent(project, is_whole, timezone.now()), to, base="https://old.test")
    return to


def from_elsewhere(build: Callable[[], Project], to: Path, *, is_whole: bool = True) -> Path:
    """Export what is built in a house with a key of its own, and have that house be gone."""
    old = override_settings(DATA=Path(settings.DATA) / "old")
    with old, suppress(_Gone), transaction.atomic():
        sent(build(), to, is_whole=is_whole)
        raise _Gone
    return to


def new_studio(slug: str = "neu") -> tuple[Studio, Account]:
    """Return a studio of the second house and its owner, whom the first never knew."""
    nora = Account.objects.filter(email="nora@cast.test").first() or people.welcome(
        name="Nora", email="nora@cast.test", at=given.NOON
    )
    found = Studio.objects.filter(slug=slug).first()
    return found or rules.open_studio(slug=slug, name="Neu", owner=nora), nora
