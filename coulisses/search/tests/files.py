"""Files that are saved, and the texts of them that an agent sends: in a line each."""

from coulisses.capture import previews
from coulisses.capture.tests.saves import added, changed, save, told
from coulisses.search import feeding, settling


def write(project, number, text="", *, before="", path="chapter.md", audience="public"):
    """Save state number so-and-so of a file; with its text, where it comes at once."""
    change = changed(path, f"v{number}", before) if before else added(path, f"v{number}")
    if text:
        send(project, number, text)
    (entry,) = told(project, save(number, change, audience=audience))
    return entry


def send(project, number, text):
    """Send the text of a state, as an agent does: before or after its save."""
    shown = {"text": text.encode()}
    return previews.keep(project, f"git:v{number}", facts={"reader": "prose"}, previews=shown)


def tell(project, number, *changes, **more):
    """Tell a save of whatever happened to files."""
    (entry,) = told(project, save(number, *changes, **more))
    return entry


def read(*projects):
    """Have the index read the logs, and what is due of files."""
    for project in projects:
        feeding.catch_up(project.pk)
        settling.settle(project.pk)
