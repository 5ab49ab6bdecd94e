"""How a project reaches others: webhooks, forges that speak to it, films, exports."""

from collections.abc import Iterator
from urllib.parse import quote

from coulisses_client.place import Place
from coulisses_client.words import Answer


class Webhooks(Place):
    """Where a project speaks to."""

    def __iter__(self) -> Iterator[Answer]:
        """Yield them, the oldest first."""
        yield from self._json("GET", "")["webhooks"]

    def add(self, address: str, *topics: str, form: str = "coulisses", label: str = "") -> Answer:
        """Have it say what is told; the answer's `secret` is shown now and never again."""
        said = {"address": address, "form": form, "label": label, "topics": list(topics)}
        return self._json("POST", "", said)

    def read(self, webhook: str) -> Answer:
        """Return one, and what went wrong with it."""
        return self._json("GET", f"/{webhook}")

    def remove(self, webhook: str) -> None:
        """Forget an address."""
        self._json("DELETE", f"/{webhook}")

    def pause(self, webhook: str) -> Answer:
        """Send nothing there until it goes on."""
        return self._json("POST", f"/{webhook}/pause")

    def go_on(self, webhook: str) -> Answer:
        """Send again."""
        return self._json("POST", f"/{webhook}/resumption")

    def turn_secret(self, webhook: str) -> Answer:
        """Make a new `secret`, which is in the answer, now and never again."""
        return self._json("POST", f"/{webhook}/secret")

    def test(self, webhook: str) -> None:
        """Have a test be sent."""
        self._json("POST", f"/{webhook}/test")

    def deliveries(self, webhook: str) -> Iterator[Answer]:
        """Yield how deliveries went, the latest first."""
        following: str | None = ""
        while following is not None:
            page = self._json("GET", f"/{webhook}/deliveries", params={"after": following})
            yield from page["deliveries"]
            following = page["next"]


class Doubts(Place):
    """A project's open doubts, and the leads that they are offered."""

    def __iter__(self) -> Iterator[Answer]:
        """Yield those that are open, the oldest first."""
        yield from self._pages("", "doubts")

    def move(self, position: int, act: str, words: str = "", *, settled_by: int = 0) -> Answer:
        """Say what became of one: `tried`, `settled` (by an entry), `let_go` or `reopened`."""
        said = {"act": act, "words": words, "settled_by": settled_by}
        return self._json("POST", f"/{position}/life", said)

    def leads(self, position: int) -> Iterator[Answer]:
        """Yield the leads that one was offered, the oldest first."""
        yield from self._pages(f"/{position}/leads", "leads")

    def offer(self, position: int, words: str, *, key: str | None = None) -> Answer:
        """Offer it an idea."""
        return self._json("POST", f"/{position}/leads", {"words": words}, key=key)

    def develop(self, position: int, lead: int, words: str) -> Answer:
        """Take a lead further."""
        return self._json("POST", f"/{position}/leads/{lead}/developments", {"words": words})

    def answer(self, position: int, lead: int, act: str, words: str = "") -> Answer:
        """Keep a lead (`kept`), or put it by (`put_by`) with a word why."""
        said = {"act": act, "words": words}
        return self._json("POST", f"/{position}/leads/{lead}/answer", said)

    def take_back(self, lead: int) -> None:
        """Take back for good a lead, or what took one further."""
        self._json("DELETE", f"/leads/{lead}")


class Hooks(Place):
    """Forges that speak to a project."""

    def open(self, forge: str) -> Answer:
        """Make an address for `github`, `gitlab` or `forgejo`; its `secret` is shown only now."""
        return self._json("POST", "", {"forge": forge})

    def close(self, hook: str) -> None:
        """Take one away."""
        self._json("DELETE", f"/{hook}")


class Exports(Place):
    """A project, packed to be taken home."""

    def __iter__(self) -> Iterator[Answer]:
        """Yield those that are asked for, being made or ready."""
        yield from self._json("GET", "")["exports"]

    def ask(self, kind: str = "public") -> Answer:
        """Have it packed, `public` or `whole`."""
        return self._json("POST", "", {"kind": kind})

    def read(self, export: str) -> Answer:
        """Return how far one is; once its `state` is "ready" it can be fetched."""
        return self._json("GET", f"/{export}")

    def fetch(self, export: str, *, start: int = 0, length: int | None = None) -> bytes:
        """Return a ZIP that is ready, or so many of its bytes from a place on."""
        end = "" if length is None else start + length - 1
        headers = {"Range": f"bytes={start}-{end}"} if start or length else {}
        return bytes(self.send("GET", f"/{export}/file", headers=headers).content)

    def let_go(self, export: str) -> None:
        """Have one deleted before its time."""
        self._json("DELETE", f"/{export}")


class Reels(Place):
    """Films of a file's life."""

    def of(self, path: str) -> list[Answer]:
        """Return those of a file; to its team those that are being made too."""
        return list(self._json("GET", f"/of/{quote(path)}")["reels"])

    def ask(self, path: str, *, shape: str = "landscape", numbers: bool = False) -> Answer:
        """Have one made: `landscape`, `square` or `vertical`, with the `numbers` of its entries."""
        return self._json("POST", "", {"path": path, "shape": shape, "numbers": numbers})

    def fetch(self, number: int) -> bytes:
        """Return one that is ready (MP4)."""
        return bytes(self.send("GET", f"/{number}/film").content)
