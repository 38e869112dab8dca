"""Django's flush, as the owner of the tables."""

from typing import Any

from django.core.management.commands.flush import Command as DjangoFlush

from okrapp.tenancy.owner import owner_connection


class Command(DjangoFlush):
    def handle(self, *args: Any, **options: Any) -> None:
        with owner_connection(options["database"]):
            super().handle(*args, **options)
