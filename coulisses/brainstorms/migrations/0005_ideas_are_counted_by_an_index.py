from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("brainstorms", "0004_a_family_knows_who_named_it"),
    ]

    operations = [
        migrations.RemoveIndex(model_name="idea", name="ideas_of_a_voice"),
        migrations.AddIndex(
            model_name="idea",
            index=models.Index(
                fields=["project", "voice", "is_gone", "position"], name="ideas_of_a_voice"
            ),
        ),
        migrations.AddIndex(
            model_name="idea",
            index=models.Index(
                condition=models.Q(("into", 0), ("is_gone", False)),
                fields=["project", "position"],
                name="ideas_that_stand",
            ),
        ),
    ]
