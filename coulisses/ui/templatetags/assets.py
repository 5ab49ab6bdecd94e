"""`{% asset "ui.css" %}`: the address of a built asset, which changes when its bytes do."""

from django import template

from coulisses.ui import assets

register = template.Library()


@register.simple_tag
def asset(name: str) -> str:
    """Return the address of a style sheet, script or font by its plain name."""
    return assets.url(name)
