"""What a new house wants done, and what to do for each; asked anew each time, kept nowhere."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import gettext as _

from coulisses.host import storage
from coulisses.host.models import Backup
from coulisses.house import rules
from coulisses.house.models import House
from coulisses.projects.models import Studio
from coulisses.ui import words


@dataclass(frozen=True)
class Item:
    """One thing: what it is, whether it is done, how it stands or what to do, and where."""

    name: Any
    is_done: bool
    says: Any
    link: str = ""
    command: str = ""


def items() -> list[Item]:
    """Return what there is to do, and what is done."""
    house = rules.current()
    return [
        _studio(),
        _address(),
        _letters(),
        _sign_up(house),
        _contact(house),
        _backup(),
        _zone(),
        _disk(),
    ]


def _studio() -> Item:
    is_done = Studio.objects.exists()
    says = _("There is one.") if is_done else _("Where works are made and shown. Open yours.")
    return Item(_("A first studio"), is_done, says, "" if is_done else "/desk/new/")


def _address() -> Item:
    said = settings.PUBLIC_URL
    name = _("An address with https")
    if urlsplit(said).scheme == "https":
        return Item(name, True, said)
    says = _(
        "Put a proxy that speaks https before the house, and say its address. While only this "
        "machine reaches it, that can wait."
    )
    return Item(name, False, says, command="coulisses serve --public-url https://…")


def _letters() -> Item:
    if settings.SENDS_LETTERS:
        return Item(_("Letters"), True, _("The house sends letters."), "/house/letters/")
    says = _(
        "Without them nobody gets a code by e-mail: you hand out links yourself, under People."
    )
    return Item(_("Letters"), False, says, "/house/letters/", "COULISSES_SMTP=smtp://…")


def _sign_up(house: House) -> Item:
    is_done = not house._state.adding
    says = {
        "open": _("Whoever likes makes an account."),
        "invited": _("Whoever was invited makes an account."),
        "closed": _("Nobody makes an account by themselves."),
    }[house.sign_up]
    return Item(_("Who may sign up"), is_done, says, "/house/settings/")


def _contact(house: House) -> Item:
    says = house.contact or _("Whom people write to about this house. Say an address.")
    return Item(_("A contact"), bool(house.contact), says, "/house/settings/")


def _backup() -> Item:
    name = _("A backup that was proved")
    last = Backup.objects.order_by("-asked_at", "-pk").first()
    if last and last.sentence:
        says = _("The last one failed: %(sentence)s") % {"sentence": last.sentence}
        return Item(name, False, says, "/house/backups/")
    proved = Backup.objects.exclude(proved_at=None).order_by("-proved_at").first()
    if proved and proved.proved_at:
        when = words.moment(proved.proved_at)
        says = _("It restored as a whole: %(when)s.") % {"when": when}
        return Item(name, True, says, "/house/backups/")
    says = _("A backup counts once it has been restored somewhere. One command does both.")
    command = f"coulisses backup --data {settings.DATA} --prove …"
    return Item(name, False, says, "/house/backups/", command)


def _zone() -> Item:
    zone = settings.TIME_ZONE
    name = _("The time zone")
    if settings.HOUSE.time_zone or zone != "UTC":
        return Item(name, True, zone)
    says = _("Mornings are told in UTC. If yours are elsewhere, say where.")
    return Item(name, False, says, command="COULISSES_TIME_ZONE=Europe/Paris")


def _disk() -> Item:
    totals = storage.totals()
    room = {"free": words.size(totals.free), "disk": words.size(totals.disk)}
    says = _("%(free)s free of %(disk)s.") % room
    return Item(_("Room on the disk"), not totals.is_tight, says, "/house/storage/")
