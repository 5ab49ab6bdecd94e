"""What the house does about its backups by itself."""

from django.conf import settings
from django.utils import timezone

from coulisses.host.backups import rules


def go_on() -> bool:
    """Ask for what is due, make one, or prove one; return whether there may be more."""
    rules.ask_when_due(at=timezone.now())
    backup = rules.claim(at=timezone.now())
    if backup:
        rules.carry_out(backup, at=timezone.now())
        if settings.BACKUP_FOLDER:
            rules.let_go()
        return True
    unproved = rules.claim_to_prove(at=timezone.now())
    if unproved:
        rules.prove(unproved, at=timezone.now())
    return False
