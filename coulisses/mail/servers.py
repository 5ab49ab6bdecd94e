"""A mail server, spoken to in SMTP. Passwords travel encrypted, or not at all."""

import re
import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from email.message import EmailMessage
from email.utils import formatdate
from urllib.parse import unquote, urlsplit

from coulisses.lib import mailboxes
from coulisses.mail import handles
from coulisses.mail.models import Letter
from coulisses.people.letters import Written

PATIENCE = 20.0  # seconds for each answer
LONGEST_TROUBLE = 300
LONGEST_LINE = 998  # characters of a header (RFC 5322)
_status = re.compile(r"5\.\d{1,3}\.\d{1,3}(?!\d)")


class PasswordInTheOpen(smtplib.SMTPException):
    """The server offers no encryption, and a password is not sent without."""


@contextmanager
def connect(address: str) -> Iterator[smtplib.SMTP]:
    """Connect to `smtp://name:password@host:587`, with TLS where it is offered, or `smtps://…`.

    Raises OSError, SMTPException.
    """
    parts = urlsplit(address)
    host, secure = parts.hostname or "", ssl.create_default_context()
    server: smtplib.SMTP
    if parts.scheme == "smtps":
        server = smtplib.SMTP_SSL(host, parts.port or 465, timeout=PATIENCE, context=secure)
    else:
        server = smtplib.SMTP(host, parts.port or 587, timeout=PATIENCE)
    with server:
        server.ehlo_or_helo_if_needed()
        is_secret = parts.scheme == "smtps"
        if not is_secret and server.has_extn("starttls"):
            server.starttls(context=secure)
            server.ehlo()
            is_secret = True
        if parts.username:
            if not is_secret:
                raise PasswordInTheOpen("the server offers no encryption (STARTTLS)")
            server.login(unquote(parts.username), unquote(parts.password or ""))
        yield server


def message(letter: Letter, written: Written, *, sender: str) -> EmailMessage:
    """Return a letter as mail: plain text, HTML beside it, and said to come from a machine."""
    made = EmailMessage()
    # A domain of letters beyond ASCII is spelled for servers that know no others.
    made["From"], made["To"] = sender, mailboxes.spelled(letter.to) or letter.to
    made["Subject"] = " ".join(written.subject.split())
    made["Date"] = formatdate(letter.made_at.timestamp())
    made["Message-ID"] = handles.message_id(letter, written.handle, sender=sender)
    made["Auto-Submitted"] = "auto-generated"
    for name, value in written.headers.items():
        made[name] = value
    made.set_content(written.text)
    if written.html:
        made.add_alternative(written.html, subtype="html")
    # A long address in a header would be folded into what mail programs don't read as one.
    made.policy = made.policy.clone(max_line_length=LONGEST_LINE)
    return made


def refusal(trouble: Exception) -> str:
    """Return the status (RFC 3463) with which a letter was refused for good; empty: not for good.

    A server that gives none is taken to have said "5.0.0".
    """
    if isinstance(trouble, smtplib.SMTPRecipientsRefused):
        code, answer = next(iter(trouble.recipients.values()))
        said = _text(answer)
    elif isinstance(trouble, smtplib.SMTPDataError):
        code, said = trouble.smtp_code, _text(trouble.smtp_error)
    else:
        return ""
    named = _status.match(said)
    return (named[0] if named else "5.0.0") if 500 <= code < 600 else ""


def described(trouble: Exception) -> str:
    """Return what went wrong in one line, for the host."""
    if isinstance(trouble, smtplib.SMTPRecipientsRefused):
        code, said = next(iter(trouble.recipients.values()))
        words = f"{code} {_text(said)}"
    elif isinstance(trouble, smtplib.SMTPResponseException):
        words = f"{trouble.smtp_code} {_text(trouble.smtp_error)}"
    else:
        words = str(trouble) or type(trouble).__name__
    return " ".join(words.split())[:LONGEST_TROUBLE]


def _text(said: bytes | str) -> str:
    return said.decode("utf-8", "replace") if isinstance(said, bytes) else said
