"""Studios and projects that stand already hold the names that they have."""

from typing import Any

from django.db import migrations

from coulisses.lib import slugs


def _hold(apps: Any, _schema: Any) -> None:
    handle, address = apps.get_model("people", "Handle"), apps.get_model("projects", "Address")
    studios = apps.get_model("projects", "Studio").objects.order_by("pk")
    projects = apps.get_model("projects", "Project").objects.order_by("pk")
    # Of two studios that look alike already, one holds the look; the other keeps its address.
    handle.objects.bulk_create(
        [handle(look=slugs.look(one.slug), slug=one.slug, holder=one.pk) for one in studios],
        ignore_conflicts=True,
    )
    address.objects.bulk_create(
        [address(studio_id=one.studio_id, slug=one.slug, project=one) for one in projects],
        ignore_conflicts=True,
    )


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0005_a_name_in_an_address_is_given_once"),
        ("projects", "0007_addresses_viewers_and_invitations_into_a_team"),
    ]

    operations = [migrations.RunPython(_hold, migrations.RunPython.noop)]
