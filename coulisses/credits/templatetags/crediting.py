"""Filters for what credits say."""

from django import template

from coulisses.credits import words

register = template.Library()
register.filter("credit_role", words.title)
