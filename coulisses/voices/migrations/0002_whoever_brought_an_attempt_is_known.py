import json

from django.db import migrations, models

A_TURN = 500


def note(apps, schema_editor):
    """Note which words an attempt came with, from the rooms' logs."""
    word, entry = apps.get_model("voices", "Word"), apps.get_model("log", "Entry")
    projects = dict(apps.get_model("projects", "Project").objects.values_list("room", "pk"))
    told = entry.objects.filter(kind="voice.said", sealed__isnull=False, log__in=projects)
    for one in told.select_related("sealed").order_by("pk").iterator(chunk_size=A_TURN):
        if _has_attempt(one):
            said = word.objects.filter(project_id=projects[one.log_id], position=one.position)
            said.update(is_attempt=True)


def _has_attempt(entry):
    try:
        return bool(json.loads(bytes(entry.sealed.content))["body"]["attempt"])
    except (ValueError, LookupError, TypeError):
        return False  # somebody wrote into the database; the proof says so


class Migration(migrations.Migration):

    dependencies = [
        ("log", "0001_initial"),
        ("projects", "0012_what_voices_gave_leaves_a_trail"),
        ("voices", "0001_words_are_said_in_threads"),
    ]

    operations = [
        migrations.AddField(
            model_name="word", name="is_attempt", field=models.BooleanField(default=False)
        ),
        migrations.AddIndex(
            model_name="word",
            index=models.Index(
                condition=models.Q(("is_attempt", True)),
                fields=["project", "position"],
                name="word_attempts",
            ),
        ),
        migrations.RunPython(note, migrations.RunPython.noop),
    ]
