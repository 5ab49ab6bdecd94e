"""What pages of accounts say of the house: whether letters go out, and whom to ask."""

from django import template
from django.conf import settings

from coulisses.house import rules as house
from coulisses.house.models import House

register = template.Library()


@register.simple_tag
def sends_letters() -> bool:
    """Whether letters leave this house."""
    return bool(settings.SENDS_LETTERS)


@register.simple_tag
def the_house() -> House:
    """Return the house as its host has settled it."""
    return house.current()
