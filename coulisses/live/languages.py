"""The language of a request, before Django sees it: as its LocaleMiddleware chooses."""

from functools import lru_cache

from django.conf import settings
from django.utils.translation import get_supported_language_variant
from django.utils.translation.trans_real import parse_accept_lang_header

LONGEST = 200  # characters of an Accept-Language worth reading


def of(cookie: str, accepted: str) -> str:
    """Return the language for a Cookie and an Accept-Language header, empty where not sent."""
    return _choose(value_of(settings.LANGUAGE_COOKIE_NAME, cookie), accepted[:LONGEST])


def value_of(name: str, cookie: str) -> str:
    """Return a cookie's value out of a Cookie header, empty where it isn't there."""
    for part in cookie.split(";"):
        key, _, value = part.strip().partition("=")
        if key == name:
            return value.strip('"')
    return ""


@lru_cache(maxsize=1024)
def _choose(chosen: str, accepted: str) -> str:
    for code in (chosen, *(code for code, _ in parse_accept_lang_header(accepted.lower()))):
        if code == "*":
            break
        try:
            return get_supported_language_variant(code)
        except LookupError:
            continue
    return settings.LANGUAGE_CODE
