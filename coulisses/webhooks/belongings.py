"""What webhooks hold of somebody: a label that names them; and what leaves the house by them."""

from django.utils.translation import gettext_lazy as _

from coulisses.people import holding
from coulisses.people.models import Voice
from coulisses.projects.models import Project
from coulisses.webhooks import rules, sending
from coulisses.webhooks.models import Webhook

holding.keeps(
    "b-webhooks",
    _(
        "Programs and chats that a project speaks to. They are sent what everybody may read, with "
        "the name of who told it; here stands how that went"
    ),
    why=_("because the project’s owners want it read there; what they do with it is theirs"),
    how_long=sending.KEPT,
)


@holding.at_erasure
def forget_name(voice: Voice, name: str, logs: list[str]) -> None:
    """Take a name out of the labels of webhooks, in the projects in which the voice speaks."""
    if not name:
        return
    projects = Project.objects.filter(work__in=logs)
    for one in Webhook.objects.filter(project__in=projects, label__icontains=name):
        Webhook.objects.filter(pk=one.pk).update(label=rules.host_of(one.address))
