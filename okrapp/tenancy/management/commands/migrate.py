"""Django's migrate, as the owner of the tables."""

from typing import Any

from django.core.management.commands.migrate import Command as DjangoMigrate

from okrapp.tenancy.owner import owner_connection


class Command(DjangoMigrate):
    def handle(self, *args: Any, **options: Any) -> None:
        with owner_connection(options["database"]):
            super().handle(*args, **options)
