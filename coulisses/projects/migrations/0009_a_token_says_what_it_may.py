from django.db import migrations, models

# What every token could do before there were scopes, and no more.
BEFORE = "read tell desk curtain"


class Migration(migrations.Migration):
    dependencies = [("projects", "0008_names_given_before_are_kept_too")]

    operations = [
        migrations.AddField(
            model_name="token",
            name="scopes",
            field=models.CharField(max_length=60, default=BEFORE),
        ),
        migrations.AlterField(
            model_name="token",
            name="scopes",
            field=models.CharField(max_length=60, default="read tell"),
        ),
        migrations.AddField(
            model_name="token",
            name="expires_at",
            field=models.DateTimeField(null=True),
        ),
    ]
