"""What backups refuse, by name."""

from django.utils.translation import gettext_lazy as _

from coulisses.lib.refusals import Refusal


class ToolMissing(Refusal):
    """PostgreSQL's rows are copied by its own tools, and one of them isn't there."""

    status = 501
    sentence = _(
        "%(tool)s is missing: PostgreSQL’s rows are copied by its own tools. Install those of your "
        "server’s version (Debian: postgresql-client)."
    )


class DatabaseFailed(Refusal):
    """PostgreSQL, or a tool of its, refused."""

    sentence = _("PostgreSQL refused: %(reason)s")


class DatabaseNotEmpty(Refusal):
    """Rows are put into an empty database only."""

    status = 409
    sentence = _("The database that COULISSES_DATABASE names holds something already.")


class OtherDatabase(Refusal):
    """A backup was made of a house on the other kind of database."""

    status = 409
    sentence = _(
        "This backup holds the rows of a house on %(kind)s. For PostgreSQL, COULISSES_DATABASE "
        "names an empty database; for SQLite it is not set."
    )


class BackupExists(Refusal):
    """Something has that name already, and a backup never takes another's place."""

    status = 409
    sentence = _("%(place)s is there already. A backup takes a name of its own.")


class PlaceUnusable(Refusal):
    """A backup's folder cannot be made or written."""

    sentence = _("%(place)s cannot be written (%(reason)s).")


class PlaceInside(Refusal):
    """A backup inside the house's folder would be lost with it."""

    sentence = _("%(place)s is inside the house’s own folder: a backup stands elsewhere.")


class NoBackupThere(Refusal):
    """A file or folder is no backup of Coulisses."""

    status = 404
    sentence = _("%(place)s is no backup of a house (%(reason)s).")


class BackupDamaged(Refusal):
    """What a backup holds is not what its list says."""

    status = 422
    sentence = _("This backup is damaged or was tampered with: %(name)s (%(reason)s).")


class HouseThere(Refusal):
    """A backup is never restored over something that is there."""

    status = 409
    sentence = _("%(place)s holds something already. A backup is restored into a new folder.")


class NoRoomToRestore(Refusal):
    """The disk has less room than what the backup holds."""

    status = 507
    sentence = _("There is not enough room for what this backup holds: %(bytes)s bytes.")


class ProofFailed(Refusal):
    """A backup could not be restored as a whole."""

    status = 422
    sentence = _("The backup did not restore: %(reason)s")


class NoFolderForBackups(Refusal):
    """Nobody has said where backups go."""

    status = 409
    sentence = _("Say where backups go first: COULISSES_BACKUP_FOLDER names a folder.")
