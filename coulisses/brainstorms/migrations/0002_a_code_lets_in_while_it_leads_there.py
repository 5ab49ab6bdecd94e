from django.db import migrations, models


def say_by_which(apps, schema_editor):
    """Let whoever came by a code have come by the one that leads there now."""
    entrances = apps.get_model("brainstorms", "Entrance").objects.filter(has_code=True)
    for code in apps.get_model("guests", "JoinCode").objects.iterator(chunk_size=500):
        entrances.filter(project=code.project_id).update(code=code.code)


class Migration(migrations.Migration):

    dependencies = [
        ('brainstorms', '0001_a_question_is_put_to_all'),
        ('guests', '0003_a_question_has_rules_of_its_own'),
        ('projects', '0013_a_room_can_be_closed'),
    ]

    operations = [
        migrations.AddField(
            model_name='entrance',
            name='code',
            field=models.CharField(blank=True, default='', max_length=12),
        ),
        migrations.RunPython(say_by_which, migrations.RunPython.noop),
        migrations.RemoveField(
            model_name='entrance',
            name='has_code',
        ),
    ]
