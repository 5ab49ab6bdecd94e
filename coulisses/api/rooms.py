"""The rooms of the API: each a module with a router, whose routes stand together in one.

Several rooms may answer at one address, each with methods of its own: one reads, another changes.
"""

from collections.abc import Callable
from typing import Any

from ninja import Router
from ninja.constants import NOT_SET

house = Router()


class Room(Router):
    """A router whose routes are the house's, with the room's tag and scope where none is said."""

    def __init__(self, tag: str, auth: Any = NOT_SET) -> None:
        super().__init__(tags=[tag], auth=auth)

    def add_api_operation(
        self, path: str, methods: list[str], view_func: Callable[..., Any], **how: Any
    ) -> None:
        """Add a route to the house's."""
        if how.get("auth", NOT_SET) is NOT_SET:
            how["auth"] = self.auth
        how["tags"] = how.get("tags") or self.tags
        house.add_api_operation(path, methods, view_func, **how)
