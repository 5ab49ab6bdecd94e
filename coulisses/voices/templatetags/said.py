"""Filters for what was said."""

from django import template

from coulisses.voices import spots

register = template.Library()

register.filter("spot", spots.words_for)
