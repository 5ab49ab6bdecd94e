"""What goes on around a project: words, cheers, decisions, guests, order, credits."""

from collections.abc import Iterator, Sequence
from typing import Any

from coulisses_client.line import found_in
from coulisses_client.place import Place
from coulisses_client.words import Answer


class Voices(Place):
    """What voices say under a project's entries."""

    def under(self, position: int) -> Iterator[Answer]:
        """Yield the words that begin threads under an entry, oldest first."""
        yield from self._pages(f"/entries/{position}/voices", "voices")

    def answers(self, word: int) -> Iterator[Answer]:
        """Yield the answers of the thread that a word belongs to, oldest first."""
        yield from self._pages(f"/voices/{word}/answers", "voices")

    def read(self, word: int) -> Answer:
        """Return one, with the words that it had before it was said anew."""
        return self._json("GET", f"/voices/{word}")

    def say(self, position: int, words: str, *, to: int = 0, key: str | None = None) -> Answer:
        """Say something under an entry, or in the thread of the word `to`."""
        said = {"words": words, "to": to}
        return self._json("POST", f"/entries/{position}/voices", said, key=key)

    def show(
        self, position: int, name: str, data: bytes, *, words: str = "", what: str = "attempt"
    ) -> Answer:
        """Show an `attempt` of one's own beside an entry, or a `picture`, or a `sound` note."""
        said = {"words": words, "what": what}
        parts: dict[str, Any] = {"data": said, "files": {"file": (name, data)}}
        return found_in(self.send("POST", f"/entries/{position}/attempts", **parts))

    def amend(self, word: int, words: str) -> Answer:
        """Put what one said into other words."""
        return self._json("PATCH", f"/voices/{word}", {"words": words})

    def take_back(self, word: int) -> None:
        """Take back for good what one said; as an owner, what anybody did."""
        self._json("DELETE", f"/voices/{word}")

    def hide(self, word: int, reason: str) -> Answer:
        """Hide what was said from all but its author and the team."""
        return self._json("PUT", f"/voices/{word}/hiding", {"reason": reason})

    def restore(self, word: int) -> None:
        """Show again what was hidden."""
        self._json("DELETE", f"/voices/{word}/hiding")

    def ask_to_rest(self, word: int, hours: int, reason: str) -> Answer:
        """Ask whoever said something to say nothing for some hours; 0: for good."""
        return self._json("POST", f"/voices/{word}/rest", {"hours": hours, "reason": reason})


class Cheers(Place):
    """Words that people give to a project's entries."""

    def words(self) -> Answer:
        """Return which words there are to give."""
        return self._json("GET", "/cheers/words")

    def choose(self, *words: str) -> Answer:
        """Have cheers say other words; none: the house's own."""
        return self._json("PUT", "/cheers/words", {"words": list(words)})

    def read(self, position: int) -> Answer:
        """Return what was given to an entry."""
        return self._json("GET", f"/entries/{position}/cheers")

    def give(self, position: int, key: str) -> Answer:
        """Give an entry a word, by its key."""
        return self._json("PUT", f"/entries/{position}/cheers/{key}")

    def take_back(self, position: int, key: str) -> None:
        """Take a word back that one gave."""
        self._json("DELETE", f"/entries/{position}/cheers/{key}")


class Decisions(Place):
    """Questions that a project puts to the vote."""

    def __iter__(self) -> Iterator[Answer]:
        """Yield them, those opened last first."""
        yield from self._pages("", "decisions")

    def read(self, position: int) -> Answer:
        """Return one as whose token asks sees it."""
        return self._json("GET", f"/{position}")

    def put(
        self,
        question: str,
        options: Sequence[str],
        closes_at: str,
        *,
        key: str | None = None,
        **said: Any,
    ) -> Answer:
        """Put a question to the vote, until an hour (ISO, with its zone)."""
        asked = {"question": question, "closes_at": closes_at, **said}
        asked["options"] = [{"words": words} for words in options]
        return self._json("POST", "", asked, key=key)

    def vote(self, position: int, *chosen: str, reason: str = "", code: str = "") -> Answer:
        """Vote, or change one's vote: the keys of what is chosen, in order where that counts."""
        said = {"chosen": list(chosen), "reason": reason, "code": code}
        return self._json("PUT", f"/{position}/ballot", said)

    def close(self, position: int) -> Answer:
        """Close a vote before its hour, and count it."""
        return self._json("POST", f"/{position}/closing")

    def answer(self, position: int, words: str, *chosen: str) -> Answer:
        """Say what is done after a vote, and why."""
        said = {"words": words, "chosen": list(chosen)}
        return self._json("POST", f"/{position}/answer", said)

    def show(self, position: int, entry: int) -> Answer:
        """Say in which entry of the work it shows what was decided."""
        return self._json("PUT", f"/{position}/shown", {"entry": entry})

    def withdraw(self, position: int, reason: str) -> Answer:
        """Take a question back while it is open."""
        return self._json("POST", f"/{position}/withdrawal", {"reason": reason})


class Guests(Place):
    """Those who come without an account, and what is said to them first."""

    def __iter__(self) -> Iterator[Answer]:
        """Yield those who gave something, whoever did last first."""
        yield from self._json("GET", "/guests")["guests"]

    def verify(self, voice: str) -> None:
        """Say that one of them is a person."""
        self._json("POST", f"/guests/{voice}/verification")

    def take_back(self, voice: str) -> None:
        """Take back that one of them is a person."""
        self._json("DELETE", f"/guests/{voice}/verification")

    def code(self) -> Answer:
        """Return the code by which people join."""
        return self._json("GET", "/join-code")

    def make_code(self) -> Answer:
        """Make a code to join by; the one before ends."""
        return self._json("PUT", "/join-code")

    def end_code(self) -> None:
        """Have the code lead nowhere."""
        self._json("DELETE", "/join-code")

    def terms(self) -> Answer:
        """Return what happens to what is given."""
        return self._json("GET", "/terms")

    def choose_terms(self, choice: str, words: str = "") -> Answer:
        """Say what happens to it from now on: `stays`, `asks`, `free`, or `own` words."""
        return self._json("PUT", "/terms", {"choice": choice, "words": words})


class Manners(Place):
    """How a room is kept."""

    def read(self) -> Answer:
        """Return what the team has chosen."""
        return self._json("GET", "/manners")

    def choose(
        self,
        *,
        looks_at: str = "links",
        slow: int = 0,
        rules: str = "",
        established_days: int | None = None,
    ) -> Answer:
        """Say whose words wait for a look, how slowly one speaks, and by which rules.

        `established_days` None: who may speak stays as it is.
        """
        said = {"looks_at": looks_at, "slow": slow, "rules": rules}
        said |= {"established_days": established_days}
        return self._json("PUT", "/manners", said)

    def acts(self) -> Iterator[Answer]:
        """Yield what was done to keep the room, newest first."""
        yield from self._pages("/manners/acts", "acts")

    def waits(self) -> Iterator[Answer]:
        """Yield what waits for a word of the team, oldest first."""
        yield from self._json("GET", "/waiting-for-a-word")["waiting"]

    def held(self) -> Iterator[Answer]:
        """Yield the words that wait for a look, oldest first."""
        yield from self._pages("/manners/held", "held")

    def release(self, number: int) -> Answer:
        """Let words that waited be heard."""
        return self._json("POST", f"/manners/held/{number}/release")

    def refuse(self, number: int, reason: str) -> None:
        """Say that words which waited are not shown, and why."""
        self._json("POST", f"/manners/held/{number}/refusal", {"reason": reason})

    def appeals(self) -> Iterator[Answer]:
        """Yield the appeals that wait, oldest first."""
        yield from self._json("GET", "/manners/appeals")["appeals"]

    def answer(self, number: int, outcome: str, reason: str) -> Answer:
        """Answer an appeal: what was done is `lifted`, or `stands`."""
        said = {"outcome": outcome, "reason": reason}
        return self._json("POST", f"/manners/appeals/{number}/answer", said)

    def resting(self) -> Iterator[Answer]:
        """Yield who is asked to rest now."""
        yield from self._json("GET", "/resting")["resting"]

    def let_speak(self, voice: str) -> None:
        """Let somebody speak again."""
        self._json("DELETE", f"/resting/{voice}")

    def close(self, position: int, reason: str = "") -> None:
        """Have nothing more be said under an entry."""
        self._json("PUT", f"/entries/{position}/closing", {"reason": reason})

    def reopen(self, position: int) -> None:
        """Let one speak again under an entry."""
        self._json("DELETE", f"/entries/{position}/closing")


class Credits(Place):
    """Who took part, and how."""

    def roles(self) -> list[Answer]:
        """Return every role that somebody stands in, with the first of them."""
        found: list[Answer] = self._json("GET", "/credits")["roles"]
        return found

    def of(self, role: str) -> Iterator[Answer]:
        """Yield all of one role, in order of appearance."""
        yield from self._pages(f"/credits/roles/{role}", "credits")

    def mine(self) -> Answer:
        """Return how one is named."""
        return self._json("GET", "/credits/mine")

    def choose(self, choice: str, alias: str = "") -> Answer:
        """Choose how one is named: by `name`, by an `alias`, or by `none`."""
        return self._json("PUT", "/credits/mine", {"choice": choice, "alias": alias})

    def thank(self, name: str, role: str, words: str = "") -> Answer:
        """Thank somebody by hand."""
        return self._json("POST", "/credits", {"name": name, "role": role, "words": words})

    def take_out(self, number: int) -> None:
        """Take a line out."""
        self._json("DELETE", f"/credits/lines/{number}")

    def put_back(self, number: int) -> None:
        """Have a line stand again that was taken out."""
        self._json("POST", f"/credits/lines/{number}/return")

    def tie(self, position: int, word: int, how: str) -> None:
        """Say that an entry came from what was said: `shaped` or `corrected` by it."""
        self._json("POST", f"/entries/{position}/sources", {"word": word, "how": how})

    def untie(self, position: int, word: int) -> None:
        """Take that back."""
        self._json("DELETE", f"/entries/{position}/sources/{word}")

    def hold_place(self, voice: str) -> None:
        """Hold a place in the team for somebody who took part."""
        self._json("POST", "/places-held", {"voice": voice})

    def let_place_go(self, voice: str) -> None:
        """Hold a place for somebody no longer."""
        self._json("DELETE", f"/places-held/{voice}")
