"""The outbox: Django's mail is written down, and sent later by an errand.

So a letter is as sure as what it speaks of, being in one transaction with it; and a mail server
that is slow, or gone, makes nobody wait.
"""

from collections.abc import Sequence

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.utils import timezone

from coulisses.mail.models import Letter
from coulisses.people.letters import HOLDS_CODE, KEY, WRITTEN_BY

LONGEST_SUBJECT = 300


class Outbox(BaseEmailBackend):
    """Writes letters down."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Write a letter down for each of its readers; returns how many letters were given."""
        now = timezone.now()
        Letter.objects.bulk_create(
            Letter(
                to=to,
                subject=" ".join(str(one.subject).split())[:LONGEST_SUBJECT],
                text=str(one.body),
                holds_code=HOLDS_CODE in one.extra_headers,
                written_by=one.extra_headers.get(WRITTEN_BY, ""),
                key=one.extra_headers.get(KEY, ""),
                made_at=now,
                due_at=now,
            )
            for one in email_messages
            for to in one.recipients()
        )
        return len(email_messages)
