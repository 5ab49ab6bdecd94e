"""What a browser calls itself, in two words."""

import re

# The first that fits: each browser also claims to be those before it.
BROWSERS = [
    ("Firefox", r"Firefox/|FxiOS/"),
    ("Edge", r"Edg[A-Z]*/"),
    ("Opera", r"OPR/"),
    ("Samsung Internet", r"SamsungBrowser/"),
    ("Chrome", r"Chrome/|CriOS/"),
    ("Safari", r"Safari/"),
]
SYSTEMS = [
    ("iPhone", r"iPhone"),
    ("iPad", r"iPad"),
    ("Android", r"Android"),
    ("Windows", r"Windows"),
    ("macOS", r"Mac OS X|Macintosh"),
    ("ChromeOS", r"CrOS"),
    ("Linux", r"Linux|X11"),
]


def browser(agent: str) -> str:
    """Return a browser's name; empty where it doesn't say."""
    return _first(BROWSERS, agent)


def system(agent: str) -> str:
    """Return the name of what a browser runs on; empty where it doesn't say."""
    return _first(SYSTEMS, agent)


def _first(known: list[tuple[str, str]], agent: str) -> str:
    return next((name for name, pattern in known if re.search(pattern, agent[:500])), "")
