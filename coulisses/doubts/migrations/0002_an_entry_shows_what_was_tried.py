import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("doubts", "0001_doubts_have_a_life_and_leads"),
        ("projects", "0012_what_voices_gave_leaves_a_trail"),
    ]

    operations = [
        migrations.CreateModel(
            name="Attempt",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("doubt", models.PositiveBigIntegerField()),
                ("said", models.PositiveBigIntegerField()),
                ("by", models.PositiveBigIntegerField()),
                ("audience", models.CharField(max_length=26)),
                (
                    "project",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="projects.project",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["project", "by"], name="attempts_by_entry")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("project", "said"), name="one_attempt_per_entry"
                    )
                ],
            },
        ),
    ]
