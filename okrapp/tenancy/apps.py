"""The tenancy package as a Django app: commands, checks, default privileges."""

from django.apps import AppConfig
from django.core.checks import Tags, register
from django.db.models.signals import pre_migrate


class TenancyConfig(AppConfig):
    name = "okrapp.tenancy"
    label = "tenancy"

    def ready(self) -> None:
        # Both need the app registry, which is ready only now.
        from okrapp.tenancy.checks import check_wall
        from okrapp.tenancy.privileges import grant_default_privileges

        register(check_wall, Tags.database)
        # The only signal in the project: Django offers no other moment between connecting and the first table.
        pre_migrate.connect(grant_default_privileges, sender=self)
