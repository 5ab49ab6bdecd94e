from django.db import migrations, models
from django.db.models import Q

GIVEN = ("words", "vote")


class Migration(migrations.Migration):
    dependencies = [("guests", "0001_a_guest_joins_by_a_code_and_knows_the_terms")]

    operations = [
        migrations.AddField(
            model_name="accepted",
            name="what",
            field=models.CharField(
                choices=[("words", "words"), ("vote", "vote")], default="words", max_length=8
            ),
        ),
        migrations.RemoveConstraint(model_name="accepted", name="accepted_once"),
        migrations.AddConstraint(
            model_name="accepted",
            constraint=models.UniqueConstraint(
                fields=("project", "voice", "version", "what"), name="accepted_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="accepted",
            constraint=models.CheckConstraint(
                condition=Q(what__in=GIVEN), name="what_is_given_is_known"
            ),
        ),
    ]
