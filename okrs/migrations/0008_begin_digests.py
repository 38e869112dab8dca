"""Let organizations that are there already be looked at for digests; new ones begin when they are founded."""

from django.db import migrations
from django.utils import timezone

from okrapp.tenancy.operations import each_organization


def begin(apps, schema_editor):
    Dispatch = apps.get_model("organizations", "Dispatch")
    for organization_id in each_organization(schema_editor):
        Dispatch.objects.get_or_create(
            organization_id=organization_id, kind="okrs.digests", defaults={"due_at": timezone.now()}
        )


class Migration(migrations.Migration):
    dependencies = [("okrs", "0007_begin_reminding")]
    operations = [migrations.RunPython(begin, migrations.RunPython.noop)]
