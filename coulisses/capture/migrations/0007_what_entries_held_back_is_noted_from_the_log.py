import json

from django.db import migrations

A_TURN = 500


def note(apps, schema_editor):
    """Note what captures of before held back or missed."""
    entry, held_back = apps.get_model("log", "Entry"), apps.get_model("capture", "HeldBack")
    projects = dict(apps.get_model("projects", "Project").objects.values_list("work", "pk"))
    told = entry.objects.filter(kind="capture.taken", sealed__isnull=False, log__in=projects)
    rows = []
    for one in told.select_related("sealed").order_by("pk").iterator(chunk_size=A_TURN):
        rows += _rows(held_back, projects[one.log_id], one)
        if len(rows) >= A_TURN:
            held_back.objects.bulk_create(rows)
            rows = []
    held_back.objects.bulk_create(rows)


def _rows(held_back, project, entry):
    try:
        body = json.loads(bytes(entry.sealed.content))["body"]
        listed = [(one, False) for one in body["held"]] + [(one, True) for one in body["missing"]]
    except (ValueError, LookupError, TypeError):
        return []  # somebody wrote into the database; the proof says so
    return [
        held_back(
            project_id=project,
            position=entry.position,
            path=one["path"],
            reason=one["reason"],
            is_missing=is_missing,
        )
        for one, is_missing in listed
    ]


class Migration(migrations.Migration):

    dependencies = [
        ("capture", "0006_what_is_dropped_can_be_taken_back"),
        ("log", "0001_initial"),
    ]

    operations = [migrations.RunPython(note, migrations.RunPython.noop)]
