from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("decisions", "0001_a_question_is_put_to_the_vote")]

    operations = [
        migrations.AddField(
            model_name="decision",
            name="shown_position",
            field=models.PositiveBigIntegerField(default=0),
        ),
        migrations.AddIndex(
            model_name="decision",
            index=models.Index(
                condition=models.Q(("shown_position__gt", 0)),
                fields=["project", "shown_position"],
                name="decision_shown_in",
            ),
        ),
    ]
