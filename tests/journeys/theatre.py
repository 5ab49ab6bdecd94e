"""A painter's project that has told something of every kind, and the addresses of its pages."""

from dataclasses import dataclass
from pathlib import Path

import httpx

from coulisses.lib import slugs
from tests.journeys.opening import PATIENCE, Folder, grown, painting

KINDS = ("progress", "doubt", "failure", "breakthrough", "question", "milestone", "note")
HERE = {"Sec-Fetch-Site": "same-origin"}  # as a browser says of a form of this house
LONG = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft"
QUESTION = f"What of the {LONG}?"
THROWN, VOTED, SETTLED = (f"{word} {LONG}?" for word in ("What", "Which", "Why"))
BODY = f"""**Grey** `x = {"y" * 90}`

> quoted

1. one
2. two

```
{"z" * 200}
```"""


@dataclass(frozen=True)
class Theatre:
    """A house with everything in it: where its entries of note stand, and Ana's cookies."""

    folder: Folder
    cookies: dict[str, str]
    first: int
    shredded: int
    pictured: int
    asked: int

    @classmethod
    def open(cls, path: Path) -> "Theatre":
        """Open the project and tell it all."""
        repository = grown(path / "le-quai")
        repository.write("brume.png", painting(3, size=(420, 640)))
        repository.write("a/très long nom.bin", b"\0")
        repository.commit(f"The mist\n\nhttps://quay.example/{'mist' * 30}")
        folder = Folder(repository, path / "data", "--curtain", "up", "--no-watch")
        try:
            return cls._told(folder)
        except BaseException:
            folder.house.end()
            raise

    @classmethod
    def _told(cls, folder: Folder) -> "Theatre":
        folder.admit("cleo")
        with _Hand(folder) as ana:
            told = [ana.tells(kind=one, title=f"{one} {LONG}", body=BODY) for one in KINDS]
            quill = ("quille.png", painting(4), "image/png")
            said = {"kind": "note", "title": "The keel"}
            pictured = ana.tells(files=[("pictures", quill)], **said)
            hidden = {"kind": "doubt", "title": "For the wings", "teaser": "Of the keel"}
            ana.tells(audience=ana.wings(), **hidden)
            ana.act(f"{told[-1]}/shredding", reason="told in haste")
            ana.act(f"{told[-2]}/amendment", title="Said anew", body="Better words")
            ana.act(f"{told[-3]}/pin", action="pin")
            ana.act(f"sittings/{told[0]}/title", title="Le soir où tout a craqué")
            ana.headers["Sec-Fetch-Site"] = "same-origin"  # as a browser says by itself
            asked = ana.tells(kind="doubt", title=f"Which {LONG}?", asks="advice")
            for words in (f"An idea {LONG}", "Another one"):
                ana.act(f"{asked}/leads/", words=words)
            ana.act(f"{asked}/leads/1/developments", words="And then?")
            ana.act(f"{asked}/leads/1/answer", act="kept", words=LONG)
            ana.act(f"{asked}/life", act="tried", words=LONG)
            point = {"at_file": "0", "at_x": "300", "at_y": "300"}
            ana.act(f"{pictured}/say", words=f"Here: {LONG}", **point)
            ana.act(f"{pictured}/say", words="And *there*", to="5")
            asking = {
                "question": QUESTION,
                "dots": "9",
                "lasts": "7",
                "unit": "days",
                "youngest": "15",
            }
            ana.act(f"{folder.url}/desk/@{folder.studio}/brainstorms/new", **asking, context=BODY,
                    who="all", names="asked", game="own", game_words=f"Whose? {LONG}")  # fmt: skip
            made = cls(folder, dict(ana.cookies), told[0], told[-1], pictured, asked)
            ana.act(f"{made.question.replace('/@', '/desk/@', 1)}wall/calling")
            made._throw(ana, THROWN)
            made._vote(ana, VOTED)
            made._vote(ana, SETTLED)
            ana.act(f"{made.console(SETTLED)}phase", phase="settle")
            return made

    def _throw(self, ana: "_Hand", question: str) -> None:
        """Call a brainstorm, and throw ideas: one named, one masked, one taken further."""
        studio = f"{self.folder.url}/desk/@{self.folder.studio}"
        said = {"dots": "9", "lasts": "7", "unit": "days", "youngest": "0"}
        said |= {"who": "all", "names": "asked", "game": "open"}
        ana.act(f"{studio}/brainstorms/new", question=question, **said)
        wall, console = self.wall(question), self.console(question)
        ana.act(f"{console}calling")
        ana.act(f"{console}doors", act="trust")
        ana.act(f"{console}phase", phase="throw", minutes="60")
        ana.act(f"{wall}ideas", words=f"A map {LONG}")
        ana.act(f"{wall}ideas", words="Capes", without_name="1")
        ana.act(f"{wall}ideas", words="Capes lent out", on="2")

    def _vote(self, ana: "_Hand", question: str) -> None:
        """Have a brainstorm, gathered into a family, come to its vote."""
        self._throw(ana, question)
        wall, console = self.wall(question), self.console(question)
        ana.act(f"{console}phase", phase="gather")
        ana.act(f"{wall}table/", act="begin", name=LONG[:60], ideas="2")
        ana.act(f"{console}phase", phase="vote", minutes="60")
        ana.act(f"{wall}2/dots", give="1")

    def wall(self, question: str) -> str:
        """Return the address of a question's wall."""
        slug = slugs.of(question, "project")
        return f"{self.folder.url}/@{self.folder.studio}/{slug}/wall/"

    def console(self, question: str) -> str:
        """Return the address of a question's console."""
        return self.wall(question).replace("/@", "/desk/@", 1)

    @property
    def question(self) -> str:
        """Return the address of the brainstorm's stage."""
        slug = slugs.of(QUESTION, "project")
        return f"{self.folder.url}/@{self.folder.studio}/{slug}/"

    @property
    def desk(self) -> str:
        """Return the address of the project's desk."""
        return self.folder.stage.replace("/@", "/desk/@", 1)

    def pages(self) -> dict[str, str]:
        """Return the addresses of what a passer-by may see."""
        url, stage = self.folder.url, self.folder.stage
        return {
            "front page": f"{url}/",
            "studio": f"{url}/@{self.folder.studio}/",
            "enter": f"{url}/enter",
            "stage": stage,
            "doubts": f"{stage}?show=doubts",
            "a capture": f"{stage}5",
            "a moment": f"{stage}{self.pictured}",
            "a members' entry": f"{stage}{self.pictured + 1}",
            "a shredded entry": f"{stage}{self.shredded}",
            "a picture's life": f"{stage}files/quai.png",
            "a text's life": f"{stage}files/carnet.md",
            "a sitting": f"{stage}sittings/{self.first}",
            "the proof": f"{stage}proof/",
            "an entry's proof": f"{stage}proof/entry/5",
            "sessions": f"{stage}sessions/",
            "a report": f"{stage}{self.pictured}/report",
            "contact": f"{url}/contact",
            "privacy": f"{url}/privacy",
            "api": f"{url}/api/v1/docs",
            "search": f"{url}/search?q=le&in={self.folder.studio}",
            "nothing found": f"{url}/search?q=vermilion&kind=doubt",
            "nothing there": f"{url}/nothing",
            "a used link": f"{url}/enter/used",
            "twelve cues": f"{stage}cues/",
            "since last time": f"{stage}since/4",
            "passing it on": f"{stage}share/",
            "no connection": f"{url}/offline",
            "following": f"{stage}follow",
            "following, asked": f"{stage}follow?asked",
            "what people say": f"{stage}{self.pictured}/said",
            "a thread": f"{stage}said/5/",
            "keys": f"{url}/keys",
            "over a stream": f"{stage}obs/?show=voices,doubt",
            "a doubt that asks": f"{stage}{self.asked}",
            "its leads": f"{stage}{self.asked}/leads/",
            "the wall of failures": f"{stage}failures/",
            "credits": f"{stage}credits/",
            "rules of the house": f"{url}/rules",
            "how the room is kept": f"{stage}manners/",
            "a brainstorm": self.question,
            "its door": f"{self.question}wall/in",
            "a wall to throw at": self.wall(THROWN),
            "a wall to vote on": self.wall(VOTED),
            "a podium": self.wall(SETTLED),
            "how a wall was made": f"{self.wall(SETTLED)}replay/",
        }

    def makers(self) -> dict[str, str]:
        """Return the addresses of what Ana alone sees, or sees more of."""
        url, stage, desk = self.folder.url, self.folder.stage, self.folder.desk
        studio = f"{url}/desk/@{self.folder.studio}/"
        night = f"{self.question.replace('/@', '/desk/@', 1)}wall/"
        return {
            "other words": f"{stage}{self.pictured}/amendment",
            "her entry": f"{stage}{self.pictured}",
            "her words anew": f"{stage}said/5/amendment",
            "shredding": f"{stage}{self.pictured}/shred",
            "her sitting": f"{stage}sittings/{self.first}",
            "her picture's life": f"{stage}files/quai.png",
            "the forges": f"{stage}hooks/",
            "the share sheet": f"{url}/share/",
            "the landing": f"{url}/desk/",
            "today": desk,
            "the composer": f"{desk}tell/",
            "the tray": f"{desk}tray/",
            "sessions at the desk": f"{desk}sessions/",
            "the face": f"{desk}face/",
            "the cover": f"{desk}face/cover/",
            "pause and end": f"{desk}end/",
            "viewers": f"{desk}viewers/",
            "a project's address": f"{desk}address/",
            "taking it home": f"{desk}export/",
            "a new project": f"{url}/desk/new/",
            "bringing a project": f"{url}/desk/new/arrival/",
            "a studio's desk": studio,
            "the team": f"{studio}team/",
            "tokens": f"{studio}tokens/",
            "her account": f"{url}/account/",
            "all that is hers": f"{url}/account/data/",
            "leaving": f"{url}/account/deletion/",
            "beyond": f"{desk}beyond/",
            "webhooks": f"{desk}webhooks/",
            "figures": f"{desk}figures/",
            "what she follows": f"{url}/account/following/",
            "cheers at the desk": f"{desk}cheers/",
            "her doubt": f"{stage}{self.asked}",
            "open doubts": f"{desk}doubts/",
            "who waits for a word": f"{desk}voices/",
            "thanks by hand": f"{desk}credits/",
            "the room at the desk": f"{desk}manners/",
            "whom she muted": f"{url}/account/kept-away/",
            "her notices": f"{url}/notices/",
            "how she hears": f"{url}/notices/choice/",
            "brainstorms at the desk": f"{studio}brainstorms/",
            "calling one": f"{studio}brainstorms/new?template=week",
            "a table": f"{self.wall(VOTED)}table/",
            "taking a wall home": f"{self.wall(SETTLED)}export/",
            "her mask": f"{self.wall(SETTLED)}mask/",
            "taking an idea back": f"{self.wall(THROWN)}ideas/2/taking-back",
            "how one is called": f"{night}call",
            "the console": night,
            "what becomes of ideas": f"{night}settle/",
            "who may watch": f"{night}watchers/",
            "the big screen": f"{self.question}wall/screen/",
        }

    def hosts(self) -> dict[str, str]:
        """Return the addresses of the house, which whoever opened it keeps."""
        rooms = (
            "",
            "settings",
            "people",
            "storage",
            "backups",
            "jobs",
            "letters",
            "reports",
            "appeals",
        )
        house = f"{self.folder.url}/house/"
        return {f"the house: {room}": house + (room and f"{room}/") for room in rooms}


class _Hand(httpx.Client):
    """Ana's browser without a screen: fills in the forms of her stage."""

    def __init__(self, folder: Folder) -> None:
        super().__init__(base_url=folder.stage, follow_redirects=True, timeout=PATIENCE)
        self._door, self._composer = folder.door, f"{folder.desk}tell/"

    def __enter__(self) -> "_Hand":
        super().__enter__()
        self.get(self._door)
        return self

    def act(self, place: str, files: object = None, **said: str) -> int:
        """Send a form; returns the position that its answer shows, or 0."""
        said["csrfmiddlewaretoken"] = self._after('csrfmiddlewaretoken" value="')
        answer = self.post(place, data=said, files=files, headers=HERE)  # type: ignore[arg-type]
        assert answer.status_code == 200, (place, answer.status_code)
        position = str(answer.url).rpartition("/")[2]
        return int(position) if position.isdecimal() else 0

    def tells(self, files: object = None, **said: str) -> int:
        """Tell a moment; returns its position."""
        return self.act(self._composer, files, act="tell", **said)

    def wings(self) -> str:
        """Return the circle that the form offers beside everybody."""
        offered = self.get(self._composer).text.partition('name="audience">')[2]
        return offered.split('<option value="')[2].partition('"')[0]

    def _after(self, mark: str) -> str:
        return self.get(self._composer).text.split(mark)[1].partition('"')[0]
