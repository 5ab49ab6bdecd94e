"""Guests who came and never did anything are forgotten after a month."""

from datetime import timedelta

from django.utils import timezone

from coulisses.people import becoming

STAYS = timedelta(days=30)
A_TURN = 100


def sweep() -> bool:
    """Forget some guests of more than a month ago without any act; return whether there is more."""
    return becoming.sweep(before=timezone.now() - STAYS, at_most=A_TURN)
