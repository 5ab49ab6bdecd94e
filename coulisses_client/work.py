"""Work at a project: what waits, sessions, drafts and proposals."""

from collections.abc import Iterator, Sequence
from typing import Any, cast

from coulisses_client.place import Place
from coulisses_client.words import Answer, Told, Waiting


class Work(Place):
    """A project's tray, and its sessions of live work."""

    def waiting(self) -> Iterator[Waiting]:
        """Yield the saves that wait for a maker's word, oldest first."""
        return cast(Iterator[Waiting], self._pages("/waiting", "waiting", 0))

    def learn(self, position: int, words: str) -> Told:
        """Say what a failure taught."""
        said = {"words": words}
        return cast(Told, self._json("POST", f"/entries/{position}/lesson", said))

    def release(self, waiting: int) -> Told:
        """Tell a save that waited."""
        return cast(Told, self._json("POST", f"/waiting/{waiting}/release"))

    def drop(self, waiting: int) -> None:
        """Drop a save that waited; for an hour it can be taken back."""
        self._json("DELETE", f"/waiting/{waiting}")

    def dropped(self) -> Iterator[Answer]:
        """Yield what was dropped and can still be taken back, the latest first."""
        return self._pages("/waiting/dropped", "dropped")

    def recover(self, waiting: Sequence[int]) -> None:
        """Let saves that were dropped wait again."""
        self._json("POST", "/waiting/recovery", {"waiting": list(waiting)})

    def hold(self, waiting: Sequence[int]) -> None:
        """Take the clocks off saves: they wait for a word."""
        self._json("POST", "/waiting/hold", {"waiting": list(waiting)})

    def sentence(self, kind: str, words: str, *, over: Sequence[int] = (), **said: Any) -> Told:
        """Lay a sentence over saves that were told (`over`) or wait (`waiting`)."""
        whole = {"kind": kind, "words": words, "over": list(over), **said}
        return cast(Told, self._json("POST", "/sentences", whole))

    def sessions(self) -> Answer:
        """Return its sessions: those `open`, and the latest that are `over`."""
        return self._json("GET", "/sessions")

    def session(self, number: int) -> Answer:
        """Return one session."""
        return self._json("GET", f"/sessions/{number}")

    def start(self, words: str = "") -> Answer:
        """Start working live."""
        return self._json("POST", "/sessions", {"words": words})

    def join(self) -> Told:
        """Join the session that is running."""
        return cast(Told, self._json("POST", "/sessions/joining"))

    def note(self, words: str) -> Told:
        """Say something in the session that is running."""
        return cast(Told, self._json("POST", "/sessions/noting", {"words": words}))

    def end(self) -> Answer:
        """End the session that is running."""
        return self._json("POST", "/sessions/ending")

    def announce(
        self, planned_at: str, title: str, *, minutes: int = 60, about: str = ""
    ) -> Answer:
        """Announce a session for a time, as 2026-11-26T18:00:00+01:00."""
        said = {"planned_at": planned_at, "minutes": minutes, "title": title, "about": about}
        return self._json("POST", "/sessions/announcement", said)

    def put_off(
        self, number: int, planned_at: str, title: str, *, minutes: int = 60, about: str = ""
    ) -> Answer:
        """Announce a session otherwise: for another time, or as something else."""
        said = {"planned_at": planned_at, "minutes": minutes, "title": title, "about": about}
        return self._json("PUT", f"/sessions/{number}", said)

    def call_off(self, number: int, words: str = "") -> Answer:
        """Call a session off that was announced."""
        return self._json("POST", f"/sessions/{number}/calling-off", {"words": words})


class Drafts(Place):
    """What one writes before it is told, and what a maker looks at first."""

    def __iter__(self) -> Iterator[Answer]:
        """Yield one's own."""
        return self._pages("/drafts", "drafts")

    def proposals(self) -> Iterator[Answer]:
        """Yield what waits for a maker's look."""
        return self._pages("/proposals", "drafts")

    def begin(self, **said: Any) -> Answer:
        """Keep a draft (kind, title, body, attachments …)."""
        return self._json("POST", "/drafts", said)

    def read(self, draft: str) -> Answer:
        """Return one."""
        return self._json("GET", f"/drafts/{draft}")

    def write(self, draft: str, *, tag: str = "*", **said: Any) -> Answer:
        """Write one anew; with a `tag`, only over that version."""
        return self._json("PUT", f"/drafts/{draft}", said, headers={"If-Match": tag})

    def remove(self, draft: str) -> None:
        """Throw one away; for a while it can be restored."""
        self._json("DELETE", f"/drafts/{draft}")

    def restore(self, draft: str) -> Answer:
        """Take one back that was thrown away."""
        return self._json("POST", f"/drafts/{draft}/restoration")

    def tell(self, draft: str) -> Answer:
        """Tell one, now."""
        return self._json("POST", f"/drafts/{draft}/telling")

    def set_hour(self, draft: str, due_at: str) -> Answer:
        """Have one told at a time."""
        return self._json("POST", f"/drafts/{draft}/hour", {"due_at": due_at})

    def ask(self, draft: str, *, due_at: str | None = None) -> Answer:
        """Ask for a maker's look, to be told at a time, or once it was looked at."""
        return self._json("POST", f"/drafts/{draft}/asking", {"due_at": due_at})

    def take_up(self, draft: str) -> Answer:
        """Take one up again that waits for a look or for its hour."""
        return self._json("POST", f"/drafts/{draft}/withdrawal")

    def release(self, draft: str, revision: int) -> Answer:
        """Tell what somebody proposed, as one has read it."""
        return self._json("POST", f"/drafts/{draft}/release", {"revision": revision})

    def give_back(self, draft: str, revision: int, word: str) -> None:
        """Give a proposal back, with a word."""
        self._json("POST", f"/drafts/{draft}/return", {"revision": revision, "word": word})
