import time
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from coulisses_readers import prose, registry

WORDS = st.lists(
    st.sampled_from(
        [
            "le",
            "chat",
            "l’eau",
            "dort",
            ".",
            " ",
            " ",
            "\n",
            "\n\n",
            "\u202f!",
            "«\u00a0",
            "été",
            "—",
        ]
    ),
    max_size=60,
).map("".join)


def before_of(runs):
    return "".join(words for op, words in runs if op in "=-")


def after_of(runs):
    return "".join(words for op, words in runs if op in "=+")


@given(st.one_of(WORDS, st.text(max_size=80)), st.one_of(WORDS, st.text(max_size=80)))
@settings(max_examples=300, deadline=None)
def test_what_was_kept_and_struck_is_the_old_text_and_what_was_kept_and_put_the_new(before, after):
    runs = prose.word_diff(before, after)
    assert before_of(runs) == before
    assert after_of(runs) == after
    assert all(words and op in "=-+" for op, words in runs)
    assert all(one[0] != other[0] for one, other in pairwise(runs))


@given(WORDS, WORDS, st.integers(40, 400))
@settings(max_examples=200, deadline=None)
def test_an_excerpt_stays_within_its_limit(before, after, limit):
    runs = prose.word_diff(before * 9, after + before * 8)
    shown = prose.excerpt(runs, limit)
    assert sum(len(words) for _, words in shown) <= limit
    assert all(op in "=-+…" for op, _ in shown)


def test_an_editor_strikes_words_and_not_letters():
    assert prose.word_diff("Le chat dort.", "Le chien dort mal.") == [
        ["=", "Le "],
        ["-", "chat"],
        ["+", "chien"],
        ["=", " dort"],
        ["+", " mal"],
        ["=", "."],
    ]


def test_elisions_and_high_punctuation_stay_whole():
    assert prose.word_diff("Il rêve d’eau\u202f!", "Il rêve d’air\u202f?") == [
        ["=", "Il rêve d’"],
        ["-", "eau\u202f!"],
        ["+", "air\u202f?"],
    ]
    assert ["+", "aujourd’hui"] in prose.word_diff("Il vient demain.", "Il vient aujourd’hui.")


def test_a_rewritten_sentence_is_one_change():
    before = "La tasse est trop rouge et je ne sais pas quoi en faire. La suite tient."
    after = "Depuis le cadmium, on ne voit plus que cette tasse au milieu. La suite tient."
    runs = prose.word_diff(before, after)
    assert [op for op, _ in runs] == ["-", "+", "="]


def test_a_moved_paragraph_leaves_the_others_alone():
    one, two, three = ("Un premier.\n\n", "Un deuxième.\n\n", "Un troisième.\n")
    runs = prose.word_diff(one + two + three, one + three)
    assert runs == [["=", one], ["-", two], ["=", three]]


def test_a_paragraph_set_anew_changes_only_its_line_ends():
    before = "Il était une fois\nun luthier qui doutait\nde son vernis.\n"
    after = before.replace("\n", " ").strip() + "\n"
    struck = [words for op, words in prose.word_diff(before, after) if op == "-"]
    assert struck == ["\n", "\n"]


def test_an_added_text_is_one_run_and_its_excerpt_begins_at_its_beginning():
    after = "Une phrase de plus. " * 400
    runs = prose.word_diff("", after)
    assert runs == [["+", after]]
    shown = prose.excerpt(runs, 1500)
    assert shown[0][0] == "+" and after.startswith(shown[0][1]) and shown[-1] == ["…", ""]
    assert 1400 < len(shown[0][1]) <= 1500


def test_an_excerpt_shows_the_passage_that_changed_most():
    calm = "Rien ne bouge ici, ou presque. " * 120
    before = f"Un mot. {calm}La fin hésite encore beaucoup. {calm}"
    after = f"Deux mots. {calm}La fin tombe juste, d’un seul coup, comme un rideau de fer. {calm}"
    shown = prose.excerpt(prose.word_diff(before, after), 600)
    assert "rideau" in "".join(words for op, words in shown if op == "+")
    assert ["…", ""] in shown


def test_what_was_put_begins_where_a_line_or_a_sentence_does():
    assert prose.word_diff("- un\n- trois\n", "- un\n- deux\n- trois\n") == [
        ["=", "- un\n"],
        ["+", "- deux\n"],
        ["=", "- trois\n"],
    ]
    runs = prose.word_diff("Il dort. Il part.", "Il dort. Il mange. Il part.")
    assert runs == [["=", "Il dort. "], ["+", "Il mange. "], ["=", "Il part."]]


def test_an_excerpt_does_not_dwell_on_line_ends():
    runs = prose.word_diff("un deux\ntrois quatre cinq\n", "un\ndeux trois quatre six\n")
    assert [op for op, _ in prose.excerpt(runs)] == ["=", "-", "+", "="]
    only = prose.word_diff("un\ndeux", "un deux")
    assert prose.excerpt(only) == only


def test_an_unchanged_text_has_nothing_struck():
    assert prose.word_diff("même", "même") == [["=", "même"]]
    assert prose.word_diff("", "") == []


def test_a_novel_is_compared_in_bounded_time():
    chapter = [
        f"Phrase {n} du chapitre, où l’on voit {n * 7919 % 101} ombres passer.\n"
        for n in range(20_000)
    ]
    begun = time.process_time()
    runs = prose.word_diff("".join(chapter), "".join(chapter[::-1]))
    assert before_of(runs) == "".join(chapter)
    alike = "le la les de " * 20_000
    prose.word_diff(alike, alike[::-1])
    assert time.process_time() - begun < 12


SCENE = """INT. ATELIER - NUIT

ANA ponce un violon. La lampe grésille.

ANA
(sans lever les yeux)
Il y a un reflet que je ne voulais pas.

BO
Je ne le vois pas.

> FONDU AU NOIR
"""


def test_a_screenplays_line_a_cue_and_a_scene_are_struck_and_put_whole():
    line = prose.word_diff(SCENE, SCENE.replace("que je ne voulais pas", "que personne ne verra"))
    assert [run for run in line if run[0] != "="] == [
        ["-", "je ne voulais pas"],
        ["+", "personne ne verra"],
    ]
    cue = prose.word_diff(SCENE, SCENE.replace("BO\nJe ne", "CLEO\nJe ne"))
    assert [run for run in cue if run[0] != "="] == [["-", "BO"], ["+", "CLEO"]]
    second = SCENE.replace("ATELIER", "COUR").replace("NUIT", "JOUR").replace("ANA ", "BO ")
    both = SCENE.replace("> FONDU AU NOIR\n", "") + second
    added = prose.word_diff(SCENE, both)
    assert "".join(words for op, words in added if op == "-") == ""
    assert registry.reader_for("film.fountain", SCENE.encode()) == "prose"
