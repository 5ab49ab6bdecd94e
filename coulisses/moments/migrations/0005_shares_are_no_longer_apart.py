from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("moments", "0004_what_was_shared_is_a_draft")]

    operations = [migrations.DeleteModel(name="Shared")]
