"""What is asked of houses that have grown, and of small ones."""

import itertools
import random
from collections.abc import Callable

from django.test import Client
from django.utils import timezone

from coulisses.feeds.windows import WINDOW
from coulisses.live.reading import Source
from coulisses.log import ledger
from coulisses.moments import rules as moments
from coulisses.projects import revisions
from coulisses.projects.models import Project
from coulisses.testing import given
from coulisses.ui import entries

Ask = Callable[[], object]
EDGE = 300  # entries at both ends of a log among which nothing is asked for by chance


def of_log() -> dict[str, Ask]:
    """Return what is asked of the house's only project, whatever the length of its log."""
    project = Project.objects.select_related("work", "studio").get()
    stage, size = project.path, project.work.size
    random.seed(size)

    def get(path: str) -> Ask:
        def address() -> str:
            chosen = random.randrange(EDGE, size - EDGE)
            return path.format(any=chosen, archive=chosen // WINDOW)

        return _get(project, address)

    def missed() -> object:
        entries.forget_logs({project.work_id})
        return Source(project, ledger.OUTSIDE, "en", entries.render).after(size - 100).frames

    def tell() -> object:
        now, by = timezone.now(), given.ana().voice_id
        return moments.tell(
            project, kind="progress", body="One more.", by=by, happened_at=now, told_at=now
        )

    return {
        "stage, newest, with its strip": get(stage),
        "stage, older": get(f"{stage}?before={{any}}"),
        "stage, moments": get(f"{stage}?show=moments"),
        "stage, captures": get(f"{stage}?show=captures"),
        "stage, doubts": get(f"{stage}?show=doubts"),
        "stage, failures before": get(f"{stage}?show=failures&before={{any}}"),
        "stage, pinned": get(f"{stage}?show=pinned"),
        "an entry": get(f"{stage}{{any}}"),
        "a sitting": get(f"{stage}sittings/{_a_sitting(project)}"),
        "search, a frequent word": get("/search?q=hull"),
        "search, two frequent words": get("/search?q=plank+steam"),
        "search, a phrase": get("/search?q=%22every+plank+of+oak%22"),
        "search, a rare word": get("/search?q=cormorant"),
        "search, frequent and rare": get("/search?q=hull+cormorant"),
        "search, in the project": get(f"/search?q=hull&in={stage.strip('@/')}"),
        "search, doubts": get("/search?q=hull&kind=doubt"),
        "feed": get(f"{stage}feed.atom"),
        "feed, JSON": get(f"{stage}feed.json"),
        "feed, an archive": get(f"{stage}feed/archive/{{archive}}.atom"),
        "since a while ago": get(f"{stage}since/{{any}}"),
        "in twelve cues": get(f"{stage}cues/"),
        "a file": get(f"{stage}files/src/plank-07.py"),
        "a file of figures": get(f"{stage}files/weights.csv"),
        "what a follower missed": missed,
        "telling": tell,
    }


def of_house() -> dict[str, Ask]:
    """Return what is asked of a house, however many projects it has."""
    last = Project.objects.order_by("-stirred_at").select_related("studio").first()
    assert last
    rare = f"{Project.objects.count() // 2}"
    studio = f"/@{last.studio.slug}/"
    asked = {
        "front page": "/",
        "a studio": studio,
        "a stage": last.path,
        "search, a frequent word": "/search?q=plank",
        "search, a rare word": f"/search?q={rare}",
        "feed of the house": "/feed.atom",
        "feed of a studio": f"{studio}feed.atom",
    }
    return {name: _get(last, lambda path=path: path) for name, path in asked.items()}


def _get(project: Project, address: Callable[[], str]) -> Ask:
    client, others = Client(), itertools.cycle(range(256))

    def ask() -> object:
        revisions.bump(project)
        entries.forget_logs({project.work_id})
        path = address()
        answer = client.get(path, REMOTE_ADDR=f"127.0.0.{next(others)}")
        assert answer.status_code == 200, (path, answer.status_code)
        return answer

    return ask


def _a_sitting(project: Project) -> int:
    middle = project.work.size // 2
    found = project.sittings.filter(first_position__lte=middle).order_by("-first_position").first()
    assert found
    return found.first_position
