"""What a commit is told as."""

from collections.abc import Callable

from coulisses_agent.tests.contract import RecordingHouse
from coulisses_agent.tests.repositories import ANA, BO, NOON, Repository, picture

Tell = Callable[..., int]


def test_a_commit_is_told_with_its_words_its_date_and_its_author(
    repository: Repository, house: RecordingHouse, told: Tell
) -> None:
    repository.write("poem.md", "The lamp is lit.\n")
    oid = repository.commit("Light the lamp\n\nIt was dark.", at=f"{NOON} -0330")
    assert told(repository) == 0
    (capture,) = house.told
    assert capture["once"] == f"git:{oid}"
    assert (capture["title"], capture["body"]) == ("Light the lamp", "It was dark.")
    assert capture["happened_at"] == "2023-11-14T18:43:20-03:30"
    assert capture["author"]["name"] == "Ana Sol" and capture["author"]["is_owner"]
    assert capture["past"] is True and capture["is_merge"] is False


def test_commits_are_told_oldest_first_and_parents_before_children(
    repository: Repository, house: RecordingHouse, told: Tell
) -> None:
    for step in ("one", "two", "three"):
        repository.write("a.txt", step).commit(step)
    told(repository)
    assert house.titles() == ["one", "two", "three"]


def test_prose_is_told_word_by_word(
    repository: Repository, house: RecordingHouse, told: Tell
) -> None:
    repository.write("poem.md", "The lamp is lit.\nNobody sees it.\n").commit()
    repository.write("poem.md", "The lamp is out.\nNobody sees it.\n").commit()
    told(repository)
    change = house.told[1]["changes"][0]
    assert change["reader"] == "prose"
    assert ["-", "lit"] in change["words"] and ["+", "out"] in change["words"]
    assert (change["added"], change["removed"]) == (1, 1)


def test_code_is_told_in_hunks_with_the_telling_one_first(
    repository: Repository, house: RecordingHouse, told: Tell
) -> None:
    lines = ["import os"] + [f"x{n} = {n}" for n in range(60)]
    repository.write("lamp.py", "\n".join(lines)).commit()
    lines[0] = "import sys"
    repository.write("lamp.py", "\n".join([*lines, "def light():", "    return 1"])).commit()
    told(repository)
    change = house.told[1]["changes"][0]
    assert ["+", "def light():"] in change["hunks"][0]["lines"]
    assert len(change["hunks"]) == 2


def test_a_picture_is_told_by_its_states_before_and_after(
    repository: Repository, house: RecordingHouse, told: Tell
) -> None:
    repository.write("lamp.png", picture("red")).commit()
    repository.write("lamp.png", picture("blue")).commit()
    told(repository)
    first, second = (capture["changes"][0] for capture in house.told)
    assert first["what"] == "added" and second["what"] == "changed"
    assert second["before"]["version"] == first["after"]["version"]
    assert second["after"]["bytes"] == len(picture("blue"))


def test_renamings_are_followed_even_when_the_file_changed_with_them(
    repository: Repository, house: RecordingHouse, told: Tell
) -> None:
    text = "".join(f"Line {n} of the poem.\n" for n in range(20))
    repository.write("draft.md", text).commit()
    (repository.path / "draft.md").rename(repository.path / "poem.md")
    repository.write("poem.md", text.replace("Line 7", "Verse 7")).commit()
    told(repository)
    (change,) = house.told[1]["changes"]
    assert (change["what"], change["was"], change["path"]) == ("renamed", "draft.md", "poem.md")
    assert ["+", "Verse"] in change["words"]


def test_pictures_come_first_then_prose_then_code_and_the_rest_is_counted(
    repository: Repository, house: RecordingHouse, told: Tell
) -> None:
    for number in range(25):
        repository.write(f"code{number}.py", "x = 1\n" * (number + 1))
    repository.write("z.png", picture()).write("y.md", "Words.\n").commit()
    told(repository)
    (capture,) = house.told
    paths = [change["path"] for change in capture["changes"]]
    assert paths[:3] == ["z.png", "y.md", "code24.py"]
    assert len(paths) == 20 and capture["more"] == 7


def test_a_merge_lists_nothing_unless_it_settled_a_conflict(
    repository: Repository, house: RecordingHouse, told: Tell
) -> None:
    repository.write("a.py", "a = 1\nb = 2\nc = 3\nd = 4\ne = 5\n").write(
        "b.py", "x = 1\n"
    ).commit()
    repository.git("checkout", "-q", "-b", "side")
    repository.write("b.py", "x = 2\n").commit("side")
    repository.git("checkout", "-q", "main")
    repository.write("a.py", "a = 0\nb = 2\nc = 3\nd = 4\ne = 5\n").commit("main")
    repository.git("merge", "-q", "--no-edit", "side")
    repository.git("checkout", "-q", "-b", "other", "HEAD~1")
    repository.write("a.py", "a = 9\nb = 2\nc = 3\nd = 4\ne = 5\n").commit("other")
    repository.git("checkout", "-q", "main")
    repository.git("merge", "-q", "-s", "ours", "--no-commit", "other")
    repository.write("a.py", "a = 10\nb = 2\nc = 3\nd = 4\ne = 5\n").commit("settled")
    told(repository)
    clean, settled = [capture for capture in house.told if capture["is_merge"]]
    assert clean["changes"] == []
    (change,) = settled["changes"]
    assert change["path"] == "a.py"
    assert ["+", "a = 10"] in change["hunks"][0]["lines"]


def test_an_octopus_merge_and_orphan_branches_are_told(
    repository: Repository, house: RecordingHouse, told: Tell
) -> None:
    repository.write("a.txt", "a").commit("root")
    for name in ("one", "two"):
        repository.git("checkout", "-q", "-b", name, "main")
        repository.write(name, name).commit(name)
    repository.git("checkout", "-q", "--orphan", "stranger")
    repository.write("s.txt", "s").commit("stranger")
    repository.git("checkout", "-q", "main")
    words = ("merge", "-q", "--no-edit", "--allow-unrelated-histories")
    repository.git(*words, "one", "two")
    repository.git(*words, "stranger")
    assert told(repository) == 0
    assert {"root", "one", "two", "stranger"} < set(house.titles())
    assert len(house.told) == 6


def test_authors_are_told_apart_without_their_address(
    repository: Repository, house: RecordingHouse, told: Tell
) -> None:
    repository.write("a", "1").commit()
    repository.write("a", "2").commit(by=BO)
    repository.write("a", "3").commit(by=(BO[0], BO[1].upper()))
    repository.write("a", "4").commit(by=("eve@evil.example", "eve@evil.example"))
    told(repository)
    ana, bo, bo_again, eve = (capture["author"] for capture in house.told)
    assert bo["key"] == bo_again["key"] != ana["key"]
    assert [author["is_owner"] for author in (ana, bo, eve)] == [True, False, False]
    assert eve["name"] == ""
    for address in (ANA[1], BO[1], "eve@evil"):
        assert address.encode() not in bytes(house.wire).lower()


def test_the_owner_can_be_named_by_address(
    repository: Repository, house: RecordingHouse, told: Tell
) -> None:
    repository.write("a", "1").commit(by=BO)
    told(repository, "--owner-email", BO[1])
    assert house.told[0]["author"]["is_owner"]


def test_people_in_trailers_and_addresses_in_messages_stay_here(
    repository: Repository, house: RecordingHouse, told: Tell
) -> None:
    repository.write("a", "1").commit(
        "A step\n\nAsked by cleo@members.example.\n\n"
        "Signed-off-by: Dan Roe <dan@roe.example>\nCo-authored-by: Bo Lund <bo@x.example>\n"
    )
    told(repository)
    assert house.told[0]["body"] == "Asked by …@…."
    for name in (b"Dan Roe", b"Bo Lund", b"cleo@"):
        assert name not in house.wire


def test_absurd_dates_are_corrected_and_said(
    repository: Repository, house: RecordingHouse, told: Tell
) -> None:
    tree = repository.git("hash-object", "-t", "tree", "-w", "/dev/null").encode()
    for date in (b"-5 +9999", b"99999999999 +0000", b"0 +0100"):
        repository.raw_commit(
            b"tree %b\nauthor A <a@a> %b\ncommitter A <a@a> 1700000000 +0000\n\nodd" % (tree, date)
        )
        told(repository)
    assert len(house.told) == 3
    for capture in house.told:
        assert {"path": "", "reason": "absurd_date"} in capture["missing"]
        assert capture["happened_at"].startswith("2023-11-14")


def test_messages_may_be_empty_endless_or_in_another_encoding(
    repository: Repository, house: RecordingHouse, told: Tell
) -> None:
    repository.write("a", "1").commit("")
    repository.write("a", "2").commit("word " * 100_000)
    repository.write("a", "3").commit("caf\xe9 noir".encode("latin-1"))
    repository.write("a", "4").commit("un\x07sounded \u202emirror\r\n\r\nlines")
    told(repository)
    empty, endless, latin, odd = house.told
    assert empty["title"] == empty["body"] == ""
    assert len(endless["title"]) == 300 and endless["body"].startswith("word word")
    assert latin["title"] == "café noir"
    assert (odd["title"], odd["body"]) == ("unsounded mirror", "lines")


def test_a_commit_without_an_authors_name_is_told(
    repository: Repository, house: RecordingHouse, told: Tell
) -> None:
    tree = repository.git("hash-object", "-t", "tree", "-w", "/dev/null").encode()
    repository.raw_commit(b"tree " + tree + b"\nauthor <> 1700000000 +0000\ncommitter <> 1 +0\n\nx")
    assert told(repository) == 0
    assert house.told[0]["author"]["name"] == ""


def test_a_capture_stays_within_its_size(
    repository: Repository, house: RecordingHouse, told: Tell
) -> None:
    for number in range(20):
        line = f"value_{number} = '" + "é😀" * 90 + "'\n"
        repository.write(f"f{number}.py", line * 200)
    repository.commit("word " * 5000)
    told(repository)
    (capture,) = house.told
    assert len(capture["changes"]) + capture["more"] == 20
    assert all(change["added"] == 200 for change in capture["changes"])


def test_a_rewritten_book_shows_what_was_struck_and_what_was_put(
    repository: Repository, house: RecordingHouse, told: Tell
) -> None:
    repository.write("book.md", "".join(f"Old words, number {n}.\n" for n in range(9000))).commit()
    repository.write("book.md", "".join(f"New words, number {n}.\n" for n in range(9000))).commit()
    told(repository)
    change = house.told[1]["changes"][0]
    assert (change["added"], change["removed"]) == (9000, 9000)
    assert {op for op, _text in change["words"]} >= {"-", "+"}
