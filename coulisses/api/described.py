"""The API as programs read it: with its refusals, the scope of each route, and its limits."""

from typing import Any

from ninja import NinjaAPI
from ninja.openapi.schema import OpenAPISchema

from coulisses.api.answered import ASKING, HEAVY
from coulisses.api.schemas import Problem
from coulisses.projects import scopes

SCHEME = "token"
UNKEYED = ("/captures", *HEAVY, *ASKING)
LIMITS = {
    "RateLimit-Policy": "How many requests (q) are answered within so many seconds (w).",
    "RateLimit": "How many are left (r), and in how many seconds they are counted anew (t).",
}
LATER = "In how many seconds to ask again."
KEY = {
    "name": "Idempotency-Key",
    "in": "header",
    "required": False,
    "description": "Sent again within a day with the same key and the same body, a request is "
    "answered as the first time, and nothing is done twice.",
    "schema": {"type": "string", "pattern": r"^[\x21-\x7e]{1,100}$"},
}


class DescribedAPI(NinjaAPI):
    """Adds to the OpenAPI document what holds for every operation."""

    def get_openapi_schema(self, **how: Any) -> OpenAPISchema:
        """Return the OpenAPI document; each operation has its `4XX` answer and its scope."""
        document = super().get_openapi_schema(**how)
        wanted = self._scopes()
        for path, operations in document["paths"].items():
            for method, operation in operations.items():
                _describe(path, method, operation, wanted.get(operation["operationId"], ""))
                _name_path(path, operation)
        document["components"]["securitySchemes"] = {SCHEME: _scheme()}
        return document

    def _scopes(self) -> dict[str, str]:
        """Return the scope of each operation, with a mark where nobody's token will do as well."""
        found = {}
        for bound in self._get_bound_routers():
            for view in bound.path_operations.values():
                for one in view.operations:
                    asks = next(iter(one.auth_callbacks or ()), None)
                    name = one.operation_id or self.get_openapi_operation_id(one)
                    mark = "?" if type(asks).__name__ == "BearerOrNot" else ""
                    found[name] = f"{getattr(asks, 'scope', '')}{mark}"
        return found


def _describe(path: str, method: str, operation: dict[str, Any], scope: str) -> None:
    answers = operation["responses"]
    for one in answers.values():
        one["headers"] = _fields()
    answers["4XX"] = Problem
    answers[429] = {**Problem, "headers": {"Retry-After": _field(LATER), **_fields()}}
    bare = scope.rstrip("?")
    if bare:
        asked = {SCHEME: [scopes.MANAGE if bare == scopes.CURTAIN else bare]}
        operation["security"] = [{}, asked] if scope.endswith("?") else [asked]
    else:
        operation["security"] = []
    there = {one["name"] for one in operation["parameters"]}
    if method == "post" and bare and KEY["name"] not in there and not path.endswith(UNKEYED):
        operation["parameters"].append(KEY)


def _fields() -> dict[str, Any]:
    return {name: _field(says) for name, says in LIMITS.items()}


def _field(says: str) -> dict[str, Any]:
    return {"description": says, "schema": {"type": "string"}}


def _name_path(path: str, operation: dict[str, Any]) -> None:
    for one in operation["parameters"]:
        if one["in"] == "path" and one["schema"].get("type") == "string":
            one["schema"].setdefault("minLength", 1)


def _scheme() -> dict[str, str]:
    said = [f"`{one}`: {says}." for one, says in scopes.OFFERED.items()]
    words = "A studio’s token, made at its desk or by `coulisses token`. Scopes: " + " ".join(said)
    return {"type": "http", "scheme": "bearer", "description": words}
