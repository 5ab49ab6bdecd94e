from django.db import migrations, models
from django.db.models import Q

CHOICES = ["stays", "asks", "free", "here", "kept", "open", "own"]


class Migration(migrations.Migration):
    dependencies = [("guests", "0002_a_vote_has_a_line_of_its_own")]

    operations = [
        migrations.AlterField(
            model_name="terms",
            name="choice",
            field=models.CharField(choices=[(one, one) for one in CHOICES], max_length=5),
        ),
        migrations.RemoveConstraint(model_name="terms", name="terms_are_known"),
        migrations.AddConstraint(
            model_name="terms",
            constraint=models.CheckConstraint(
                condition=Q(choice__in=CHOICES, version__gt=0), name="terms_are_known"
            ),
        ),
    ]
