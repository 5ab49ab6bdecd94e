"""What is said and answered of time-lapses: films of a file's life."""

from datetime import datetime
from typing import Annotated, Literal

from ninja import Schema
from pydantic import Field

from coulisses.api.schemas import Said, shown

Shape = Literal["landscape", "square", "vertical"]


class ReelIn(Said):
    """A film of a file's life, in a shape; `numbers` has each picture say its position."""

    model_config = shown(path="hull.png", shape="landscape", numbers=True)

    path: Annotated[str, Field(min_length=1, max_length=1_000)]
    shape: Shape = "landscape"
    numbers: bool = False


class ReelOut(Schema):
    """A film: `done` of `total` pictures are in it. Once it is `ready` its `url` has the bytes."""

    number: int
    shape: Shape
    numbers: bool
    state: Literal["asked", "making", "ready", "failed"]
    done: int
    total: int
    asked_at: datetime
    size: int | None
    url: str | None


class ReelsOut(Schema):
    """A file's films: two of each shape at most."""

    reels: list[ReelOut]
