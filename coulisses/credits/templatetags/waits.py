"""Since when somebody waits, gently: a day of this week by its name."""

from datetime import datetime, timedelta

from django import template
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from coulisses.ui import words

register = template.Library()
A_WEEK = timedelta(days=6)


@register.filter
def waits_since(at: datetime, now: datetime) -> str:
    """Return since when somebody waits: today, Tuesday, 3 May 2026."""
    local = timezone.localtime(at)
    if local.date() == timezone.localtime(now).date():
        return _("waits since today")
    day = date_format(local, "l") if now - at < A_WEEK else words.day(local.date())
    return _("waits since %(day)s") % {"day": day}
