"""A file's life goes on through its renamings, and nobody sees more of it than they may."""

import pytest

from coulisses.capture import lives, queries
from coulisses.capture.models import Piece, PieceVersion
from coulisses.capture.refusals import PieceNotFound
from coulisses.capture.tests.saves import added, changed, removed, renamed, save, told
from coulisses.log import ledger
from coulisses.projects import rules as projects
from coulisses.testing import given

pytestmark = pytest.mark.both_databases


def life(project, path, audiences=ledger.OUTSIDE, at=None):
    """The versions' positions in the life of a path."""
    found = queries.life(project, path, audiences=audiences, at=at)
    return [one.position for one in queries.versions(found.piece, audiences=audiences)]


def test_a_renamed_file_stays_the_same_piece():
    project = given.project()
    told(
        project,
        save(1, added("sketch.png", "a")),
        save(2, renamed("sketch.png", "boat.png", "a")),
        save(3, changed("boat.png", "b", "a")),
    )
    assert life(project, "boat.png") == [3, 4, 5]
    assert life(project, "sketch.png") == [3, 4, 5]
    known = queries.life(project, "sketch.png", audiences=ledger.OUTSIDE)
    assert (known.path, known.first, known.last, known.count) == ("boat.png", 3, 5, 3)


def test_it_is_followed_from_batch_to_batch():
    project = given.project()
    told(project, save(1, added("sketch.png", "a")))
    told(project, save(2, renamed("sketch.png", "boat.png", "a")))
    told(project, save(3, changed("boat.png", "b", "a")))
    assert life(project, "boat.png") == [3, 4, 5]


def test_a_file_that_comes_back_goes_on():
    project = given.project()
    told(
        project,
        save(1, added("boat.png", "a")),
        save(2, removed("boat.png", "a")),
        save(3, added("boat.png", "b")),
    )
    assert life(project, "boat.png") == [3, 4, 5]


def test_two_files_may_swap_their_names_in_one_save():
    project = given.project()
    told(
        project,
        save(1, added("left.png", "a"), added("right.png", "b")),
        save(2, renamed("left.png", "right.png", "a"), renamed("right.png", "left.png", "b")),
    )
    told(
        project,
        save(3, renamed("left.png", "right.png", "b"), renamed("right.png", "left.png", "a")),
        save(4, changed("left.png", "c", "a")),
    )
    assert life(project, "left.png") == [3, 4, 5, 6]
    versions = queries.life(project, "left.png", audiences=ledger.OUTSIDE).piece.versions
    assert list(versions.order_by("position").values_list("version", flat=True)) == [
        "git:a",
        "git:a",
        "git:a",
        "git:c",
    ]


def test_a_file_renamed_onto_another_takes_its_place():
    project = given.project()
    told(
        project,
        save(1, added("a.png", "a"), added("b.png", "b")),
        save(2, renamed("a.png", "b.png", "a")),
        save(3, changed("b.png", "c", "a")),
    )
    assert life(project, "b.png") == [3, 4, 5]
    assert life(project, "b.png", at=3) == [3]
    assert Piece.objects.filter(path="b.png", is_current=True).count() == 1


def test_a_copy_and_a_new_file_at_an_old_name_begin_lives_of_their_own():
    project = given.project()
    told(
        project,
        save(1, added("a.png", "a")),
        save(2, renamed("a.png", "b.png", "a"), renamed("a.png", "c.png", "a")),
        save(3, added("a.png", "x")),
    )
    assert life(project, "b.png") == [3, 4]
    assert life(project, "c.png") == [4]
    assert life(project, "a.png") == [5]


def test_the_latest_picture_and_the_latest_words_are_found():
    project = given.project()
    told(
        project,
        save(1, added("boat.png", "a"), added("notes.md", "b")),
        save(2, changed("notes.md", "c", "b")),
        save(3, removed("boat.png", "a")),
    )
    newest = queries.latest(project, "picture", audiences=ledger.OUTSIDE)
    assert newest and (newest.path, newest.position, newest.index) == ("boat.png", 3, 0)
    words = queries.latest(project, "picture", "prose", audiences=ledger.OUTSIDE)
    assert words and words.version == "git:c"
    assert queries.latest(project, "code", audiences=ledger.OUTSIDE) is None


def test_what_members_are_told_of_a_file_others_never_learn():
    project = given.project()
    wings = given.tier(project, given.cleo())
    told(project, save(1, added("boat.png", "a")))
    told(
        project,
        save(2, renamed("boat.png", "gift.png", "a"), audience=wings.pk),
        save(3, added("secret.png", "s"), audience=wings.pk),
    )
    outside = queries.life(project, "boat.png", audiences=ledger.OUTSIDE)
    assert (outside.path, outside.count, outside.last) == ("boat.png", 1, 3)
    for path in ("gift.png", "secret.png"):
        with pytest.raises(PieceNotFound):
            life(project, path)
        assert life(project, path, ledger.OUTSIDE | {wings.pk})
        assert life(project, path, ledger.EVERYTHING)
    newest = queries.latest(project, "picture", audiences=ledger.OUTSIDE)
    assert newest and newest.version == "git:a"


def test_shredding_a_save_takes_its_names_and_versions_out():
    project = given.project()
    entries = told(
        project,
        save(1, added("boat.png", "a")),
        save(2, renamed("boat.png", "ex-lover.png", "a"), added("diary.md", "d")),
    )
    projects.shred(
        project, entries[1].position, reason="", by=given.ana().voice_id, at=given.minutes(2_000)
    )
    assert set(Piece.objects.values_list("path", flat=True)) == {"boat.png"}
    assert set(PieceVersion.objects.values_list("path", flat=True)) == {"boat.png"}
    with pytest.raises(PieceNotFound):
        life(project, "ex-lover.png")
    assert life(project, "boat.png") == [3]


def test_replaying_gives_the_same_lives_in_batches_of_any_size():
    project = given.project()
    for number in range(1, 30):
        told(
            project,
            save(2 * number, added(f"{number % 7}.png", f"{number}a")),
            save(2 * number + 1, renamed(f"{number % 7}.png", f"{number % 5}.md", f"{number}a")),
        )
    before = lives_now(project)
    lives.replay(project)
    assert lives_now(project) == before


def lives_now(project):
    """Every life as it stands, without the numbers that the database gave it."""
    pieces = Piece.objects.filter(project=project)
    fields = ("position", "index", "path", "what", "reader", "version", "audience")
    return sorted(
        (piece.path, piece.is_current, *piece.versions.order_by("position").values_list(*fields))
        for piece in pieces
    )
