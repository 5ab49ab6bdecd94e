"""A wall for the README's pictures: a brainstorm about the painting that seven people answer."""

from typing import Any

import httpx
from playwright.sync_api import Browser, Page

QUESTION = "Et à côté de la tasse, qu’accrocher ?"
CALLED = {
    "question": QUESTION,
    "line": "Le mur a deux clous. Le deuxième attend.",
    "language": "fr",
    "about": "",
    "names": "named",
    "dots": 5,
    "minutes": 40,
    "looks_first": False,
}
THROWN = {
    "Un citron, entier": "Anouk",
    "La soucoupe seule, tournée contre le mur": "Basile",
    "La même tasse, vide, le lendemain": "Coline",
    "Le torchon, enfin, en grand": "Anouk",
    "Un miroir : on y verrait la tasse de dos": "Dorian",
    "Rien. Le clou, c’est déjà quelque chose": "Elias",
    "Ce que voit la tasse : la fenêtre d’en face": "Fanny",
    "Le citron qu’elle a effacé": "Basile",
    "La toile retournée, avec les dates au crayon": "Gaël",
    "Trois petits formats, un par heure": "Coline",
    "La fenêtre le soir, quand la lampe y est": "Elias",
    "Une cuillère, une vraie, qu’on peut prendre": "Dorian",
}
FAMILIES = {
    "Ce qui manque sur la table": (0, 3, 7),
    "L’envers": (1, 4, 8),
    "Une autre heure": (2, 9, 10),
    "La pièce autour": (5, 6, 11),
}


FORM = "form[action$='/ideas']"
AT_LEAST = 5_000  # milliseconds that a person is at a form before sending it


class Wall:
    """A brainstorm as its host holds it by a program, and as guests come to it in browsers."""

    def __init__(self, root: str, project: str, token: str) -> None:
        studio, _, slug = project.partition("/")
        self._client = httpx.Client(
            base_url=f"{root}/api/v1/",
            headers={"Authorization": f"Bearer {token}"},
            trust_env=False,
            timeout=60,
        )
        said = self._send(f"studios/{studio}/brainstorms", **{**CALLED, "about": slug})
        self.address = str(said["wall"])
        self._own = f"projects/{str(said['url']).split('/@')[1].rstrip('/')}/brainstorm"
        self._send(f"{self._own}/calling")

    def begin(self, phase: str) -> None:
        """Begin a phase that lasts a quarter of an hour."""
        self._send(f"{self._own}/phase", phase=phase, minutes=15)

    def gather(self) -> None:
        """Put the ideas into their families."""
        said = self._client.get(f"{self._own}/ideas", params={"limit": 100}).json()["ideas"]
        places = {one["words"]: one["position"] for one in said}
        thrown = list(THROWN)
        for name, numbers in FAMILIES.items():
            ideas = [places[thrown[number]] for number in numbers]
            self._send(f"{self._own}/families", name=name, ideas=ideas)

    def _send(self, place: str, **said: Any) -> Any:
        return self._client.post(place, json=said or None).raise_for_status().json()


def fill(started: Browser, wall: Wall) -> None:
    """Have people throw their ideas, from browsers of their own and in no hurry."""
    pages = {name: _arrived(started, wall, name) for name in dict.fromkeys(THROWN.values())}
    next(iter(pages.values())).wait_for_timeout(AT_LEAST)
    for words, name in THROWN.items():
        form = pages[name].locator(FORM)
        form.locator("textarea").fill(words)
        form.get_by_role("button", name="Jeter").click()
        pages[name].locator("article", has_text=words).first.wait_for()
    for page in pages.values():
        page.context.close()


def _arrived(started: Browser, wall: Wall, name: str) -> Page:
    page = started.new_context(locale="fr-FR").new_page()
    page.goto(wall.address)
    page.locator(FORM).locator("[name=name]").fill(name)
    return page
