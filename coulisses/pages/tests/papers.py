"""Documents that these tests tell, written by real programs and sent as a phone would."""

from typing import Any

from coulisses.capture import uploads
from coulisses.log.models import Entry
from coulisses.projects.models import Project
from coulisses.testing import given
from coulisses_readers.tests.documents import printed, said

OPENING = [
    "Le chêne",
    "Il était une fois un luthier qui doutait de son vernis. Le soir, quand la rue se taisait, il "
    "posait l’archet et regardait le bois comme on regarde la mer : longtemps, sans rien attendre.",
    "Il n’avait jamais vendu un violon qu’il aimait.",
]
SECOND = [
    OPENING[0],
    OPENING[1].replace("doutait de son vernis", "ne croyait plus à son vernis"),
    "Sa fille, elle, ne doutait de rien.",
    OPENING[2],
]
THIRD = [
    *SECOND[:3],
    "Il n’avait jamais vendu un violon qu’il aimait, sauf un.",
    "Celui-là, il le cherchait encore, dans les vitrines, dans les mains des autres.",
]
NOVEL = [OPENING, SECOND, THIRD]


def send(project: Project, name: str, data: bytes, minute: float = 0, **more: Any) -> Entry:
    """Upload a file as Ana; returns its entry."""
    upload = uploads.Upload(name, data, str(more.pop("words", "")))
    by, at = given.ana().voice_id, given.minutes(minute)
    told = uploads.take(project, upload, by=by, at=at, **more)
    assert isinstance(told, Entry)
    return told


def novel(project: Project) -> list[Entry]:
    """Three drafts of a novel in Word."""
    return [send(project, "roman.docx", said(*draft), 10 * at) for at, draft in enumerate(NOVEL)]


def score(project: Project) -> list[Entry]:
    """Two drafts of a programme that is printed: the second page of three is written anew."""
    pages = [["LE CHÊNE", *OPENING[1:]], SECOND[1:3], THIRD[3:]]
    drafts = [pages, [pages[0], ["Sa fille doutait aussi, mais en riant."], pages[2]]]
    return [
        send(project, "programme.pdf", printed(*draft), 40 + 10 * at)
        for at, draft in enumerate(drafts)
    ]
