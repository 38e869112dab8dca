"""Make a personal token for a member; for whoever operates the installation."""

import json
from argparse import ArgumentParser
from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from okrapp.tenancy.context import tenant_context
from organizations.actor import system_actor
from organizations.domain.api_token import create_token
from organizations.enums import Scope, Via
from organizations.errors import Refused
from organizations.models import Membership, Organization


class Command(BaseCommand):
    """Prints the secret once; it cannot be shown again."""

    help = "Make an API token that acts as a member of an organization, and print its secret, once."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the arguments."""
        parser.add_argument("--organization", required=True, metavar="SLUG", help="short name in the address")
        parser.add_argument("--member", required=True, metavar="EMAIL", help="e-mail address of the member")
        parser.add_argument(
            "--scopes", required=True, metavar="SCOPE,…", help=f"separated by commas: {', '.join(Scope.values)}"
        )
        parser.add_argument("--name", default="Command line", help="what the token is for")
        parser.add_argument("--expires-days", type=int, metavar="N", help="days it works; without: no end")
        parser.add_argument("--json", action="store_true", help="print one JSON object and nothing else")

    def handle(self, *args: Any, **options: Any) -> None:
        """Make the token; CommandError says what does not fit."""
        organization = Organization.objects.filter(slug=options["organization"]).first()
        if organization is None:
            raise CommandError(f"There is no organization with the short name {options['organization']!r}.")
        days = options["expires_days"]
        if days is not None and days < 1:
            raise CommandError("--expires-days must be at least 1.")
        with tenant_context(organization.pk):
            member = Membership.objects.active().filter(email__iexact=options["member"]).first()
            if member is None:
                raise CommandError(f"Nobody in {organization.name} has the e-mail address {options['member']!r}.")
            try:
                token, secret = create_token(
                    actor=system_actor(Via.COMMAND),
                    membership=member,
                    name=options["name"][:80],
                    scopes=[scope.strip() for scope in options["scopes"].split(",") if scope.strip()],
                    expires_at=None if days is None else timezone.now() + timedelta(days=days),
                )
            except Refused as refusal:
                raise CommandError(" ".join(refusal.messages)) from refusal
        if options["json"]:
            made = {
                "token": secret,
                "id": str(token.pk),
                "organization": organization.slug,
                "member": member.email,
                "scopes": token.scopes,
                "expires_at": token.expires_at.isoformat() if token.expires_at else None,
            }
            self.stdout.write(json.dumps(made))
        else:
            self.stdout.write(secret)
            self.stderr.write("This is shown only once. It acts as the member, within its scopes.")
