"""A house: what is on in it, its studios, its projects."""

from collections.abc import Iterator
from typing import Any, Self, cast

from coulisses_client.line import Line
from coulisses_client.place import API, Place, spelled
from coulisses_client.project import Project
from coulisses_client.studio import Studio
from coulisses_client.words import Answer, Short


class House(Place):
    """One house, spoken to with a token or none; use it in a `with`.

    Methods raise Refused when the answer is no and Unreachable when there is none.
    """

    def __init__(self, root: str, token: str = "", **how: Any) -> None:
        """Know where the house is (https://house.example); `how` is what Line takes."""
        super().__init__(Line(root, token, **how), API)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_what_happened: object) -> None:
        self.close()

    def close(self) -> None:
        """Hang up."""
        self.line.close()

    def project(self, studio: str, project: str) -> Project:
        """Return one of its projects; nothing is asked yet."""
        return Project(self.line, studio, project)

    def of(self, studio: str) -> Studio:
        """Return one of its studios; nothing is asked yet."""
        return Studio(self.line, f"{API}/studios/{spelled(studio)}")

    def open_studio(self, studio: str, name: str, line: str = "") -> Answer:
        """Open a studio of one's own; the answer's `secret` is a token of it, shown only now."""
        return self._json("POST", "/studios", {"studio": studio, "name": name, "line": line})

    def projects(self, studio: str = "") -> Iterator[Short]:
        """Yield what is on, what moved last first; with a studio, its projects in their order."""
        of = f"/studios/{spelled(studio)}" if studio else ""
        return cast(Iterator[Short], self._pages(f"{of}/projects", "projects"))

    def search(self, words: str, **narrowed: Any) -> Iterator[Answer]:
        """Yield what is found, the newest first, narrowed by `in`, `kind`, `from`, `until`."""
        after: str | None = ""
        while after is not None:
            page = self._json("GET", "/search", params={"q": words, "after": after, **narrowed})
            yield from page["found"]
            after = page["next"]

    def following(self) -> Iterator[Answer]:
        """Yield what one is written to about, the newest first."""
        return self._pages("/following", "following")

    def notices(self) -> Iterator[Answer]:
        """Yield what one was told of, the newest first."""
        return self._pages("/notices", "notices")

    def read_notice(self, number: int) -> None:
        """Say that one has read a notice."""
        self._json("PUT", f"/notices/{number}/read")

    def read_notices(self) -> None:
        """Say that one has read all notices."""
        self._json("PUT", "/notices/read")

    def mute(self, number: int) -> None:
        """Be told no more of the thread that a notice is of."""
        self._json("PUT", f"/notices/{number}/mute")

    def muted(self) -> Answer:
        """Return which threads one has muted, the latest first."""
        return self._json("GET", "/notices/muted")

    def unmute(self, number: int) -> None:
        """Be told of a muted thread again."""
        self._json("DELETE", f"/notices/muted/{number}")

    def how_told(self) -> Answer:
        """Return how one is told of what concerns one."""
        return self._json("GET", "/notices/choice")

    def choose(self, mail: str, **said: Any) -> Answer:
        """Choose how one is told: letters, `quiet_from` and `quiet_until`, `zone`, `language`."""
        return self._json("PUT", "/notices/choice", {"mail": mail, **said})

    def report(self, studio: str, project: str, reason: str, words: str, **said: Any) -> Answer:
        """Report a work, or its entry at a `position`; the answer's `url` is shown only now."""
        told = {"studio": studio, "project": project, "reason": reason, "words": words, **said}
        return self._json("POST", "/reports", told)

    def receipt(self, url: str) -> Answer:
        """Return what became of a report, by the `url` that was answered when it was made."""
        return self._json("GET", f"/reports/{spelled(url.rstrip('/').rpartition('/')[2])}")

    def studio(self, studio: str) -> Answer:
        """Return what a studio says of itself."""
        return self.of(studio).face()

    def make_token(self, studio: str, label: str, *scopes: str, until: str | None = None) -> Answer:
        """Make a token of a studio; its `secret` is in the answer, now and never again."""
        return self.of(studio).make_token(label, *scopes, until=until)

    def invite(self, studio: str, whom: str, *, role: str = "maker") -> Answer:
        """Invite somebody into a studio's team; the link for them is the answer's `url`."""
        return self.of(studio).invite(whom, role=role)
