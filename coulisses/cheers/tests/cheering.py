"""What tests of cheers share: an entry to cheer, and taps as browsers send them."""

from coulisses.moments import rules as moments
from coulisses.projects.models import Project
from coulisses.testing import given

HERE = {"HTTP_SEC_FETCH_SITE": "same-origin"}
JSON = {**HERE, "HTTP_ACCEPT": "application/json"}


def told(project, kind="progress", *, audience="public", title="A step"):
    """Return an entry that Ana has told."""
    times = {"happened_at": given.NOON, "told_at": given.NOON}
    by = given.ana().voice_id
    return moments.tell(project, kind=kind, title=title, audience=audience, by=by, **times)


def tap(client, project: Project, position: int, word="courage", *, act="give", **more):
    """Tap a word; the answer is that for a script."""
    address = f"{project.path}{position}/cheers"
    return client.post(address, {act: word}, **{**JSON, **more})
