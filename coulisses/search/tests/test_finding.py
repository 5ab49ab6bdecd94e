"""What is found: the newest first, the words in place, the same on both databases."""

from datetime import date

import pytest
from hypothesis import HealthCheck
from hypothesis import given as of
from hypothesis import settings as how
from hypothesis import strategies as some

from coulisses.lib.places import PlaceMalformed
from coulisses.pages.tests import told
from coulisses.search import asking, feeding, queries, rebuilding, rows, texts, words
from coulisses.search.models import Bookmark, Slip
from coulisses.search.tests.looking import amend, find, positions, read, shred, spelled, tell
from coulisses.testing import given

pytestmark = pytest.mark.both_databases


def test_an_entry_is_found_by_its_words_the_newest_first_with_the_words_in_place():
    project = given.project()
    tell(project, "The red is too loud", body="It **shouts** at the sea.", at=1)
    tell(project, "A quieter red", at=2)
    read(project)
    page = find("red")
    assert positions(page) == [4, 3]
    first = page.hits[1]
    assert spelled(first.title) == "The [red] is too loud"
    assert spelled(first.excerpt) == "It shouts at the sea."
    assert first.address == "/@atelier/boat/3"
    assert spelled(find("SEA shouts").hits[0].excerpt) == "It [shouts] at the [sea]."
    assert positions(find("red loud")) == [3]
    assert positions(find("red -loud")) == positions(find("red -“too loud”")) == [4]
    assert positions(find("“too loud”")) == [3]
    assert positions(find("“loud too”")) == positions(find("“loud it”")) == []


def test_names_and_lines_of_files_are_found_with_the_file_that_they_stand_in():
    project = told.everything("boat")
    change = told.prose("git:words", path="notes/carène.md")
    change["words"] = [["=", "The keel is"], ["-", "oak"], ["+", "elm"]]
    save = told.save(project, change, title="Other wood")
    read(project)
    hit = find("elm").hits[0]
    assert (hit.entry.position, hit.file) == (save.position, "notes/carène.md")
    assert spelled(hit.excerpt) == "The keel is oak [elm]"
    assert positions(find("carene.md")) == [save.position]


def test_an_amended_entry_is_found_by_its_newest_words_and_no_more_by_the_old():
    project = given.project()
    entry = tell(project, "Vermilion", body="at dusk")
    read(project)
    amend(project, entry.position, title="Carmine")
    read(project)
    assert positions(find("carmine dusk")) == [entry.position]
    assert spelled(find("carmine").hits[0].title) == "[Carmine]"
    assert positions(find("vermilion")) == []


def test_a_page_goes_on_where_the_one_before_ended(monkeypatch):
    monkeypatch.setattr(queries, "LENGTH", 3)
    project = given.project()
    for number in range(2 * queries.LENGTH + 3):
        tell(project, f"wave {number}", at=number / 10)
    read(project)
    first = find("wave")
    second = find("wave", after=first.next)
    last = find("wave", after=second.next)
    met = [*positions(first), *positions(second), *positions(last)]
    assert met == list(range(2 * queries.LENGTH + 5, 2, -1))
    assert last.next == "" and first.is_whole
    with pytest.raises(PlaceMalformed):
        find("wave", after="here")


def test_one_looks_in_a_project_a_studio_or_the_house_for_some_kinds_and_days():
    boat, tree = given.project("boat"), given.project("tree")
    other = given.project("moon", house=given.studio("elsewhere", owner=given.ana()))
    for project, at in ((boat, 0), (tree, 1), (other, 2)):
        tell(project, "blue", at=at, kind="doubt")
    tell(boat, "blue", at=24 * 60, kind="failure")
    read(boat, tree, other)
    slugs = [hit.project.slug for hit in find("blue").hits]
    assert slugs == ["boat", "moon", "tree", "boat"]
    assert [hit.project.slug for hit in find("blue", place=boat.studio).hits] == [
        "boat", "tree", "boat"
    ]  # fmt: skip
    assert positions(find("blue", place=boat)) == [4, 3]
    assert positions(find("blue", place=boat, kinds=("doubt",))) == [3]
    assert positions(find("blue", place=boat, kinds=("doubt", "failure"))) == [4, 3]
    assert positions(find("blue", place=boat, kinds=("note",))) == []
    assert positions(find("blue", place=boat, until=date(2026, 5, 3))) == [3]
    assert positions(find("blue", place=boat, since=date(2026, 5, 4))) == [4]


def test_what_is_shredded_is_found_no_more_and_no_number_of_it_is_left():
    project = given.project()
    first, second = tell(project, "heliotrope"), tell(project, "plain")
    amend(project, second.position, title="xanthic")
    read(project)
    amendment = second.position + 1
    shred(project, first.position)
    assert positions(find("heliotrope")) == []
    assert not listed("heliotrope")
    shred(project, amendment)
    assert positions(find("xanthic")) == [] and not listed("xanthic")
    read(project)
    assert positions(find("plain")) == [second.position]


def test_what_is_shredded_while_it_is_being_read_is_not_put_back(monkeypatch):
    project = given.project()
    entry = tell(project, "heliotrope")

    def folded_then_shredded(fact, anew=None, of=texts.of):
        found = of(fact, anew)
        if not Bookmark.objects.filter(project=project, position__gte=entry.position).exists():
            monkeypatch.undo()
            shred(project, entry.position)
        return found

    monkeypatch.setattr(texts, "of", folded_then_shredded)
    read(project)
    assert positions(find("heliotrope")) == [] and not listed("heliotrope")


def test_the_index_made_anew_is_what_it_was():
    boat, tree = given.project("boat"), told.everything("tree")
    entry = tell(boat, "heliotrope")
    amend(boat, entry.position, title="xanthic")
    shred(boat, tell(boat, "gone").position)
    read(boat, tree)
    kept = everything()
    rebuilding.empty()
    assert positions(find("xanthic")) == [] and not listed("xanthic")
    assert [count for _project, count in rebuilding.fill() if count]
    assert everything() == kept


def test_a_turn_that_another_process_has_done_changes_nothing():
    project = given.project()
    tell(project, "once")
    read(project)
    kept = everything()
    Bookmark.objects.update(position=0)
    read(project)
    assert everything() == kept


def test_the_errand_finds_what_grew_and_the_curtain_that_rose(monkeypatch):
    monkeypatch.setattr(feeding, "_watch", feeding.Watch())
    boat, tree = given.project("boat"), given.project("tree")
    tell(boat, "first")
    feeding.some()
    assert positions(find("first")) == [3]
    tell(tree, "second")
    feeding.some()
    assert positions(find("second")) == [3]


SAID = some.lists(
    some.sampled_from(["l’été", "Été", "ete", "œuf", "oeuf", "d'œufs", "don't", "sea", "SEA-side"]),
    min_size=1,
    max_size=5,
).map(" ".join)


@how(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@of(
    told=some.lists(SAID, max_size=4), typed=SAID, is_phrase=some.booleans(), out=some.none() | SAID
)
def test_what_is_found_is_what_a_reader_of_all_the_words_would_find(told, typed, is_phrase, out):
    number = Slip.objects.count()
    project = given.project(f"p{number}-{len(told)}-{abs(hash((tuple(told), typed, out)))}")
    entries = [(tell(project, words_, at=at).position, words_) for at, words_ in enumerate(told)]
    read(project)
    query = f'"{typed}"' if is_phrase else typed
    query += f' -"{out}"' if out else ""
    asked = asking.read(query)
    expected = [position for position, words_ in entries if matches(words_, asked)]
    assert positions(find(query, place=project)) == expected[::-1]


def matches(text, asked):
    folded = tuple(one.folded for one in words.of(text))

    def holds(phrase):
        return any(folded[at : at + len(phrase)] == phrase for at in range(len(folded)))

    return all(map(holds, asked.wanted)) and not any(map(holds, asked.unwanted))


def listed(word):
    return rows.floor(words.number(word), rows.Between(), 0)


def everything():
    slips = Slip.objects.order_by("project", "position")  # of two at once either may be the first
    return [
        (one.project_id, one.position, one.is_shown, one.audience, bytes(one.words))
        for one in slips
    ]
