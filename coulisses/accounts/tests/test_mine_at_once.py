"""Two leave at once: what the last of them keeps is never left alone."""

import threading

import pytest
from django.db import connection, transaction

from coulisses.accounts.tests.test_mine_leaving import ask_long_ago, zebulonia
from coulisses.people import hosting, leaving
from coulisses.people.models import Account
from coulisses.projects import rules as projects
from coulisses.projects import team
from coulisses.projects.models import Role
from coulisses.testing import given
from coulisses.testing.waiting import until_somebody_waits


def meanwhile(act):
    """Begin an act in a thread of its own; go on when it was done, and before it holds."""
    done = threading.Event()

    def go():
        try:
            with transaction.atomic():
                act()
                done.set()
                until_somebody_waits()
        finally:
            done.set()
            connection.close()

    thread = threading.Thread(target=go)
    thread.start()
    done.wait()
    return thread


@pytest.mark.both_databases
def test_of_two_owners_who_go_at_once_one_stays(transactional_house):
    boat, who = given.project(), zebulonia()
    projects.join(boat.studio, who, role="owner")
    ask_long_ago(who)
    mine = Role.objects.select_related("studio", "account").get(account=given.ana())
    other = meanwhile(lambda: team.part(mine, at=given.NOON))
    leaving.carry_out_next()
    other.join()
    assert Role.objects.filter(studio=boat.studio, role="owner").count() == 1


@pytest.mark.both_databases
def test_of_two_hosts_who_go_at_once_one_stays(transactional_house):
    hal, who = given.host(), zebulonia()
    hosting.appoint(who)
    ask_long_ago(who)
    other = meanwhile(lambda: Account.objects.filter(pk=hal.pk).delete())
    leaving.carry_out_next()
    other.join()
    assert [one.pk for one in Account.objects.filter(is_host=True)] == [who.pk]
