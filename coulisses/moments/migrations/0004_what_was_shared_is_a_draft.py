from django.db import migrations


def take_over(apps, schema_editor):
    """Make drafts of what had been shared from a phone and was not told yet."""
    draft, attachment = (apps.get_model("moments", name) for name in ("Draft", "Attachment"))
    for shared in apps.get_model("moments", "Shared").objects.all():
        made = draft.objects.create(
            project_id=shared.project_id,
            account_id=shared.account_id,
            body=shared.words,
            kept_at=shared.arrived_at,
        )
        attachment.objects.bulk_create(
            attachment(
                project_id=shared.project_id,
                draft=made,
                version=version,
                what="picture",
                name="",
                place=place,
                kept_at=shared.arrived_at,
            )
            for place, version in enumerate(shared.versions)
        )


class Migration(migrations.Migration):
    dependencies = [("moments", "0003_drafts_and_what_is_attached_to_them")]

    operations = [migrations.RunPython(take_over, migrations.RunPython.noop)]
