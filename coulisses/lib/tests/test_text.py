from coulisses.lib import text


def test_what_hides_or_breaks_is_taken_out():
    assert text.clean("a\x00b\x1b[31mc\u202ed\u2066e\ud800f\ufeffg") == "ab[31mcdefg"


def test_newlines_become_plain_and_tabs_stay():
    assert text.clean("one\r\ntwo\rthree\u2028four\tfive") == "one\ntwo\nthree\nfour\tfive"


def test_a_line_is_one_line():
    assert text.clean_line("  a\n\n b\t\u202ec  d ") == "a b c d"


def test_scripts_of_the_world_are_left_alone():
    words = "l’été ß 東京 مرحبا שלום 👩‍🎨"
    assert text.clean(words) == text.clean_line(words) == words


def test_of_a_path_that_is_too_long_the_end_is_kept():
    path = text.clean_path("a/" * 400 + "boat.png")
    assert len(path) == 500 and path.startswith("…") and path.endswith("/boat.png")
    assert text.clean_path("a\nb/\x07c.png") == "a b/c.png"


def test_shortening_says_that_it_did():
    assert text.shorten("hull", 4) == "hull"
    assert text.shorten("a hull", 4) == "a h…"


def test_what_is_read_is_cut_between_two_words():
    assert text.cut("a red hull", 10) == "a red hull"
    assert text.cut("a red hull", 9) == "a red…"
    assert text.cut("a red hull", 6) == "a red…"
    assert text.cut("a red. A hull", 9) == "a red. A…"
    assert text.cut("a red. Hull", 9) == "a red…"
    assert text.cut("hull" * 9, 9) == "hullhull…"
    assert max(len(text.cut("hull and keel", longest)) for longest in range(2, 13)) <= 12


def test_french_spaces_that_do_not_break_are_kept_on_a_line():
    words = "De quelle couleur est une tasse blanche\u202f? Voici\u00a0: grise."
    assert text.clean_line(f"  {words}\n") == words
