"""Scopes: what a token lets a program do; never more than its account may, nor in another studio.

A token's are kept as one line, in the order of SCOPES.
"""

from collections.abc import Collection, Iterable

from django.utils.translation import gettext_lazy as _

from coulisses.lib.refusals import Refusal, require

READ, TELL, DESK, MANAGE = "read", "tell", "desk", "manage"
CURTAIN = "curtain"  # of tokens from before there were scopes: what they could do of `manage`
OFFERED = {
    READ: _("Read what your team may read"),
    TELL: _("Tell: open a project, moments, captures, pins, titles"),
    DESK: _("Work at the desk: the tray, drafts, sessions, a project’s face"),
    MANAGE: _("Manage: the curtain, the team, viewers, tokens"),
}
SCOPES = (*OFFERED, CURTAIN)
DEFAULT = (READ, TELL)
BEFORE = (READ, TELL, DESK, CURTAIN)
NAMES = {
    READ: _("reads"),
    TELL: _("tells"),
    DESK: _("desk"),
    MANAGE: _("manages"),
    CURTAIN: _("curtain and hooks"),
}


class ScopeMissing(Refusal):
    """The token was not made for this; its owner makes one that is."""

    status = 403
    sentence = _(
        "This token lacks the scope “%(scope)s”. Make one that has it at the studio’s desk."
    )


class ScopeUnknown(Refusal):
    """A token is to have a scope that there is not, or none at all."""

    status = 422
    sentence = _("Scopes of a token are one or more of: %(known)s.")


def spell(said: Iterable[str]) -> str:
    """Return scopes as a token keeps them. Raises ScopeUnknown."""
    chosen = set(said)
    require(chosen and chosen <= set(SCOPES), ScopeUnknown, known=", ".join(OFFERED))
    return " ".join(one for one in SCOPES if one in chosen)


def has(scopes: Collection[str], wanted: str) -> bool:
    """Return whether scopes hold the one that is wanted; managing holds the curtain."""
    return wanted in scopes or (wanted == CURTAIN and MANAGE in scopes)


def require_scope(scopes: Collection[str], wanted: str) -> None:
    """Raise ScopeMissing unless scopes hold the one that is wanted."""
    require(has(scopes, wanted), ScopeMissing, scope=MANAGE if wanted == CURTAIN else wanted)
