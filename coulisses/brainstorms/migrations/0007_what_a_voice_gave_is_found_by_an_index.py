from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("brainstorms", "0006_twins_are_offered_by_their_likeness")]

    operations = [
        migrations.AddIndex(
            model_name="idea",
            index=models.Index(fields=["voice", "project"], name="ideas_by_voice"),
        ),
        migrations.AddIndex(
            model_name="unheard",
            index=models.Index(fields=["project", "voice"], name="unheard_of_a_voice"),
        ),
    ]
