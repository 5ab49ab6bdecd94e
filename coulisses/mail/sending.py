"""What the errands do: send what is due, give up after a day, forget after a month."""

import logging
import smtplib
from datetime import datetime, timedelta

from django.conf import settings
from django.utils import timezone

from coulisses.mail import bounces, handles, servers, writing
from coulisses.mail.models import Letter
from coulisses.people.letters import Written

AT_ONCE = 20  # letters of one turn
FIRST_REST = timedelta(seconds=30)  # after a first failure; it doubles with each
LONGEST_REST = timedelta(hours=1)
PATIENCE = timedelta(days=1)
A_CODES_LIFE = timedelta(minutes=15)  # a letter with one that came later would open nothing
KEPT = timedelta(days=30)
CLAIM = timedelta(minutes=5)  # for which a letter is nobody else's to send: longer than one takes

OWN_TROUBLES = (
    *(smtplib.SMTPRecipientsRefused, smtplib.SMTPDataError),
    smtplib.SMTPNotSupportedError,  # its address is of letters that this server does not know
)

_logger = logging.getLogger(__name__)


def send_due() -> bool:
    """Send what is due; returns whether there may be more."""
    if not settings.SENDS_LETTERS:
        return False
    now = timezone.now()
    mine = [one for one in _due(now) if _claim(one, now)]
    said = writing.words(mine)
    if not said:
        return len(mine) == AT_ONCE
    try:
        with servers.connect(settings.HOUSE.smtp) as server:
            for letter in [one for one in mine if one.pk in said]:
                if _claim(letter, timezone.now()):
                    _send(server, letter, said[letter.pk])
                else:
                    letter.trouble = "another process has it"
    except (OSError, smtplib.SMTPException) as trouble:
        _logger.warning("letters could not be sent: %s", trouble)
        for letter in mine:
            if letter.sent_at is None and not letter.trouble:
                _put_off(letter, trouble)
        return False
    return len(mine) == AT_ONCE


def forget_old() -> bool:
    """Forget letters of more than a month ago; returns that nothing is left to forget."""
    Letter.objects.filter(made_at__lt=timezone.now() - KEPT).delete()
    return False


def _due(now: datetime) -> list[Letter]:
    waiting = Letter.objects.filter(sent_at=None, given_up_at=None, due_at__lte=now)
    # Those of correspondences come last: somebody waits for a code.
    return list(waiting.order_by("written_by", "due_at")[:AT_ONCE])


def _claim(letter: Letter, now: datetime) -> bool:
    """Whether this process is the one that sends it, or still is: asked again before each."""
    rows = Letter.objects.filter(pk=letter.pk, due_at=letter.due_at, sent_at=None)
    letter.trouble, letter.due_at = "", now + CLAIM
    return bool(rows.update(due_at=letter.due_at))


def _send(server: smtplib.SMTP, letter: Letter, written: Written) -> None:
    sender = settings.DEFAULT_FROM_EMAIL
    try:
        server.send_message(
            servers.message(letter, written, sender=sender),
            from_addr=handles.return_path(letter, written.handle, sender=sender),
        )
    except OWN_TROUBLES as trouble:
        _refused(letter, written, trouble)  # this letter's own trouble: the others go on
        server.rset()
        return
    except (OSError, smtplib.SMTPException):
        raise  # the server's trouble, and so that of all
    except Exception as trouble:  # what cannot be put on paper fails by many names
        _logger.warning("a letter cannot be written out: %s", type(trouble).__name__)
        _put_off(letter, trouble)
        return
    letter.sent_at = timezone.now()
    if letter.written_by:
        Letter.objects.filter(pk=letter.pk).delete()  # its room knows what it wrote, and to whom
        return
    text = "" if letter.holds_code else letter.text
    Letter.objects.filter(pk=letter.pk).update(sent_at=letter.sent_at, text=text, trouble="")


def _refused(letter: Letter, written: Written, trouble: Exception) -> None:
    status = servers.refusal(trouble)
    _put_off(letter, trouble)
    if status and letter.written_by:
        now = timezone.now()
        Letter.objects.filter(pk=letter.pk).update(given_up_at=now)
        bounces.tell(letter.written_by, written.handle, status, at=now)


def _put_off(letter: Letter, trouble: Exception) -> None:
    now = timezone.now()
    rest = min(FIRST_REST * 2 ** min(letter.tries, 10), LONGEST_REST)
    letter.trouble = servers.described(trouble)
    is_over = now - letter.made_at > (A_CODES_LIFE if letter.holds_code else PATIENCE)
    Letter.objects.filter(pk=letter.pk).update(
        tries=letter.tries + 1,
        trouble=letter.trouble,
        due_at=now + rest,
        given_up_at=now if is_over else None,
    )
