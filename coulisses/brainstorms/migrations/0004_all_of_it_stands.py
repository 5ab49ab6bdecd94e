from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('brainstorms', '0002_a_brainstorm_is_called'),
        ('brainstorms', '0003_a_host_looks_first_drives_a_screen_and_practises'),
        ('brainstorms', '0003_ideas_are_gathered_at_a_table'),
    ]

    operations = []
