"""What captures hold of somebody: the forges they let in, and names in what waits to be told."""

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from coulisses.capture import arriving
from coulisses.capture.forms import Capture
from coulisses.capture.models import Arrival, Author, Hook, Waiting
from coulisses.people import holding
from coulisses.people.holding import Row
from coulisses.people.models import Account, Voice
from coulisses.projects import withdrawing
from coulisses.projects.models import Project

holding.keeps(
    "c-hands",
    _("Names of contributors at captured saves; of their addresses, only a keyed fingerprint"),
    why=_("so that hands are told apart; makers decide whether names are shown"),
    how_long=_("as long as the work stands, or until the name is taken out"),
)
holding.keeps(
    "c-arrivals",
    _("Files on their way in pieces"),
    why=_("so that a broken line can go on"),
    how_long=arriving.KEPT_FOR,
)


@holding.shelf("forges", _("Forges that may speak, without their secrets"))
def forges(account: Account) -> Iterator[Row]:
    """Yield the addresses that somebody opened for a forge."""
    rows = Hook.objects.filter(account=account).order_by("opened_at")
    for one in rows.select_related("project__studio"):
        yield {
            "forge": one.named,
            "project": one.project.path,
            "opened_at": one.opened_at,
            "heard_at": one.heard_at,
        }


@holding.at_erasure
def forget_name(voice: Voice, name: str, logs: list[str]) -> None:
    """Take a contributor's name out of the saves that wait to be told."""
    for author in Author.objects.filter(voice=voice):
        waiting = Waiting.objects.filter(
            project_id=author.project_id, is_dropped=False, said__contains=f'"{author.key}"'
        )
        for row in waiting.select_for_update():
            said = Capture.model_validate_json(row.said)
            said.author.name = ""
            Waiting.objects.filter(pk=row.pk).update(said=said.model_dump_json())


@withdrawing.also
def forget_what_waits(project: Project) -> None:
    """Forget saves that wait, bodies on their way, and the names of a withdrawn work's hands."""
    for author in Author.objects.filter(project=project).select_related("voice"):
        Voice.objects.filter(pk=author.voice_id).update(name="", is_named=False)
    Waiting.objects.filter(project=project).delete()
    Arrival.objects.filter(project=project).update(name="", expires_at=project.opened_at)
    Hook.objects.filter(project=project).delete()
