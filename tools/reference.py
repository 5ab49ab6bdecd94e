"""The reference pages in `docs/reference/`, written from the code so that they cannot rot.

`./run docs` writes them; a test fails where a page is not what the code says, and the writing
itself fails on a setting, verb, kind or route that says nothing of itself.
"""

import inspect
import re
from collections.abc import Callable, Iterator
from dataclasses import MISSING, fields
from typing import Any

from tools.places import ROOT

FOLDER = ROOT / "docs" / "reference"
WRITTEN = "<!-- Written by `./run docs` from the code. -->\n"
# What the outermost application answers itself.
BEFORE_DJANGO = {
    "@<studio>/<project>/live": "What is told, as it is told (Server-Sent Events).",
    "healthz": "Whether the house is well: 200 or 503, and what was found.",
    "static/<file>": "Style sheets, elements, fonts; kept for good where the name holds a hash.",
}


class Undocumented(Exception):
    """Something public says nothing of itself."""


def main() -> int:
    """Write every page."""
    _set_up()
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, page in PAGES.items():
        (FOLDER / name).write_text(page())
    return 0


def settings() -> str:
    """Return the page of settings: name, type, default, sentence."""
    from coulisses.site import config

    rows = ["| Setting | Type | Default | What it is |", "|---|---|---|---|"]
    for one in fields(config.House):
        default = "the command’s `--data`" if one.name == "data" else f"`{one.default!r}`"
        sentence = _said(one.metadata.get("sentence"), one.name)
        kind = type(one.default).__name__.removeprefix("Posix").lower()
        rows.append(f"| `{config.PREFIX}{one.name.upper()}` | {kind} | {default} | {sentence} |")
    return _page("Settings", "A house reads these from its environment when it starts.", rows)


def commands() -> str:
    """Return the page of the `coulisses` command: every verb with its options."""
    from coulisses.site.commands import VERBS

    lines = []
    for name, verb in VERBS.items():
        parser = verb.load().parser()
        lines += [f"## coulisses {name}", "", _said(parser.description, name), ""]
        lines += ["| Option | What it says |", "|---|---|"]
        for action in parser._actions:
            if action.dest == "help":
                continue
            said = ", ".join(action.option_strings) or action.metavar or action.dest
            takes = action.metavar or "|".join(map(str, action.choices or ()))
            value = f" {takes}" if action.option_strings and takes else ""
            lines.append(f"| `{said}{value}` | {_said(action.help, f'{name} {said}')} |")
        lines.append("")
    return _page(
        "The command", "`./run VERB` in a clone is `coulisses VERB` once installed.", lines
    )


def kinds() -> str:
    """Return the page of kinds: what each says in a log, and its fields."""
    from coulisses.log import kinds as enrolled

    lines = []
    for name in enrolled.names():
        fact: Any = enrolled.of(name)
        if ".tests." in fact.__module__:
            continue
        lines += [f"## {name}", "", _said(_own_docstring(fact), name), ""]
        lines += [f"- `{one.name}`: {_type(one)}" for one in fields(fact)]
        lines += [""] if fields(fact) else []
    introduction = "What can be said in a log. A name is permanent; a new meaning is a new name."
    return _page("Kinds", introduction, lines)


def routes() -> str:
    """Return the page of addresses: every route with what answers there."""
    said = dict(BEFORE_DJANGO)
    for address, answers in _every_view():
        sentence = _said(inspect.getdoc(inspect.unwrap(answers)), address).split("\n\n")[0]
        said[address] = " ".join(sentence.split())
    rows = ["| Address | What answers |", "|---|---|"]
    rows += [f"| `/{address}` | {said[address]} |" for address in sorted(said)]
    return _page("Addresses", "The API has [a page of its own](api.md).", rows)


def addresses() -> list[str]:
    """Return every address that Django answers, with `<name>` where something is filled in."""
    return [address for address, _ in _every_view()]


def api() -> str:
    """Return the page of the JSON API: every operation with what it takes and answers."""
    from coulisses.api.urls import api as door

    lines = []
    for address, operations in door.get_openapi_schema()["paths"].items():
        for method, operation in operations.items():
            name = f"{method.upper()} {address}"
            sentences = " ".join(_said(operation.get("description"), name).split())
            lines += [f"## {name}", "", sentences, ""]
    introduction = (
        "With `Authorization: Bearer TOKEN`, where `coulisses token` prints the token. A house "
        "describes its API for programs at `/api/v1/openapi.json`; what it refuses, it refuses "
        "as problem details (RFC 9457)."
    )
    return _page("API", introduction, lines)


def _every_view() -> Iterator[tuple[str, Callable[..., Any]]]:
    from django.urls import get_resolver

    return _views(get_resolver(), "")


def _views(resolver: Any, before: str) -> Iterator[tuple[str, Callable[..., Any]]]:
    for pattern in resolver.url_patterns:
        address = before + re.sub(r"<\w+:", "<", str(pattern.pattern))
        if address.startswith("api/"):
            continue
        if hasattr(pattern, "url_patterns"):
            yield from _views(pattern, address)
        else:
            yield address, pattern.callback


def _own_docstring(fact: type) -> str:
    """Return a class's docstring, unless it is the signature that dataclasses put there."""
    text = inspect.cleandoc(fact.__doc__ or "")
    return "" if text.startswith(f"{fact.__name__}(") else text


def _type(one: Any) -> str:
    kind = one.type if isinstance(one.type, str) else getattr(one.type, "__name__", str(one.type))
    if one.default is not MISSING:
        return f"{kind}, {one.default!r} unless said"
    return f"{kind}, empty unless said" if one.default_factory is not MISSING else kind


def _said(sentence: str | None, of: str) -> str:
    if not sentence or not sentence.strip():
        raise Undocumented(of)
    return sentence.strip()


def _page(title: str, introduction: str, lines: list[str]) -> str:
    text = "\n".join([f"# {title}", "", introduction, "", *lines]).rstrip("\n")
    return f"{WRITTEN}{text}\n"


def _set_up() -> None:
    import os

    import django

    os.environ["LC_ALL"] = "C.UTF-8"  # whoever writes the pages, they are in English
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "coulisses.site.settings")
    django.setup()


PAGES: dict[str, Callable[[], str]] = {
    "addresses.md": routes,
    "api.md": api,
    "commands.md": commands,
    "kinds.md": kinds,
    "settings.md": settings,
}
