"""A mail server, spoken to in SMTP. Passwords travel encrypted, or not at all."""

import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from email.message import EmailMessage
from email.utils import formatdate, make_msgid, parseaddr
from urllib.parse import unquote, urlsplit

from coulisses.mail.models import Letter

PATIENCE = 20.0  # seconds for each answer
LONGEST_TROUBLE = 300


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


def message(letter: Letter, *, sender: str) -> EmailMessage:
    """Return a letter as mail: plain text, and said to come from a machine."""
    made = EmailMessage()
    made["From"], made["To"], made["Subject"] = sender, letter.to, letter.subject
    made["Date"] = formatdate(letter.made_at.timestamp())
    made["Message-ID"] = make_msgid(domain=parseaddr(sender)[1].rpartition("@")[2] or None)
    made["Auto-Submitted"] = "auto-generated"
    made.set_content(letter.text)
    return made


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
