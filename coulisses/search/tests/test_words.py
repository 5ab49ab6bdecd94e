"""Words are folded the same for what was told and for what is asked."""

import pytest
from hypothesis import given as of
from hypothesis import settings as how
from hypothesis import strategies as some

from coulisses.search import asking, placing, words


def folded(text):
    return [one.folded for one in words.of(text)]


@pytest.mark.parametrize(
    ("text", "known"),
    [
        ("L’atelier d'Ana, jusqu’à l’été", ["atelier", "ana", "a", "ete"]),
        ("Qu’il s’agisse d’un ŒUVRE", ["il", "agisse", "un", "oeuvre"]),
        ("aujourd’hui, rock'n'roll", ["aujourdhui", "rocknroll"]),
        ("Ana’s boat doesn't float", ["ana", "boat", "doesnt", "float"]),
        ("chef-d’œuvre_final v2.psd", ["chef", "oeuvre", "final", "v2", "psd"]),
        ("ﬁn Straße Łódź e\u0301te\u0301", ["fin", "strasse", "lodz", "ete"]),
        ("東京 に", ["東", "京", "に"]),
        ("'' ’ — … l’ !", ["l"]),
    ],
)
def test_a_word_is_known_without_accents_capitals_and_elisions(text, known):
    assert folded(text) == known


@how(max_examples=50, deadline=None)
@of(some.text(max_size=40))
def test_every_word_stands_where_it_is_said_to_stand_and_stays_what_it_is(text):
    for one in words.of(text):
        assert words.fold(text[one.start : one.end]) == one.folded
        assert words.fold(one.folded) == one.folded


@pytest.mark.parametrize(
    ("typed", "wanted", "unwanted"),
    [
        ("Red  SEA", [("red",), ("sea",)], []),
        ("“red sea” -wave", [("red", "sea")], [("wave",)]),
        ("« mer rouge » -\"grosse vague\"", [("mer", "rouge")], [("grosse", "vague")]),
        ("porte-fenêtre", [("porte", "fenetre")], []),
        ("-wave", [("wave",)], []),
        ('"never closed', [("never", "closed")], []),
        ('" - -- " OR * NEAR( a:b ""', [("or",), ("near",), ("a", "b")], []),
        ("", [], []),
    ],
)  # fmt: skip
def test_what_is_typed_is_words_whatever_else_it_may_be(typed, wanted, unwanted):
    asked = asking.read(typed)
    assert (list(asked.wanted), list(asked.unwanted)) == (wanted, unwanted)


def test_no_more_than_a_few_words_are_asked_for():
    assert len(asking.read(" ".join(f"w{n}" for n in range(90))).words) == asking.MOST_WORDS


@how(max_examples=60, deadline=None)
@of(some.text(alphabet="ab é'’-\"", max_size=300), some.text(alphabet="ab é'\"-", max_size=12))
def test_an_excerpt_is_a_stretch_of_the_text_with_what_was_found_marked(text, typed):
    asked = asking.read(typed)
    whole = "".join(one.text for one in placing.marked(text, asked))
    assert whole == text
    said = "".join(one.text for one in placing.excerpt(text, asked))
    bare = said.removeprefix("… ").removesuffix(" …")
    assert bare in text and len(bare) <= placing.AROUND + 80
    for piece in placing.excerpt(text, asked):
        if piece.is_hit:
            assert tuple(folded(piece.text)) in asked.wanted
