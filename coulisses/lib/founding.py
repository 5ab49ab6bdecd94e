"""The first database of a house: its tables as they are now, made at once.

Each migration brings a database that exists one step further. An empty one has nothing to bring
along: it is given today's tables in one go, which takes a tenth of the time, and every migration
is noted as done. A test holds both against each other.
"""

from collections.abc import Iterator
from typing import Any

from django.core.management.sql import emit_post_migrate_signal
from django.db import transaction
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.operations import RunPython
from django.db.migrations.recorder import MigrationRecorder


def is_empty(connection: Any) -> bool:
    """Return whether a database holds no table at all."""
    return not connection.introspection.table_names()


def found(connection: Any) -> None:
    """Give an empty SQLite database the tables that all migrations would have made.

    A house killed in the middle finds it empty again; of two that begin at once, one finds it done.
    """
    executor = MigrationExecutor(connection)
    state = executor.loader.project_state()
    recorder = MigrationRecorder(connection)
    with connection.constraint_checks_disabled(), transaction.atomic():
        if not is_empty(connection):
            return
        with connection.schema_editor(atomic=False) as editor:
            for model in state.apps.get_models():
                if model._meta.can_migrate(connection):
                    editor.create_model(model)
            for make in _tables_of_its_own(executor):
                make(state.apps, editor)
        recorder.ensure_schema()
        for name in executor.loader.graph.nodes:
            recorder.record_applied(*name)
        emit_post_migrate_signal(0, False, connection.alias, apps=state.apps)


def _tables_of_its_own(executor: MigrationExecutor) -> Iterator[Any]:
    """Yield what migrations say makes tables that no model has: functions marked `makes_tables`."""
    for migration in executor.loader.graph.nodes.values():
        for operation in migration.operations:
            if isinstance(operation, RunPython) and hasattr(operation.code, "makes_tables"):
                yield operation.code
