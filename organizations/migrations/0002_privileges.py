"""What the application role may not do."""

from django.db import migrations

from okrapp.tenancy.operations import InsertOnly, NoAccess


class Migration(migrations.Migration):
    dependencies = [
        ("organizations", "0001_initial"),
        ("guardian", "0003_remove_groupobjectpermission_guardian_gr_content_ae6aec_idx_and_more"),
    ]

    operations = [
        InsertOnly("organizations_auditentry"),
        # guardian's generic tables stand outside the wall; only its direct foreign keys are used.
        NoAccess("guardian_userobjectpermission"),
        NoAccess("guardian_groupobjectpermission"),
    ]
