"""What was held back or missing is found again, without reading every capture."""

import importlib

import pytest
from django.apps import apps

from coulisses.capture import holding, queries
from coulisses.capture.models import HeldBack
from coulisses.capture.tests.saves import added, save, told
from coulisses.moments import rules as moments
from coulisses.testing import given

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]

KEY = [{"path": ".env", "reason": "env_file"}]
LOST = [{"path": "", "reason": "tree_missing"}]


def listed(project):
    return [(one.position, one.path, one.reason) for one in queries.held_back(project)]


def test_each_save_notes_what_it_held_back_and_what_it_lacked():
    project = given.project()
    told(project, save(1, held=KEY), save(2, added("a.md", "a")), save(3, missing=LOST))
    assert listed(project) == [(5, "", "tree_missing"), (3, ".env", "env_file")]


def test_told_again_it_is_noted_once_and_shredded_no_more():
    project = given.project()
    told(project, save(1, held=KEY))
    told(project, save(1, held=KEY))
    assert len(listed(project)) == 1
    moments.shred(project, 3, reason="", by=given.ana().voice_id, at=given.minutes(9))
    assert listed(project) == []


def test_the_log_tells_it_anew_and_so_does_the_migration():
    project = given.project()
    told(project, save(1, held=KEY), save(2, missing=LOST))
    before = listed(project)
    holding.replay(project)
    assert listed(project) == before
    HeldBack.objects.all().delete()
    name = "coulisses.capture.migrations.0007_what_entries_held_back_is_noted_from_the_log"
    importlib.import_module(name).note(apps, None)
    assert listed(project) == before
