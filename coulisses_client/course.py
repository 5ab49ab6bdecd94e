"""How a project stands: its face, its curtain, its rehearsal, how it was read."""

from collections.abc import Iterator
from typing import Any, cast

from coulisses_client.line import found_in
from coulisses_client.place import Place, spelled
from coulisses_client.words import Answer, Told


class Course(Place):
    """A project's face and course."""

    def open(self, title: str, **said: str) -> Answer:
        """Make sure that it is there (title, line, craft, language); one that is keeps its own."""
        return self._json("PUT", "", {"title": title, **said})

    def face(self) -> Answer:
        """Return what it says of itself and how it stands."""
        return self._json("GET", "")

    def dress(self, *, tag: str = "*", **said: Any) -> Answer:
        """Have it say something else of itself; with a `tag`, only over that version."""
        return self._json("PATCH", "", said, headers={"If-Match": tag})

    def cover(self, cover: str = "newest", *, tag: str = "*", **said: Any) -> Answer:
        """Choose what stands for it: `newest`, `told` (at a `position`) or a `poster`."""
        return self._json("PUT", "/cover", {"cover": cover, **said}, headers={"If-Match": tag})

    def bring_cover(self, name: str, data: bytes, *, alt: str = "", tag: str = "*") -> Answer:
        """Bring a picture that stands for it."""
        files, headers = {"picture": (name, data)}, {"If-Match": tag}
        answer = self.send("POST", "/cover", data={"alt": alt}, files=files, headers=headers)
        return found_in(answer)

    def choose_originals(self, originals: str, *, sure: bool = False) -> Answer:
        """Say whether files themselves `stay` with their maker, are `kept` or `given`."""
        return self._json("PUT", "/originals", {"originals": originals, "sure": sure})

    def address(self) -> Answer:
        """Return its address in its studio, and the `earlier` ones that lead to it."""
        return self._json("GET", "/address")

    def move(self, address: str) -> Answer:
        """Give it another address; the one that it had leads to it, from here as well."""
        return self._json("PUT", "/address", {"address": address})

    def forget_address(self, earlier: str) -> None:
        """Have an earlier address lead nowhere."""
        self._json("DELETE", f"/address/{spelled(earlier)}")

    def shift(self, by: int) -> None:
        """Put it so many places further down in its studio's order, or up by a negative."""
        self._json("POST", "/shift", {"by": by})

    def shows_names(self) -> bool:
        """Return whether the names of those whose work arrived are shown."""
        return bool(self._json("GET", "/names")["shown"])

    def show_names(self, shown: bool = True) -> Answer:
        """Show the names of those whose work arrived, or take them out again."""
        return self._json("PUT", "/names", {"shown": shown})

    def raise_curtain(self) -> Answer:
        """Let everybody watch, from now on and for good."""
        return self._json("POST", "/curtain")

    def pause(self, words: str = "", *, back_on: str | None = None) -> Told:
        """Say that it rests, perhaps until a day."""
        return cast(Told, self._json("POST", "/pause", {"words": words, "back_on": back_on}))

    def resume(self) -> Told:
        """Say that it goes on."""
        return cast(Told, self._json("POST", "/resumption"))

    def finish(self, words: str = "") -> Told:
        """Let the final curtain fall."""
        return cast(Told, self._json("POST", "/final-curtain", {"words": words}))

    def reopen(self) -> Told:
        """Lift the final curtain again."""
        return cast(Told, self._json("POST", "/reopening"))

    def struck(self) -> list[int]:
        """Return which entries of a rehearsal will not be told when the curtain rises."""
        return list(self._json("GET", "/rehearsal")["struck"])

    def strike(self, position: int) -> None:
        """Leave an entry of a rehearsal out of what will be told."""
        self._json("PUT", f"/rehearsal/{position}")

    def spare(self, position: int) -> None:
        """Let an entry that was struck be told after all."""
        self._json("DELETE", f"/rehearsal/{position}")

    def figures(self, days: int = 30) -> Answer:
        """Return how it was read within 7, 30 or 90 days; for its team."""
        return self._json("GET", "/figures", params={"days": days})

    def cues(self) -> list[Answer]:
        """Return it in twelve cues at most."""
        return list(self._json("GET", "/cues")["cues"])

    def since(self, after: int = 0, *, day: str = "") -> Answer:
        """Return what is new after a position or since a day; its `upto` is the next `after`."""
        return self._json("GET", "/since", params={"after": after, **({"day": day} if day else {})})

    def viewers(self) -> Iterator[Answer]:
        """Yield whom its rehearsal lets watch."""
        return self._pages("/viewers", "viewers")

    def let_watch(self, label: str, *, until: str | None = None) -> Answer:
        """Let somebody watch its rehearsal; the answer's `url` is their link, shown only now."""
        return self._json("POST", "/viewers", {"label": label, "until": until})

    def close(self, viewer: str) -> None:
        """Close a viewer's link, at once."""
        self._json("DELETE", f"/viewers/{viewer}")
