"""What Eve tries: names, words and requests that have hurt other rooms."""

NAMES_LIKE_ANA = [
    "Ana",  # the same name
    "\u0410na",  # a Cyrillic capital
    "An\u0430",  # a Cyrillic letter at the end
    "\uff21\uff4e\uff41",  # wide letters
    "A\u200bna",  # a space that nobody sees
    "\u202eanA",  # written backwards, turned again by a mark
    "A\u0301na",  # an accent that is easily overlooked
    "ANA",
    "\U0001d400na",  # a mathematical letter
]
NAMES_OF_NOBODY = [
    "",
    " \u00a0\u2003",
    "\u200b\u200c\u200d\u2060",
    "\u3164\u115f\uffa0",  # fillers: letters drawn as nothing
    "\u202e\u2066\u2069",
    "\ufeff",
    "\u0301\u0302",  # marks without a letter
]
NAMES_THAT_BREAK = [
    "\u05d0\u05d1 (\u05d2)",  # from right to left: must not turn what stands beside it
    "a" + "\u0336\u0488\u20dd" * 40,  # drawn over the lines above and below
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "{{ project.title }}{% include %}",
    "x" * 5_000,
    "a\r\nSet-Cookie: b=c",
    "\x00\x08\x1b[31m",
]
WORDS_THAT_HARM = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg/onload=alert(1)>",
    "<iframe src=//evil.test></iframe>",
    "<style>*{display:none}</style><p style='position:fixed'>x</p>",
    "<a href='javascript:alert(1)'>x</a>",
    "[x](javascript:alert(1)) [y](JaVaScRiPt&#58;alert(1)) [z](java\tscript:alert(1))",
    "[x](data:text/html;base64,PHNjcmlwdD4=) [y](vbscript:x) [z](//evil.test)",
    "![x](https://evil.test/pixel.gif) ![y](data:image/svg+xml,<svg onload=alert(1)>)",
    '[x](<https://evil.test/" onmouseover="alert(1)>)',
    "<https://evil.test/?q='><script>alert(1)</script>>",
    "```<script>\n</code></pre><script>alert(1)</script>",
    "> " * 400 + "deep",
    "[" * 1_500 + "]" * 1_500,
    "*" * 4_900,
    "|a" * 900 + "|\n" + "|-" * 900 + "|\n",
    "a" + "\u0300\u0489\u20e3" * 1_000,
    "\u202e\u2066gnihtemos\u2069 \ufeff",
    "<form action=/leave method=post><button>Click</button></form>",
    "<base href=//evil.test><meta http-equiv=refresh content=0;url=//evil.test>",
    "&lt;script&gt;alert(1)&lt;/script&gt; &#x3C;script>",
    "<!--><script>alert(1)</script>-->",
]
WORDS_OF_NOTHING = ["", " \n\t", "\u200b\u2060\ufeff", "\u3164 \u2800", "\u0301\u0300", "\x00"]
FORGED_BALLOTS = [
    {"option": "z"},
    {"option": ["a", "b"]},
    {"option": "a,b"},
    {"option": "a\x00"},
    {"option": ""},
    {},
    {"option": "a" * 5_000},
]
CODES = [
    "AAAAAA",
    "aaa aaa",
    "",
    "' or 1=1 --",
    "\x00" * 6,
    "\u0410\u0410\u0410\u0410\u0410\u0410",
    "9" * 900,
]
