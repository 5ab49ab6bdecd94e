"""The log checker: recomputes a whole log from its rows, as a suspicious stranger would."""

from coulisses.lib import canonical
from coulisses.lib.leaf import leaf_data
from coulisses.lib.tree import leaf_hash, root_of
from coulisses.log import ledger
from coulisses.log.models import Entry, Log


def checked(log: Log) -> int:
    """Verify positions, leaves, derived columns and root; return the number of entries."""
    log = Log.objects.get(pk=log.pk)
    entries = list(Entry.objects.filter(log=log).select_related("sealed").order_by("position"))
    assert [entry.position for entry in entries] == list(range(1, log.size + 1))
    for entry in entries:
        if not entry.is_shredded:
            _derives(entry)
    assert ledger.root(log) == root_of([bytes(entry.leaf) for entry in entries])
    return log.size


def _derives(entry: Entry) -> None:
    sealed, said = entry.sealed, entry.sealed.said
    data = leaf_data(entry.log_id, entry.position, sealed.commitment)
    assert bytes(entry.leaf) == leaf_hash(data), entry
    assert canonical.spell(said) == bytes(sealed.content), entry
    assert (said["kind"], said["by"], said["audience"]) == (entry.kind, entry.by, entry.audience)
    assert said["happened_at"] == canonical.moment(entry.happened_at), entry
    assert said["told_at"] == canonical.moment(entry.told_at), entry
    assert said["past"] == entry.past, entry
    assert (entry.fact.filed_under(), entry.fact.speaks_of()) == (entry.topic, entry.about), entry
