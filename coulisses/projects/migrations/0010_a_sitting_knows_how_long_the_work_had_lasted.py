from datetime import timedelta

from django.db import migrations, models


def count_what_was_worked(apps, schema_editor):
    sittings = apps.get_model("projects", "Sitting").objects
    for project in list(sittings.values_list("project_id", flat=True).distinct()):
        worked, theirs = timedelta(), list(sittings.filter(project_id=project).order_by("first_position"))
        for one in theirs:
            one.worked_before = worked
            worked += one.ended_at - one.started_at
        sittings.bulk_update(theirs, ["worked_before"], batch_size=500)


class Migration(migrations.Migration):
    dependencies = [("projects", "0009_a_token_says_what_it_may")]

    operations = [
        migrations.AddField(
            model_name="sitting",
            name="worked_before",
            field=models.DurationField(db_default=timedelta(), default=timedelta),
        ),
        migrations.RunPython(count_what_was_worked, migrations.RunPython.noop),
    ]
