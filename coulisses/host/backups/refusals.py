"""What backups refuse, by name."""

from django.utils.translation import gettext_lazy as _

from coulisses.lib.refusals import Refusal


class OtherDatabase(Refusal):
    """The house's database is no SQLite file: its own tools copy it."""

    status = 501
    sentence = _(
        "This house keeps its rows in PostgreSQL: copy them with pg_dump --format=custom, then the "
        "folder’s media and keys. The guide says how."
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
