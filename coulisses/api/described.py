"""The API with its refusals in its description: every operation may answer with a problem."""

from typing import Any

from ninja import NinjaAPI
from ninja.openapi.schema import OpenAPISchema

from coulisses.api.schemas import Problem


class DescribedAPI(NinjaAPI):
    """Adds what every operation may refuse with to the OpenAPI document."""

    def get_openapi_schema(self, **how: Any) -> OpenAPISchema:
        """Return the OpenAPI document; each operation has its `4XX` answer."""
        document = super().get_openapi_schema(**how)
        for operations in document["paths"].values():
            for operation in operations.values():
                operation["responses"]["4XX"] = Problem
        return document
