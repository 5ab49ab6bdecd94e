import difflib
import time

from hypothesis import given, settings
from hypothesis import strategies as st

from coulisses_readers import code

LINES = st.lists(
    st.sampled_from(["", "a = 1", "b = 2", "def f():", "    return a", "}", "import x"]),
    max_size=40,
)

DIFF = """\
diff --git a/stage.py b/stage.py
index 111..222 100644
--- a/stage.py
+++ b/stage.py
@@ -1,3 +1,4 @@
 import os
+import sys
 import re
 
@@ -40,4 +41,5 @@ class Stage:
     def raise_curtain(self):
-        pass
+        if not self.is_ready:
+            raise NotReady
         return self
 
\\ No newline at end of file
"""


def test_the_telling_hunk_comes_first():
    found = code.from_unified(DIFF)
    assert (found["added"], found["removed"]) == (3, 1)
    assert [hunk["header"] for hunk in found["hunks"]] == ["class Stage:", ""]
    first = found["hunks"][0]
    assert (first["old"], first["new"]) == (40, 41)
    assert first["lines"][1] == ["-", "        pass"]


def diff_of(*hunks):
    return "\n".join(
        f"@@ -{n * 50},{sum(line[0] != '+' for line in lines)} "
        f"+{n * 50},{sum(line[0] != '-' for line in lines)} @@\n" + "\n".join(lines)
        for n, lines in enumerate(hunks, start=1)
    )


def order(*hunks):
    return [hunk["old"] // 50 for hunk in code.from_unified(diff_of(*hunks))["hunks"]]


def test_a_definition_tells_more_than_imports_comments_and_spaces():
    imports = ["+import a", "+import b", "+from c import d"]
    comments = ["+# one", "+# two"]
    spaces = ["-def g():", "+def  g():"]
    definition = ["-def old():", "+def new(x):"]
    assert order(imports, comments, definition)[0] == 3
    assert order(spaces, definition) == [2, 1]
    assert order(imports, ["+    if ready:", "+        go()"])[0] == 2


def test_what_only_moved_tells_little():
    moved = ["def helper(x):", "    return x + 1", "    # done"]
    assert (
        order([f"-{line}" for line in moved], [f"+{line}" for line in moved], ["+x = f(2)"])[0] == 3
    )


def test_a_long_hunk_shows_its_best_forty_lines():
    lines = [f"+filler {n}" for n in range(100)] + ["+def the_point():", "+    return 42"]
    hunk = code.from_unified(diff_of(lines))["hunks"][0]
    assert len(hunk["lines"]) == code.MAX_LINES
    assert ["+", "def the_point():"] in hunk["lines"]
    assert hunk["new"] == 50 + 62 and hunk["old"] == 50


def test_the_limits_hold():
    hunks = [[f"+x{n} = {'y' * 500}"] for n in range(9)]
    found = code.from_unified(diff_of(*hunks))
    assert len(found["hunks"]) == code.MAX_HUNKS and found["added"] == 9
    assert all(
        len(line) <= code.MAX_COLUMNS and line.endswith("…")
        for hunk in found["hunks"]
        for _, line in hunk["lines"]
    )


def test_lines_that_look_like_headers_are_lines():
    found = code.from_unified(
        "--- a/x.sql\n+++ b/x.sql\n@@ -1,2 +1,1 @@\n--- a comment of SQL\n kept\n"
    )
    assert found["hunks"][0]["lines"] == [["-", "-- a comment of SQL"], [" ", "kept"]]
    assert (found["added"], found["removed"]) == (0, 1)


def test_a_diff_cut_short_gives_what_it_has():
    assert code.from_unified(DIFF[:150])["added"] >= 1
    assert code.from_unified("") == {"hunks": [], "added": 0, "removed": 0}
    assert code.from_unified("Binary files a/x and b/x differ\n")["hunks"] == []


def test_a_line_of_a_million_letters_takes_no_time():
    begun = time.process_time()
    found = code.from_unified(diff_of(["+" + "a (" * 300_000, "+" + "const x = " * 100_000]))
    assert found["added"] == 2
    assert time.process_time() - begun < 3


def test_hidden_characters_are_shown():
    found = code.from_unified(diff_of(["+if access:\u202e # ok", "+\x1b[31m"]))
    assert [line for _, line in found["hunks"][0]["lines"]] == ["if access:⟦U+202E⟧ # ok", "␛[31m"]


@given(LINES, LINES)
@settings(max_examples=150, deadline=None)
def test_two_texts_give_hunks_that_lead_from_one_to_the_other(before, after):
    found = code.hunks("\n".join(before), "\n".join(after))
    if len(found["hunks"]) < code.MAX_HUNKS and all(
        len(hunk["lines"]) < code.MAX_LINES for hunk in found["hunks"]
    ):
        text, shift = "\n".join(before).splitlines(), 0
        for hunk in sorted(found["hunks"], key=lambda hunk: hunk["old"]):
            old = [line for op, line in hunk["lines"] if op != "+"]
            new = [line for op, line in hunk["lines"] if op != "-"]
            at = hunk["old"] - 1 + shift
            assert text[at : at + len(old)] == old
            assert hunk["new"] - 1 == at
            text[at : at + len(old)] = new
            shift += len(new) - len(old)
        assert text == "\n".join(after).splitlines()


@given(LINES, LINES)
@settings(max_examples=80, deadline=None)
def test_a_diff_of_difflib_is_understood(before, after):
    told = list(difflib.unified_diff(before, after, lineterm=""))
    found = code.from_unified("\n".join(told))
    assert found["added"] == sum(line.startswith("+") for line in told[2:])
    assert found["removed"] == sum(line.startswith("-") for line in told[2:])


def test_lock_files_and_generated_ones_tell_little():
    assert code.tellingness("src/stage.py") == 1.0
    for path in ("poetry.lock", "web/package-lock.json", "static/app.min.js", "api/stage_pb2.py"):
        assert code.tellingness(path) < 0.1
    assert code.tellingness("schema.py", "# @generated by a tool") < 1.0
