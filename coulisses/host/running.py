"""How errands go, kept in rows: the last good end, the last failure, and when it is tried again."""

import logging
import time
from datetime import timedelta

from django.db import DatabaseError
from django.db.models import F
from django.utils import timezone

from coulisses.host import secrecy
from coulisses.host.models import Run
from coulisses.lib.text import clean_line, shorten

SELDOM = 300.0  # seconds between two rows about an errand that goes well
LONGEST = 300  # characters of a failure

_logger = logging.getLogger(__name__)


class Notes:
    """Keeps how the errands of one process go."""

    def __init__(self, seldom: float = SELDOM) -> None:
        self._seldom = seldom
        self._told: dict[str, float] = {}

    def take(self, errand: str, failure: Exception | None, rest: float) -> None:
        """Note how a turn ended; where the rows cannot be written, the log has said it."""
        if failure is None and not self._is_news(errand):
            return
        if failure is not None:
            self._told.pop(errand, None)  # that it goes well again is news
        try:
            _keep(errand, failure, rest)
        except DatabaseError:
            _logger.warning("how an errand went could not be kept: %s", errand)

    def _is_news(self, errand: str) -> bool:
        """Whether a good end is worth a row: the first one, and now and then."""
        now = time.monotonic()
        is_news = now - self._told.get(errand, -self._seldom) >= self._seldom
        if is_news:
            self._told[errand] = now
        return is_news


def _keep(errand: str, failure: Exception | None, rest: float) -> None:
    now = timezone.now()
    next_at = now + timedelta(seconds=rest)
    if failure is None:
        Run.objects.update_or_create(
            errand=errand, defaults={"ended_at": now, "failures": 0, "next_at": next_at}
        )
        return
    said = f"{type(failure).__name__}: {failure}" if str(failure) else type(failure).__name__
    Run.objects.get_or_create(errand=errand)
    Run.objects.filter(errand=errand).update(
        failed_at=now,
        failures=F("failures") + 1,
        sentence=shorten(clean_line(secrecy.masked(said)), LONGEST),
        next_at=next_at,
    )
