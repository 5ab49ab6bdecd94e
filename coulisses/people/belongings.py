"""What the house holds of an account itself, and who may not leave: the last who keeps its door."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from coulisses.lib.refusals import require
from coulisses.people import exports, holding, rows, rules, shunning
from coulisses.people.holding import Row
from coulisses.people.models import Account, Export, Invitation, Shun, SignInLink, Voice
from coulisses.people.refusals import LastHost

holding.keeps(
    "a-account",
    _("Your account: name, address, a password as a fingerprint that can’t be turned back"),
    why=_("so that you can come in, and your work is yours"),
    how_long=_("until you leave"),
)
holding.keeps(
    "a-links",
    _("Links that sign you in, as fingerprints"),
    why=_("so that each opens once"),
    how_long=rules.LINK_LIVES,
)
holding.keeps(
    "a-session",
    _("The session of a browser that is signed in"),
    why=_("so that you stay in"),
    how_long=timedelta(seconds=settings.SESSION_COOKIE_AGE),
)
holding.keeps(
    "a-shunned",
    _("Whom you muted or blocked"),
    why=_("so that you need not read them. Nobody else is told, nor are they"),
    how_long=_("until you hear them again, or leave"),
)
holding.keeps(
    "z-export",
    _("What was put together for you to take home"),
    why=_("because you asked for it"),
    how_long=exports.KEPT_FOR,
)


@holding.shelf("account", _("Your account"))
def account(of: Account) -> Iterator[Row]:
    """Yield the account."""
    yield {
        "name": of.voice.name,
        "is_named": of.voice.is_named,
        "voice": of.voice_id,
        "was": list(of.voice.was.order_by("pk").values("id", "name")),
        "email": of.email,
        "created_at": of.created_at,
        "last_login": of.last_login,
        "is_host": of.is_host,
    }


@holding.shelf("links", _("Links that signed you in, without their secrets"))
def links(of: Account) -> Iterator[Row]:
    """Yield the sign-in links that were printed for an account."""
    for one in SignInLink.objects.filter(account=of).order_by("expires_at"):
        yield {"expires_at": one.expires_at, "used_at": one.used_at}


@holding.shelf("kept-away", _("Whom you muted or blocked"))
def kept_away(of: Account) -> Iterator[Row]:
    """Yield whom somebody would rather not hear."""
    known = shunning.kept_away(of.voice_id)
    names = rows.names({one.whom_id for one in known})
    for one in known:
        name = names.get(one.whom_id, "")
        yield {"name": name, "is_blocked": one.is_blocked, "at": one.at}


@holding.before_leaving
def require_another_host(of: Account) -> None:
    """Keep the last host in. Raises LastHost."""
    others = Account.objects.filter(is_host=True, is_active=True).exclude(pk=of.pk)
    require(not of.is_host or others.exists(), LastHost)


@holding.at_leaving
def look_again(of: Account, at: datetime) -> None:
    """Keep in whoever became the last host meanwhile. Raises LastHost."""
    hosts = Account.objects.select_for_update().filter(is_host=True, is_active=True)
    list(hosts.order_by("pk"))
    require_another_host(of)


@holding.at_erasure
def forget_notes(voice: Voice, name: str, logs: list[str]) -> None:
    """Take out of invitations by which words somebody was meant."""
    Invitation.objects.filter(used_by__voice=voice).exclude(note="").update(note="")


@holding.at_erasure
def forget_shunned(voice: Voice, name: str, logs: list[str]) -> None:
    """Forget whom somebody would not hear."""
    Shun.objects.filter(voice=voice).delete()


@holding.at_leaving
def forget_export(of: Account, at: datetime) -> None:
    """Drop what was put together for an account that goes."""
    for export in Export.objects.filter(account=of):
        exports.drop(export)
