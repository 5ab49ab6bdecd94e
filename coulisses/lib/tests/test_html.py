import re
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coulisses.lib import html

HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "[click](javascript:alert(1))",
    "[click](JaVaScRiPt&colon;alert(1))",
    "[click](data:text/html;base64,PHNjcmlwdD4=)",
    "[click](vbscript:x)",
    "![track](https://elsewhere.test/pixel.gif)",
    '![x](https://elsewhere.test/"onerror="alert(1))',
    "<svg/onload=alert(1)>",
    '<a href="https://x" style="position:fixed">x</a>',
    "<style>*{display:none}</style>",
    "<iframe src=//elsewhere.test></iframe>",
    '[a](https://x "\\" onmouseover=alert(1) x=\\"")',
    "```<script>\nalert(1)\n```",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    '<https://x" onclick=alert(1)>',
    "`<b onclick=x>`",
    "[x]: javascript:alert(1)\n\n[x]",
    "\u202e<script>\u2066",
]


@pytest.mark.parametrize("markdown", HOSTILE)
def test_nothing_hostile_passes(markdown):
    tags = re.findall(r"<[^>]*>", html.from_markdown(markdown))
    for tag in tags:
        assert re.fullmatch(r"</?(p|code|pre|a|em)( [^>]*)?>", tag), tag
        assert not re.search(r"\bon\w+=|style=|src=|javascript:|data:|vbscript:", unquoted(tag)), (
            tag
        )


def unquoted(tag):
    """The tag without what stands harmlessly inside a title's quotes."""
    return re.sub(r'title="[^"]*"', "", tag)


def test_links_vouch_for_nothing():
    shown = html.from_markdown("[a boat](https://boats.test/)")
    assert shown == (
        '<p><a href="https://boats.test/" rel="nofollow ugc noopener">a boat</a></p>\n'
    )


def test_headings_stand_below_those_of_the_page():
    shown = html.from_markdown("# One\n\n## Two\n\n###### Six")
    assert shown == "<h3>One</h3>\n<h4>Two</h4>\n<h6>Six</h6>\n"


def test_a_picture_from_elsewhere_becomes_its_words():
    assert html.from_markdown("![the <b>hull</b>](https://x.test/a.png)") == (
        "<p>the &lt;b&gt;hull&lt;/b&gt;</p>\n"
    )


def test_what_people_write_is_kept():
    shown = html.from_markdown(
        "**The** *hull* ~~leaks~~\n\n- a\n- b\n\n| x | y |\n|---|---|\n| 1 | 2 |"
    )
    for piece in ("<strong>The</strong>", "<em>hull</em>", "<li>a</li>", "<td>2</td>"):
        assert piece in shown


@pytest.mark.parametrize(
    "markdown",
    [
        ">" * 20_000,
        "[" * 20_000,
        "*a" * 20_000,
        "- " * 10_000,
        "`" * 9_999,
        "![" * 15_000,
        "|" * 20_000,
        "a\n" + "=" * 40_000,
        "<" * 50_000,
        "[a](" * 10_000,
        "_" * 50_000,
        "x" * 2_000_000,
    ],
)
def test_what_is_meant_to_take_for_ever_does_not(markdown):
    begun = time.process_time()
    html.from_markdown(markdown)
    assert time.process_time() - begun < 2


@given(st.text(alphabet="<>[]()!*_`#\"'&;:/= \nabj\u202e\x00", max_size=300))
@settings(max_examples=150, deadline=None)
def test_only_known_tags_come_out_of_anything(markdown):
    names = re.findall(r"<\s*/?\s*([a-zA-Z][a-zA-Z0-9]*)", html.from_markdown(markdown))
    assert set(names) <= html.TAGS


def test_plain_words_carry_no_markup():
    assert html.plain("# The *hull*\n\nleaks & <b>creaks</b>") == ("The hull leaks & <b>creaks</b>")
    assert html.plain("word " * 100, longest=20) == "word word word word…"


def test_lines_too_long_for_their_box_are_reached_by_keys():
    assert html.from_markdown("```\nhull\n```") == '<pre tabindex="0"><code>hull\n</code></pre>\n'
