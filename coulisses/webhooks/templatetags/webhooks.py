"""What went wrong with a delivery, as a sentence."""

from django import template

from coulisses.webhooks import queries

register = template.Library()
register.filter("webhook_trouble", queries.trouble)
