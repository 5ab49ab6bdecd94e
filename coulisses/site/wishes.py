"""What a command wants to find on the stage; known before Django is set up."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Wish:
    """What is to stand on the stage; `called` is the studio's name, the owner's where empty."""

    studio: str
    project: str
    title: str
    owner: str
    email: str | None
    is_raised: bool
    called: str = ""
    line: str = ""
    craft: str = ""
    language: str = ""
