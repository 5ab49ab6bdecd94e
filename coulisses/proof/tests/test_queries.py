"""The public tree, its proofs, and what is kept of it."""

from datetime import timedelta

import pytest

from coulisses.lib import tree
from coulisses.log import ledger
from coulisses.log.refusals import EntryNotFound
from coulisses.projects import rules
from coulisses.proof import queries
from coulisses.proof.kept import TileRoots
from coulisses.proof.models import TileRoot
from coulisses.proof.tests.told import long_project, say
from coulisses.testing import given

pytestmark = pytest.mark.both_databases

AT = given.NOON


def test_an_entry_s_inclusion_is_proven():
    project = long_project(300)
    for position in (1, 2, 255, 256, 257, 300):
        proof = queries.inclusion(project, position, AT)
        path = [step.hash for step in proof.path]
        root = ledger.root(project.work)
        assert proof.checkpoint.root == root
        assert tree.verify_inclusion(proof.leaf, position - 1, 300, path, root)
        spans = sorted((step.first, step.last) for step in proof.path)
        covered = [n for first, last in spans for n in range(first, last + 1)]
        assert sorted([*covered, position]) == list(range(1, 301))
        assert all(step.is_before == (step.last < position) for step in proof.path)


def test_beyond_the_horizon_there_is_no_proof():
    project = given.project()
    circle = given.tier(project, given.cleo())
    say(project, "for the wings", audience=circle.pk, at=AT)
    with pytest.raises(EntryNotFound):
        queries.inclusion(project, 3, AT + timedelta(minutes=59))
    assert queries.inclusion(project, 3, AT + timedelta(hours=1)).state == "members"


def test_checkpoints_continue_each_other_across_the_full_hour():
    project = given.project()
    circle = given.tier(project, given.cleo())
    say(project, "for the wings", audience=circle.pk, at=AT)
    early = queries.checkpoint(project, at=AT)
    late = queries.checkpoint(project, at=AT + timedelta(hours=1))
    assert (early.size, late.size) == (2, 3)
    proof = queries.public_tree(project, at=AT + timedelta(hours=1)).consistency_proof(2)
    assert tree.verify_consistency(2, 3, early.root, late.root, proof)


def test_roots_of_full_tiles_are_worked_out_once():
    project = long_project(600)
    queries.checkpoint(project, at=AT)
    kept = TileRoot.objects.filter(log=project.work)
    assert sorted(kept.values_list("level", "index")) == [(1, 0), (1, 1)]
    leaves = ledger.leaves(project.work, 0, 600)
    roots = {0: tree.root_of(leaves[:256]), 1: tree.root_of(leaves[256:512])}
    assert TileRoots(project.work).find(1, 0, 2) == roots
    assert queries.checkpoint(project, at=AT).root == tree.root_of(leaves)


def test_the_same_root_may_be_kept_twice():
    project = given.project()
    keeper = TileRoots(project.work)
    keeper.keep(1, {0: b"r" * 32})
    keeper.keep(1, {0: b"r" * 32, 1: b"s" * 32})
    assert keeper.find(1, 0, 2) == {0: b"r" * 32, 1: b"s" * 32}


def test_nothing_is_kept_of_a_rehearsal():
    project = given.project(is_raised=False)
    for number in range(260):
        say(project, f"plank {number}")
    assert queries.checkpoint(project, at=AT).root == ledger.root(project.work)
    assert not TileRoot.objects.exists()


def test_the_figures_count_what_passers_by_may_know():
    project = given.project()
    circle = given.tier(project, given.cleo())
    say(project, "for the wings", audience=circle.pk, at=AT)
    doomed = say(project, "too much", at=given.minutes(1))
    rules.shred(
        project,
        doomed.position,
        reason="said too much",
        by=given.ana().voice_id,
        at=given.minutes(2),
    )
    say(project, "for the wings", audience=circle.pk, at=given.minutes(3))
    figures = queries.figures(project, at=given.minutes(4))
    assert (figures.public, figures.members, figures.shredded) == (3, 1, 1)
    assert figures.changed_at == given.minutes(2)
