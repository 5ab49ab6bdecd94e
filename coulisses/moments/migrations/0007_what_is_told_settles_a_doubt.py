from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("moments", "0006_a_failure_says_what_it_taught")]

    operations = [
        migrations.AddField(
            model_name="draft",
            name="settles",
            field=models.PositiveBigIntegerField(db_default=0, default=0),
        ),
        migrations.AddField(
            model_name="draft",
            name="how",
            field=models.CharField(
                choices=[("settled", "settled"), ("tried", "tried")],
                db_default="settled",
                default="settled",
                max_length=8,
            ),
        ),
    ]
