from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('brainstorms', '0002_a_brainstorm_is_called'),
    ]

    operations = [
        migrations.AddField(
            model_name='mask',
            name='number',
            field=models.PositiveIntegerField(default=0),
            preserve_default=False,
        ),
        migrations.AddConstraint(
            model_name='mask',
            constraint=models.UniqueConstraint(fields=('project', 'number'), name='masks_are_told_apart'),
        ),
    ]
