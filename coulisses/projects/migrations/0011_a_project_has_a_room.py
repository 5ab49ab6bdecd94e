import django.db.models.deletion
from django.db import migrations, models

from coulisses.lib import ids


def open_rooms(apps, schema_editor):
    logs, projects = apps.get_model("log", "Log"), apps.get_model("projects", "Project")
    for project in projects.objects.filter(room=None).only("pk").iterator(500):
        projects.objects.filter(pk=project.pk).update(room=logs.objects.create(pk=ids.new()))


class Migration(migrations.Migration):
    atomic = False  # a constraint is laid over rows that were written just before

    dependencies = [
        ("log", "0004_what_was_shredded_is_counted"),
        ("projects", "0010_a_sitting_knows_how_long_the_work_had_lasted"),
    ]

    operations = [
        migrations.AddField(
            model_name="project",
            name="room",
            field=models.OneToOneField(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="around",
                to="log.log",
            ),
        ),
        migrations.RunPython(open_rooms, migrations.RunPython.noop),
        migrations.AlterField(
            model_name="project",
            name="room",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT, related_name="around", to="log.log"
            ),
        ),
    ]
