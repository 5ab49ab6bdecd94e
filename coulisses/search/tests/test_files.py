"""A file is found by its text as it stands now, at the entry that brought it."""

from contextlib import suppress

import pytest
from django.test import Client
from hypothesis import HealthCheck
from hypothesis import given as of
from hypothesis import settings as how
from hypothesis import strategies as some

from coulisses.capture.tests.saves import added, removed, renamed
from coulisses.media import store
from coulisses.moments.kinds import MomentTold
from coulisses.projects import telling
from coulisses.projects.models import Project
from coulisses.search import feeding, rebuilding, settling, within
from coulisses.search.models import Looked, State
from coulisses.search.tests.files import read, send, tell, write
from coulisses.search.tests.looking import amend, find, positions, shred, spelled
from coulisses.search.tests.test_finding import everything, listed
from coulisses.testing import given

pytestmark = pytest.mark.both_databases


@pytest.fixture
def boat():
    return given.project("boat")


def test_a_file_is_found_by_its_newest_text_with_its_name_and_the_words_in_place(boat):
    first = write(boat, 1, "The quay was dull. A heron stood there.")
    read(boat)
    assert positions(find("heron")) == [first.position]
    second = write(boat, 2, "The quay was empty. A heron stood there.", before="v1")
    read(boat)
    hit = find("heron stood").hits[0]
    assert (hit.entry.position, hit.file) == (second.position, "chapter.md")
    assert spelled(hit.excerpt) == "The quay was empty. A [heron] [stood] there."
    assert positions(find("“heron stood”")) == positions(find("heron")) == [second.position]
    assert positions(find("dull")) == [] and not listed("dull")
    assert positions(find("“save 1”")) == [first.position]  # by its own words it still is


def test_a_text_that_comes_after_its_entry_is_found_when_it_comes(boat, monkeypatch):
    monkeypatch.setattr(settling, "arrivals", settling.Arrivals())
    entry = write(boat, 1)
    settling.some()
    read(boat)
    assert positions(find("heron")) == []
    send(boat, 1, "a heron")
    settling.some()
    assert positions(find("heron")) == [entry.position]
    send(boat, 1, "a crane")
    monkeypatch.setattr(settling, "arrivals", settling.Arrivals())  # the house was opened anew
    settling.some()
    assert positions(find("crane")) == [entry.position]
    assert positions(find("heron")) == [] and not listed("heron")
    assert Looked.objects.count() == 1


def test_a_file_that_was_removed_renamed_or_overwritten_is_found_as_it_is_now(boat):
    write(boat, 1, "a heron", path="a.md")
    write(boat, 2, "a crane", path="b.md")
    read(boat)
    moved = tell(boat, 3, renamed("a.md", "b.md", "v1"))
    read(boat)
    assert (positions(find("heron")), positions(find("crane"))) == ([moved.position], [])
    assert find("heron").hits[0].file == "b.md"
    tell(boat, 4, removed("b.md", "v1"))
    read(boat)
    assert positions(find("heron")) == [] and not State.objects.filter(preview__gt=0).exists()


def test_what_members_are_shown_takes_nothing_from_what_everybody_finds(boat):
    wings = given.tier(boat, given.cleo())
    first = write(boat, 1, "a heron and a reed")
    second = write(boat, 2, "a crane and a reed", audience=wings.pk)
    read(boat)
    for user in (None, given.eve()):
        assert positions(find("reed", user=user)) == positions(find("heron", user=user)) == [
            first.position
        ]  # fmt: skip
        assert positions(find("crane", user=user)) == []
        page = Client().get("/search", {"q": "crane"}).content.decode()
        assert "chapter.md" not in page and "reed" not in page
    assert positions(find("crane", user=given.cleo())) == [second.position]
    third = write(boat, 3, "an egret and a reed")
    read(boat)
    for user in (None, given.cleo(), given.ana()):
        assert positions(find("reed", user=user)) == [third.position]
    assert positions(find("crane", user=given.cleo())) == []


def test_a_rehearsals_files_are_found_by_its_team_alone():
    hidden = given.project("hidden", is_raised=False)
    entry = write(hidden, 1, "a heron")
    read(hidden)
    assert positions(find("heron")) == positions(find("heron", user=given.eve())) == []
    assert positions(find("heron", user=given.bo())) == [entry.position]


def test_what_is_shredded_is_torn_at_once_and_what_stood_before_is_found_again(boat):
    first = write(boat, 1, "a heron")
    second = write(boat, 2, "a crane", before="v1")
    copied = tell(boat, 3, added("copy.md", "v2"))
    read(boat)
    assert positions(find("crane")) == [copied.position, second.position]
    shred(boat, second.position)
    assert positions(find("crane")) == [] and not listed("crane")
    read(boat)
    assert positions(find("crane")) == [] and not listed("crane")
    assert positions(find("heron")) == [first.position]
    assert positions(find("“copy.md”")) == [copied.position]
    assert not State.objects.filter(position=second.position).exists()


def test_what_is_shredded_while_its_text_is_read_is_not_put_back(boat, monkeypatch):
    entry = write(boat, 1, "a heron")
    feeding.catch_up(boat.pk)
    first_words = settling.read

    def read_then_shredded(preview):
        said = first_words(preview)
        monkeypatch.undo()
        shred(boat, entry.position)
        return said

    monkeypatch.setattr(settling, "read", read_then_shredded)
    settling.settle(boat.pk)
    assert not listed("heron")
    read(boat)
    assert positions(find("heron")) == [] and not listed("heron")


def test_what_is_attached_to_words_stays_found_whatever_they_become_and_comes_later(boat):
    def attach(number, at):
        send(boat, number, f"a heron{number}")
        files = [{**added("plan.md", f"v{number}"), "was": None}]
        fact, by = MomentTold(kind="note", title="Reeds", files=files), given.ana().voice_id
        return telling.tell(boat, fact, by=by, happened_at=at, told_at=at)

    first, second = attach(1, given.minutes(1)), attach(2, given.minutes(2))
    read(boat)
    assert positions(find("plan.md")) == [second.position, first.position]
    amend(boat, first.position, title="Marsh")
    read(boat)
    hit = find("marsh heron1").hits[0]
    assert (hit.entry.position, hit.file) == (first.position, "plan.md")
    assert positions(find("heron2")) == [second.position]


def test_only_the_beginning_of_a_long_text_is_found_and_only_so_many_words(boat):
    words = [f"w{number}" for number in range(feeding.MOST_OF_FILES)]
    entry = write(boat, 1, " ".join([*words, "late"]))
    other = write(boat, 2, "x " * settling.MOST_READ + "late", path="x.md")
    read(boat)
    assert positions(find("w7 w3999")) == [entry.position] and positions(find("late")) == []
    assert positions(find("x")) == [other.position]
    hit = find("w3990").hits[0]
    assert "[w3990]" in spelled(hit.excerpt) and len(spelled(hit.excerpt)) < 300


def test_a_slip_that_lies_about_a_file_shows_nothing_of_it(boat):
    entry, other = write(boat, 1, "a heron"), given.project("other")
    wings = given.tier(other)
    write(other, 2, "a secret heron", audience=wings.pk)
    read(boat, other)
    lied = State.objects.get(project=other, preview__gt=0).preview
    State.objects.filter(project=boat).update(preview=lied)
    hit = find("heron").hits[0]
    assert hit.entry.position == entry.position and "secret" not in spelled(hit.excerpt)


def test_files_that_are_gone_from_the_disk_stop_nobody(boat):
    entry = write(boat, 1, "a heron")
    read(boat)
    preview = State.objects.get(preview__gt=0).preview
    store.location(store.Preview.objects.get(pk=preview)).unlink()
    assert positions(find("heron")) == [entry.position]
    assert within.settling.read(store.Preview.objects.get(pk=preview)) == ""


def test_the_index_made_anew_knows_the_same_files(boat):
    write(boat, 1, "a heron")
    write(boat, 2, "a crane", before="v1")
    shred(boat, write(boat, 3, "gone", path="b.md").position)
    read(boat)
    kept = everything()
    rebuilding.empty()
    assert positions(find("crane")) == [] and not listed("crane")
    list(rebuilding.fill())
    assert everything() == kept and positions(find("crane"))


STEPS = some.lists(
    some.tuples(
        some.sampled_from(["write", "members", "late", "remove", "shred", "read"]),
        some.sampled_from(["a.md", "b.md"]),
    ),
    max_size=7,
)


@how(max_examples=5, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@of(STEPS)
def test_whatever_happens_readers_find_the_newest_states_that_they_may_see(steps):
    project = given.project(f"p{Project.objects.count()}")
    wings = given.tier(project, given.cleo())
    told = list[tuple[int, str, str, str]]()  # position, path, audience, word
    for number, (what, path) in enumerate(steps):
        if what == "read":
            read(project)
        elif what == "shred":
            if told:
                shred(project, told.pop(number % len(told))[0])
        elif what == "remove":
            told.append((tell(project, number, removed(path, "v")).position, path, "public", ""))
        else:
            audience = wings.pk if what == "members" else "public"
            text = "" if what == "late" else f"zebra{number}"
            entry = write(project, number, text, path=path, audience=audience)
            told.append((entry.position, path, audience, f"zebra{number}"))
    read(project)
    for number, (what, _path) in enumerate(steps):
        if what == "late":
            send_late(project, number)
    read(project)
    newest = {
        (word, audience)
        for position, path, audience, word in told
        if word
        and not any(
            later > position and other == path and theirs in ("public", audience)
            for later, other, theirs, _word in told
        )
    }
    for user, eyes in ((None, {"public"}), (given.cleo(), {"public", wings.pk})):
        expected = {word for word, audience in newest if audience in eyes}
        words = {f"zebra{number}" for number in range(len(steps))}
        assert {one for one in words if find(one, user=user, place=project).hits} == expected


def send_late(project, number):
    with suppress(store.VersionShredded):
        send(project, number, f"zebra{number}")
    settling.Arrivals().look()
