"""A brainstorm: called, held, thrown at, voted in, settled."""

from collections.abc import Iterator, Sequence
from typing import Any

from coulisses_client.place import Place
from coulisses_client.words import Answer


class Brainstorm(Place):
    """A project that is a question; one takes part in the name of the token's account."""

    def read(self) -> Answer:
        """Return its question, where it is, who may come, by which rules."""
        return self._json("GET", "")

    def ideas(self, **narrowed: Any) -> Iterator[Answer]:
        """Yield ideas that stand: of a `family`, in the `order` of position or dots."""
        after: str | None = ""
        while after is not None:
            page = self._json("GET", "/ideas", params={"after": after, **narrowed})
            yield from page["ideas"]
            after = page["next"]

    def idea(self, position: int) -> Answer:
        """Return an idea."""
        return self._json("GET", f"/ideas/{position}")

    def families(self) -> Iterator[Answer]:
        """Yield the families, as they were begun."""
        yield from self._pages("/families", "families")

    def throw(
        self, words: str, *, builds_on: int = 0, without_name: bool = False, key: str | None = None
    ) -> Answer:
        """Throw an idea; in a silent round the answer says no position yet."""
        said = {"words": words, "builds_on": builds_on, "without_name": without_name}
        return self._json("POST", "/ideas", said, key=key)

    def take_back(self, position: int) -> None:
        """Take back for good an idea that one threw."""
        self._json("DELETE", f"/ideas/{position}")

    def purse(self) -> Answer:
        """Return how many dots one has left, and where the others lie."""
        return self._json("GET", "/purse")

    def place(self, position: int) -> Answer:
        """Place one dot on an idea."""
        return self._json("POST", f"/ideas/{position}/dots")

    def lift(self, position: int) -> Answer:
        """Take one dot back from an idea."""
        return self._json("DELETE", f"/ideas/{position}/dots")

    def unmask(self) -> None:
        """Put one's name to what one threw without it, for good."""
        self._json("POST", "/unmasking")

    def plan(self) -> Answer:
        """Return how it is planned."""
        return self._json("GET", "/plan")

    def change(self, question: str, **said: Any) -> Answer:
        """Plan it otherwise; what is left out stays."""
        return self._json("PUT", "/plan", {"question": question, **said})

    def call(self) -> Answer:
        """Call it: from now on everybody sees it."""
        return self._json("POST", "/calling")

    def call_off(self, words: str = "") -> Answer:
        """Say that it will not be held."""
        return self._json("POST", "/calling-off", {"words": words})

    def begin(self, phase: str, minutes: float | None = None, *, is_silent: bool = False) -> Answer:
        """Begin a phase: `open`, `throw`, `gather`, `vote` or `settle`."""
        said = {"phase": phase, "minutes": minutes, "is_silent": is_silent}
        return self._json("POST", "/phase", said)

    def extend(self, minutes: float) -> Answer:
        """Give the phase more time."""
        return self._json("POST", "/extension", {"minutes": minutes})

    def stop(self) -> Answer:
        """Have everything stand still."""
        return self._json("POST", "/stop")

    def go_on(self) -> Answer:
        """Have it go on."""
        return self._json("POST", "/going-on")

    def show(self, what: str = "", idea: int = 0) -> None:
        """Choose what the big screen shows; nothing: it follows the course."""
        self._json("PUT", "/screen", {"show": what, "idea": idea})

    def doors(self, **said: Any) -> Answer:
        """Say whether it `is_closed` to new ideas, whether one `looks_first`, `who_gathers`."""
        return self._json("PATCH", "/doors", said)

    def hide(self, position: int, reason: str) -> None:
        """Take an idea down."""
        self._json("PUT", f"/ideas/{position}/hiding", {"reason": reason})

    def restore(self, position: int) -> None:
        """Have an idea stand again."""
        self._json("DELETE", f"/ideas/{position}/hiding")

    def ask_to_rest(self, position: int, hours: int, reason: str) -> None:
        """Ask whoever threw an idea to rest for some hours; 0: for good."""
        self._json("POST", f"/ideas/{position}/rest", {"hours": hours, "reason": reason})

    def settle(
        self, position: int, *, is_kept: bool, words: str = "", taken_by: str = ""
    ) -> Answer:
        """Say what becomes of an idea."""
        said = {"is_kept": is_kept, "words": words, "taken_by": taken_by}
        return self._json("PUT", f"/ideas/{position}/fate", said)

    def unsettle(self, position: int) -> None:
        """Take back what was said of an idea."""
        self._json("DELETE", f"/ideas/{position}/fate")

    def close(self) -> Answer:
        """End it, and tell what it came to."""
        return self._json("POST", "/closing")

    def begin_family(self, name: str, ideas: Sequence[int] = ()) -> Answer:
        """Begin a family."""
        return self._json("POST", "/families", {"name": name, "ideas": list(ideas)})

    def rename(self, family: int, name: str) -> Answer:
        """Give a family another name."""
        return self._json("PATCH", f"/families/{family}", {"name": name})

    def hide_name(self, family: int, name: str, reason: str) -> Answer:
        """Hide what others called a family; it is called so from now on."""
        return self._json(
            "PUT", f"/families/{family}/name/hiding", {"name": name, "reason": reason}
        )

    def join(self, family: int, into: int = 0) -> None:
        """Put all of a family into another, or into none, and let it go."""
        self._json("POST", f"/families/{family}/joining", {"into": into})

    def gather(self, ideas: Sequence[int], family: int = 0) -> None:
        """Put ideas into a family, or out of any."""
        self._json("POST", "/gathering", {"ideas": list(ideas), "family": family})

    def merge(self, ideas: Sequence[int], into: int = 0) -> None:
        """Have an idea stand for others that say the same; 0: each for itself again."""
        self._json("POST", "/merging", {"ideas": list(ideas), "into": into})

    def undo(self) -> None:
        """Undo what one did last with ideas and families."""
        self._json("POST", "/undoing")

    def proposals(self) -> Answer:
        """Return which families and pairs are proposed."""
        return self._json("GET", "/proposals")

    def propose(self) -> Answer:
        """Have the house look for families and pairs."""
        return self._json("POST", "/proposals")

    def accept(self, number: int, name: str = "") -> None:
        """Begin a family that is proposed."""
        self._json("POST", f"/proposals/families/{number}", {"name": name})

    def dismiss(self, number: int) -> None:
        """Let a proposed family be."""
        self._json("DELETE", f"/proposals/families/{number}")

    def as_one(self, number: int, into: int) -> None:
        """Have one of a pair stand for both."""
        self._json("POST", f"/proposals/twins/{number}", {"into": into})

    def as_two(self, number: int) -> None:
        """Say that a pair is two ideas."""
        self._json("DELETE", f"/proposals/twins/{number}")
