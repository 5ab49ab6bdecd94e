"""What a command wants to find on the stage; known before Django is set up."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Wish:
    """What is to stand on the stage."""

    studio: str
    project: str
    title: str
    owner: str
    email: str | None
    is_raised: bool
