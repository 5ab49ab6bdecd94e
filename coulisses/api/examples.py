"""An example of each route as a line for a shell, from the API's own description."""

import json
import shlex
from collections.abc import Iterator, Mapping
from typing import Any

Document = Mapping[str, Any]
REF = "#/components/schemas/"
JSON, FORM = "application/json", "multipart/form-data"
TUS = "arrivals"
MOST_MEMBERS = 6
FILES = ("/uploads", "/attachments")  # take a file that their description leaves to the form
PIECES = {("post", TUS): ["Upload-Length: 2048"], ("patch", "{arrival}"): ["Upload-Offset: 0"]}
# What stands in a path's places, and in members whose type says too little.
PLACES = {
    "studio": "ana", "project": "boat", "position": "12", "number": "3", "waiting_id": "7",
    "path": "hull.png", "version": "file:4f1c", "hook_id": "h7x", "draft": "d7x", "viewer": "v7x",
    "token": "9e1f", "arrival": "a7x", "webhook": "w7x", "export": "e7x",
    "old": "barge", "secret": "s7x", "lead": "5", "word": "7", "key": "courage",
    "voice": "v" * 26, "role": "lead", "family": "5",
}  # fmt: skip
WORDS = {
    "title": "The keel is laid", "words": "The ribs are up", "kind": "note", "once": "keel-1",
    "address": "https://example.org/hook", "slug": "boat", "language": "en", "label": "laptop",
    "whom": "Bo", "role": "maker", "q": "keel", "reason": "other", "name": "Ana’s yard",
    "what": "picture", "arrived": "a7x",
    "facts": '{"reader": "picture"}',
}  # fmt: skip


def curl(document: Document, base: str, path: str, method: str, said: Document) -> str:
    """Return a line that asks for an operation at a house, with what it needs at least."""
    parts = ["curl"]
    if method == "head":
        parts.append("--head")
    elif method != "get":
        parts += ["-X", method.upper()]
    if said["security"] and {} not in said["security"]:
        parts.append('-H "Authorization: Bearer $COULISSES_TOKEN"')
    if f"/{TUS}" in path and method != "options":
        parts.append('-H "Tus-Resumable: 1.0.0"')
    parts += _headers(said)
    parts += [f'-H "{one}"' for one in PIECES.get((method, path.rpartition("/")[2]), ())]
    media, schema = body(said)
    lines = [" ".join(parts)]
    if media:
        sent = list(_sent(media, sample(document, schema)))
        lines.append(" ".join([*sent, *(["-F file=@keel.jpg"] if path.endswith(FILES) else [])]))
    where = shlex.quote(f"{base}{_path(path)}{_query(said)}")
    return f"curl {where}" if lines == ["curl"] else " \\\n  ".join([*lines, where])


def body(said: Document) -> tuple[str, Document]:
    """Return the type of an operation's body and its schema; empty for none."""
    content = said.get("requestBody", {}).get("content", {})
    for media, one in content.items():
        return media, one.get("schema", {})
    return "", {}


def resolved(document: Document, schema: Document) -> Document:
    """Return a schema itself where only its name stands."""
    name = schema.get("$ref", "").removeprefix(REF)
    found: Document = document["components"]["schemas"][name] if name else schema
    return found


def sample(document: Document, schema: Document, name: str = "") -> Any:
    """Return a value that a schema takes: its own example, or what it needs at least."""
    schema = resolved(document, schema)
    if told := schema.get("examples"):
        return told[0]
    if known := schema.get("enum"):
        return known[0]
    if any_of := schema.get("anyOf"):
        return sample(document, any_of[0], name)
    kind = schema.get("type")
    if kind == "object" or "properties" in schema:
        return _object(document, schema)
    if kind == "array":
        return [sample(document, schema.get("items", {}), name)]
    return _simple(schema, name)


def _object(document: Document, schema: Document) -> dict[str, Any]:
    members = schema.get("properties", {})
    needed = schema.get("required") or list(members)[:1]
    chosen = [name for name in members if name in needed][:MOST_MEMBERS]
    return {name: sample(document, members[name], name) for name in chosen}


def _simple(schema: Document, name: str) -> Any:
    if schema.get("type") == "integer":
        return max(12, schema.get("minimum", 0))
    if schema.get("type") == "boolean":
        return True
    if schema.get("format") == "date-time":
        return "2026-12-01T18:00:00+01:00"
    if schema.get("format") == "date":
        return "2026-12-01"
    return WORDS.get(name) or PLACES.get(name, "…")


def _headers(said: Document) -> Iterator[str]:
    for one in said["parameters"]:
        if one["in"] == "header" and one["name"] in ("Idempotency-Key", "If-Match"):
            value = "keel-1" if one["name"] == "Idempotency-Key" else '"*"'
            said_so = f"{one['name']}: {value}"
            yield f"-H {shlex.quote(said_so)}"


def _sent(media: str, value: Any) -> Iterator[str]:
    if media == JSON:
        yield f"-H {shlex.quote(f'Content-Type: {JSON}')}"
        yield f"-d {shlex.quote(json.dumps(value, ensure_ascii=False))}"
    elif media == FORM:
        for name, one in value.items():
            yield f"-F {shlex.quote(f'{name}={one}')}" if name in WORDS else f"-F {name}=@keel.jpg"
    else:
        yield f"-H {shlex.quote(f'Content-Type: {media}')}"
        yield "--data-binary @piece"


def _path(path: str) -> str:
    for name, value in PLACES.items():
        path = path.replace(f"{{{name}}}", value)
    return path


def _query(said: Document) -> str:
    needed = [one["name"] for one in said["parameters"] if one["in"] == "query" and one["required"]]
    return "?" + "&".join(f"{name}={WORDS[name]}" for name in needed) if needed else ""
