"""A project is changed while somebody tells: nobody waits for one who waits for them."""

import threading

import pytest
from django.db import connection, transaction

from coulisses.capture import rules as capture
from coulisses.capture.tests import saves
from coulisses.moments import laying
from coulisses.projects import face, revisions, rules, striking
from coulisses.projects.telling import hold
from coulisses.testing import given
from coulisses.testing.waiting import until_somebody_waits

WHO = {"by": "", "at": given.minutes(60)}
ACTS = {
    "dressed": lambda project, who: face.dress(project, face.Words(title="A keel"), **who),
    "covered": lambda project, who: face.cover(project, face.Picture("poster", poster=3)),
    "reviewed": lambda project, who: striking.strike(project, 3),
    "raised": lambda project, who: rules.raise_curtain(project, **who),
    "captured": lambda project, who: capture.take(
        project, [saves.save(3)], by_owner=who["by"], at=who["at"]
    ),
    "laid over": lambda project, who: laying.lay(
        project, [2, 3], kind="progress", title="The hull", **who
    ),
}


@pytest.mark.both_databases
@pytest.mark.parametrize("name", ACTS)
def test_a_project_is_changed_while_bo_tells(transactional_house, name):
    project, who = given.project(is_raised=False), {"by": given.ana().voice_id, "at": WHO["at"]}
    first = [saves.save(1), saves.save(2)]
    capture.take(project, first, by_owner=who["by"], at=given.minutes(1))
    told, wrong = threading.Event(), []

    def tell():
        try:
            with transaction.atomic():
                hold(project)
                told.set()
                until_somebody_waits()
                revisions.bump(project)
        except Exception as error:
            wrong.append(error)
        finally:
            told.set()
            connection.close()

    teller = threading.Thread(target=tell)
    teller.start()
    told.wait()
    ACTS[name](project, who)
    teller.join()
    assert wrong == []
