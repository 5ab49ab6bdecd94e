from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("brainstorms", "0005_ideas_are_counted_by_an_index")]

    operations = [
        migrations.RemoveIndex(model_name="twin", name="twins_to_offer"),
        migrations.AddIndex(
            model_name="twin",
            index=models.Index(
                condition=models.Q(("is_dismissed", False)),
                fields=["project", "-likeness", "id"],
                name="twins_to_offer",
            ),
        ),
    ]
