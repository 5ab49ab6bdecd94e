"""Files that come in before any row names them: all of them stay, or none.

They lie in a folder of their own, which a row promises to take away. Whoever writes the rows that
name them takes the promise back in the same transaction; whoever dies before has left nothing.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from coulisses.lib import ids
from coulisses.lib.refusals import Refusal, require
from coulisses.media import vaults
from coulisses.media.models import Staged

LEASE = timedelta(minutes=5)  # after which whoever says nothing more is taken for dead
A_TURN = 5


class StageCleared(Refusal):
    """Files that were on their way in were given up: nothing was heard of them for too long."""

    status = 409
    sentence = _("This took too long and was given up: nothing of it was kept. Begin again.")


@dataclass
class Stage:
    """A folder of the media vault in which files come in, numbered from 0."""

    folder: str
    count: int = 0

    def place(self, number: int) -> str:
        """Return where one of its files stands."""
        return f"{self.folder}/{number}"

    def keep(self, pieces: Iterable[bytes]) -> str:
        """Write the next file and return where it stands."""
        path = self.place(self.count)
        vaults.media().write(path, pieces)
        self.count += 1
        return path

    def keep_alive(self, *, at: datetime) -> None:
        """Say that more is to come. Raises StageCleared where it has been given up."""
        rows = Staged.objects.filter(folder=self.folder)
        require(rows.update(due_at=at + LEASE), StageCleared)

    def settle(self) -> None:
        """Let the files stay, in the transaction that names them. Raises StageCleared."""
        require(Staged.objects.filter(folder=self.folder).delete()[0], StageCleared)


def begin(log_id: str, *, at: datetime) -> Stage:
    """Make room for files that are to stand beside a log."""
    stage = Stage(f"{log_id}/{ids.new()}")
    Staged.objects.create(folder=stage.folder, due_at=at + LEASE)
    return stage


def clear(stage: Stage) -> None:
    """Take all away that came in; what cannot be reached now goes later. Raises OSError."""
    row = Staged.objects.filter(folder=stage.folder).first()
    if row:
        Staged.objects.filter(pk=row.pk).update(due_at=timezone.now())
        _clear(row)


def clear_old() -> bool:
    """Take away what dead hands have left; return whether there may be more. Raises OSError."""
    due = list(Staged.objects.filter(due_at__lte=timezone.now()).order_by("due_at")[:A_TURN])
    for one in due:
        _clear(one)
    return len(due) == A_TURN


def _clear(row: Staged) -> None:
    # Whoever is alive after all is told so where it next looks: the row is no longer there.
    if Staged.objects.filter(pk=row.pk, due_at__lte=timezone.now()).update(due_at=timezone.now()):
        for one in list(vaults.media().names(row.folder)):
            vaults.media().remove(one.name)
        Staged.objects.filter(pk=row.pk).delete()
