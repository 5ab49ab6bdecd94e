"""The page that says what the API can: made from its own description, without a script.

What routes and fields say of themselves is English, as the description is, and marked so.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from coulisses.api import examples
from coulisses.projects import scopes
from coulisses.ui import addresses
from coulisses.ui.caching import cacheable

Document = Mapping[str, Any]
KEPT = 8  # pages as they were drawn: by the house's address and the language
REF = "#/components/schemas/"
# The rooms in the order in which they are read; what is in none of them would fail loudly.
GROUPS = {
    "stage": _("What everybody reads"),
    "entries": _("Entries"),
    "recaps": _("In few words"),
    "search": _("Find"),
    "moments": _("Tell"),
    "captures": _("Captures and files"),
    "arrivals": _("What is long, in pieces"),
    "reels": _("Time-lapses"),
    "drafts": _("Drafts and proposals"),
    "sessions": _("Live sessions"),
    "projects": _("Open, raise the curtain"),
    "face": _("A project’s face and course"),
    "studios": _("Studios: open, order, hand over"),
    "addresses": _("Addresses, old and new"),
    "team": _("Team, viewers, tokens"),
    "doubts": _("Doubts and leads"),
    "voices": _("What voices say"),
    "cheers": _("Cheers"),
    "decisions": _("Decisions"),
    "brainstorms": _("Brainstorms"),
    "guests": _("Guests and terms"),
    "manners": _("A good room"),
    "credits": _("Credits"),
    "following": _("Follow"),
    "notices": _("Notices"),
    "figures": _("Figures"),
    "webhooks": _("Webhooks"),
    "hooks": _("Forges that speak"),
    "exports": _("Take it home"),
    "reports": _("Reports"),
}


@dataclass(frozen=True)
class Field:
    """A parameter or a member; `where` is path, query or header for a parameter."""

    name: str
    kind: SafeString
    is_required: bool
    says: str
    where: str = ""


@dataclass(frozen=True)
class Answer:
    """A status and what comes with it."""

    status: str
    kind: str


@dataclass(frozen=True)
class Route:
    """One route. `scope` is what a token needs, `is_open` whether nobody's will do as well."""

    anchor: str
    method: str
    path: str
    first: str
    rest: str
    scope: str
    needs: Any
    is_open: bool
    parameters: list[Field]
    sent: str
    body: list[Field]
    answers: list[Answer]
    example: str


@dataclass(frozen=True)
class Group:
    """The routes of a room."""

    tag: str
    name: Any
    routes: list[Route]


@dataclass(frozen=True)
class Shape:
    """What is sent or answered, by name."""

    name: str
    says: str
    fields: list[Field]


def page(read: Callable[[], Document]) -> Callable[[HttpRequest], HttpResponse]:
    """Return the view of a description, which is read once."""

    @lru_cache(maxsize=KEPT)
    def drawn(base: str, language: str) -> SafeString:
        document = read()
        said = {"groups": groups(document, base), "shapes": shapes(document)}
        return render_to_string("api/_routes.html", said)

    @require_safe
    def docs(request: HttpRequest) -> HttpResponse:
        """What the API can, for people: every route, what it takes and answers, an example."""
        base = addresses.base(request)
        routes = drawn(base, get_language() or "en")
        said = {"routes": routes, "groups": GROUPS, "base": base, "scopes": scopes.OFFERED}
        response = render(request, "api/docs.html", said)
        is_shared = not request.user.is_authenticated and "messages" not in request.COOKIES
        return cacheable(response, is_list=True) if is_shared else response

    return docs


def groups(document: Document, base: str) -> list[Group]:
    """Return every route of a description, in its room; `base` begins the addresses."""
    by_tag: dict[str, list[Route]] = {tag: [] for tag in GROUPS}
    for path, operations in document["paths"].items():
        for method, operation in operations.items():
            [tag] = operation["tags"]
            by_tag[tag].append(_route(document, base, path, method, operation))
    return [Group(tag, name, by_tag[tag]) for tag, name in GROUPS.items()]


def shapes(document: Document) -> list[Shape]:
    """Return what is sent and answered, by name."""
    known = document["components"]["schemas"]
    return [Shape(name, known[name].get("description", ""), _members(known[name]))
            for name in sorted(known) if known[name].get("properties")]  # fmt: skip


def _route(document: Document, base: str, path: str, method: str, said: Document) -> Route:
    first, _blank, rest = said.get("description", "").partition("\n\n")
    asked = [one for each in said["security"] for one in each.values()]
    scope = asked[0][0] if asked else ""
    media, body = _body(document, said)
    return Route(
        anchor=said["operationId"].removeprefix("coulisses_api_"),
        method=method.upper(),
        path=path.removeprefix("/api/v1"),
        first=_bare(first),
        rest=rest,
        scope=scope,
        needs=scopes.OFFERED.get(scope, ""),
        is_open={} in said["security"],
        parameters=[_parameter(one) for one in said["parameters"]],
        sent=media,
        body=_members(body),
        answers=list(_answers(said)),
        example=examples.curl(document, base, path, method, said),
    )


def _body(document: Document, said: Document) -> tuple[str, Document]:
    media, schema = examples.body(said)
    return media, examples.resolved(document, schema)


def _parameter(one: Document) -> Field:
    says = one.get("description") or one["schema"].get("description", "")
    is_required = bool(one.get("required"))
    return Field(one["name"], _kind(one["schema"]), is_required, _bare(says), one["in"])


def _members(schema: Document) -> list[Field]:
    needed = schema.get("required", ())
    return [
        Field(name, _kind(one), name in needed, _bare(one.get("description", "")))
        for name, one in schema.get("properties", {}).items()
    ]


def _bare(words: str) -> str:
    """Return a line without the marks of code."""
    return words.replace("`", "")


def _answers(said: Document) -> Iterator[Answer]:
    for status, one in said["responses"].items():
        if str(status) in ("4XX", "429"):
            continue
        for media, content in one.get("content", {"": {}}).items():
            schema = content.get("schema", {})
            is_json = media == "application/json"
            yield Answer(str(status), _kind(schema) if is_json else media)


def _kind(schema: Document) -> SafeString:
    """Return how a type is spelled, in the words of JSON Schema, each shape with its link."""
    if ref := schema.get("$ref", ""):
        name = ref.removeprefix(REF)
        return format_html('{{<a href="#shape-{}">{}</a>}}', name, name)
    if any_of := schema.get("anyOf"):
        return format_html_join(" | ", "{}", ((_kind(one),) for one in any_of))
    if schema.get("type") == "array":
        return format_html("[{}, …]", _kind(schema.get("items", {})))
    if known := schema.get("enum", [schema["const"]] if "const" in schema else []):
        return format_html("{}", " | ".join(f'"{one}"' for one in known))
    return format_html("{}", schema.get("format") or schema.get("type", "object"))
