from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('projects', '0012_what_voices_gave_leaves_a_trail'),
    ]

    operations = [
        migrations.AddField(
            model_name='project',
            name='is_room_closed',
            field=models.BooleanField(db_default=False, default=False),
        ),
    ]
