"""How soon somebody in a hall has thrown their first idea, by the picture of a code or its letters.

`./run bench first_idea`: a real house, a brainstorm that throws, and Chromium as a phone that is
four times slower than this machine, on a line of 1.6 Mbit/s with 150 ms of latency, which keeps
nothing from before. It opens what the picture says, or types the six letters, and throws one idea
under a name, as a quick thumb types: eight letters a second. The machine's time is what is left
without that: until the box takes a letter, and from the last key until the idea stands, on the
phone's own page and on a wall that is open elsewhere. Beside it nginx answers with the same bytes,
in turn: nothing could be quicker. `./run bench first_idea 9` takes nine turns. Traffic stays on
127.0.0.1.
"""

import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections import defaultdict
from pathlib import Path

from playwright.sync_api import Browser

from bench._houses import House, nginx, opened
from coulisses.testing.browsers import Browsers
from coulisses.ui import assets

TURNS = 5
BAR = 5.0  # seconds from the picture to an idea that stands everywhere, all that is typed included
LINE = {"latency": 150, "downloadThroughput": 1.6e6 / 8, "uploadThroughput": 750e3 / 8}
SLOWER = 4  # times
A_LETTER = 125  # milliseconds
PHONE = {"viewport": {"width": 390, "height": 844}, "is_mobile": True, "has_touch": True}
WORDS, NAME = "ikes like stars", "Zoé"  # behind a letter that tells the turns apart
PATIENCE = 30_000  # milliseconds
PREPARE = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from coulisses.site import preparing
preparing.house(Path(sys.argv[1]))
from coulisses.brainstorms import hosting
from coulisses.brainstorms.models import Brainstorm
from coulisses.guests import codes
from coulisses.projects.models import Project
now, project = datetime.now(UTC), Project.objects.get()
made = Brainstorm.objects.create(project=project, names="asked", looks_first=False)
hosting.begin(made, "throw", by=project.studio.roles.get().account.voice_id, at=now, minutes=60)
print(codes.make(project, at=now).code)
"""
# What is seen, by the clock that all pages share: the box, a letter in it, that it left, the idea.
NOTING = """(() => {
  const noted = (window.noted = {});
  const note = (name) => { noted[name] ??= Date.now(); };
  const hear = (type, asked, name) => addEventListener(
    type, ({ target }) => target.matches(asked) && note(name), true);
  hear("input", "[name=words]", "letter");
  hear("submit", ".throw", "sent");
  const look = () => {
    if (document.querySelector("textarea[name=words]")?.checkVisibility()) note("box");
    const ideas = [...document.querySelectorAll(".idea .words")];
    if (ideas.some((one) => one.textContent === WORDS)) return note("stands");
  };
  setInterval(look, 20);
})()"""
NGINX = """
worker_processes 1; daemon off; master_process off; pid {folder}/pid; error_log {folder}/errors;
events {{ }}
http {{
  access_log off; sendfile on; tcp_nopush on; etag on; default_type text/html;
  types {{ text/css css; text/javascript js; font/woff2 woff2; }}
  client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy;
  fastcgi_temp_path {folder}/fastcgi; uwsgi_temp_path {folder}/uwsgi;
  scgi_temp_path {folder}/scgi;
  server {{
    listen 127.0.0.1:{port}; root {folder}/pages; index page; absolute_redirect off;
    location /j/ {{ return 302 {wall}#in; }}
    location = /join {{
      error_page 405 = @joined; try_files /join/page =404;
    }}
    location @joined {{ return 302 /j/CODE; }}
    location {wall} {{ add_header Content-Encoding br; }}
    location = {wall}ideas {{ error_page 405 =201 /thrown; }}
    location = /thrown {{ default_type application/json; }}
    location ~ [.](css|js)$ {{ add_header Content-Encoding br; }}
  }}
}}
"""


WAYS = {"picture": "a scanned picture", "letters": "six letters"}
Noted = dict[str, float]  # seconds


def main() -> int:
    """Measure, print the table, and say by the exit status whether the bar holds."""
    turns = int(sys.argv[1]) if len(sys.argv) > 1 else TURNS
    if not shutil.which("nginx"):
        print("needs nginx: apt install nginx", file=sys.stderr)
        return 2
    browsers = Browsers()
    try:
        with tempfile.TemporaryDirectory() as name, opened(Path(name) / "house") as house:
            return 0 if _measured(browsers.with_flags(), house, Path(name), turns) else 1
    finally:
        browsers.end()


def _measured(browser: Browser, house: House, folder: Path, turns: int) -> bool:
    command = [sys.executable, "-c", PREPARE, str(house.data)]
    code = subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()
    pages, took = folder / "pages", defaultdict[tuple[str, str], list[Noted]](list)
    _save(house, pages)
    hall = browser.new_page()
    with nginx(folder, NGINX, wall=f"{house.stage}wall/") as (_pid, port):
        for turn in range(turns):
            for way in WAYS:
                words = f"{chr(ord('A') + 2 * turn + (way == 'letters'))}{WORDS}"
                hall.goto(f"{house.address}{house.stage}wall/", wait_until="load")
                hall.evaluate(_noting(words))
                noted, said = _thrown(browser, house.address, way, code, words)
                hall.wait_for_function("noted.stands", timeout=PATIENCE, polling=20)
                noted["elsewhere"] = hall.evaluate("noted.stands") / 1000
                took[way, "coulisses"].append(noted)
                (pages / "thrown").write_text(said)
                plain, _said = _thrown(browser, f"http://127.0.0.1:{port}", way, code, words)
                took[way, "nginx"].append(plain)
    return _told(took)


def _thrown(browser: Browser, address: str, way: str, code: str, words: str) -> tuple[Noted, str]:
    """Come to a wall as a phone does and throw an idea; return when what was seen, and the answer.

    Times are seconds since 1970; `began` is when the picture was opened, or the letters were sent.
    """
    with browser.new_context(**PHONE) as context:
        page = context.new_page()
        page.add_init_script(_noting(words))
        wire = context.new_cdp_session(page)
        wire.send("Network.enable")
        wire.send("Network.emulateNetworkConditions", {"offline": False, **LINE})
        wire.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
        began = time.time()
        if way == "letters":
            page.goto(f"{address}/join", wait_until="commit")
            page.locator("[name=code]").tap()
            opened = time.time()
            page.keyboard.type(code, delay=A_LETTER)
            began += time.time() - opened  # what is typed is none of the machine's time
            page.keyboard.press("Enter")
        else:
            page.goto(f"{address}/j/{code}", wait_until="commit")
        page.locator("textarea[name=words]").tap()
        page.keyboard.type(words, delay=A_LETTER)
        page.locator(".throw [name=name]").tap()
        page.keyboard.type(NAME, delay=A_LETTER)
        with page.expect_response("**/wall/ideas") as answer:
            page.keyboard.press("Enter")
        said = answer.value.text()
        assert "html" in said, f"it waits for a look: {said}"
        page.wait_for_function("noted.stands", timeout=PATIENCE, polling=20)
        noted = {name: at / 1000 for name, at in page.evaluate("noted").items()}
        return {"began": began, **noted}, said


def _noting(words: str) -> str:
    return NOTING.replace("WORDS", repr(words))


def _save(house: House, pages: Path) -> None:
    """Keep what a phone loads, as it travels, for nginx to answer with."""
    wall = f"{house.stage}wall/"
    page = _loaded(house, wall, pages / wall.strip("/") / "page", is_packed=False)
    _loaded(house, wall, pages / wall.strip("/") / "page")
    (pages / wall.strip("/") / "ideas").touch()
    _loaded(house, "/join", pages / "join" / "page", is_packed=False)
    for name in set(re.findall(rb'"(/static/built/[^"]+\.(?:css|js))"', page)):
        _loaded(house, name.decode(), pages / name.decode().strip("/"))
    for font in assets.BUILT.glob("*.woff2"):
        shutil.copy(font, pages / assets.ADDRESS.strip("/"))


def _loaded(house: House, path: str, to: Path, *, is_packed: bool = True) -> bytes:
    packed = {"Accept-Encoding": "br"} if is_packed else {}
    asked = urllib.request.Request(house.address + path, headers=packed)
    with urllib.request.urlopen(asked, timeout=10) as answer:
        assert not is_packed or answer.headers["Content-Encoding"] == "br", path
        body = bytes(answer.read())
    to.parent.mkdir(parents=True, exist_ok=True)
    to.write_bytes(body)
    return body


def _told(took: dict[tuple[str, str], list[Noted]]) -> bool:
    """Print the table; return whether the bar holds for who came by the picture."""
    print("| seconds, medians | box there | takes a letter | sent, then stands | … elsewhere "
          "| machine | all, typing included |")  # fmt: skip
    print("|---|---|---|---|---|---|---|")
    whole: dict[tuple[str, str], float] = {}
    for (way, server), turns in took.items():

        def middle(to: str, since: str, turns: list[Noted] = turns) -> float:
            return statistics.median(one.get(to, one["stands"]) - one[since] for one in turns)

        whole[way, server] = max(middle("stands", "began"), middle("elsewhere", "began"))
        machine = middle("letter", "began") + max(
            middle("stands", "sent"), middle("elsewhere", "sent")
        )
        figures = [
            *(middle(name, "began") for name in ("box", "letter")),
            *(middle(name, "sent") for name in ("stands", "elsewhere")),
            *(machine, whole[way, server]),
        ]
        print(f"| {WAYS[way]}, {server} | {' | '.join(f'{one:.2f}' for one in figures)} |")
    holds = whole["picture", "coulisses"] <= BAR
    print(f"\nbars: {'hold' if holds else 'MISSED'}")
    return holds


if __name__ == "__main__":
    sys.exit(main())
