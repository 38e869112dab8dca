"""How the outbox stands, and sending again what was given up; for whoever operates the installation."""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from okrapp.logs import scrubbed
from okrapp.notifications.domain.outbox import replay
from okrapp.notifications.enums import State
from okrapp.notifications.models import Delivery
from okrapp.notifications.queries.outbox import OutboxState, dead_deliveries, outbox_state
from okrapp.tenancy.context import tenant_context
from organizations.models import Organization


class Command(BaseCommand):
    """Names ids, channels and errors; never who was told what."""

    help = "Show deliveries by state, organization by organization; with --replay, send again what was given up."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the arguments."""
        parser.add_argument("--organization", metavar="SLUG", help="only this one, with what was given up")
        parser.add_argument("--replay", action="store_true", help="send again all that was given up there")
        parser.add_argument("--json", action="store_true", help="print one JSON object for each organization")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print a line for each organization that has anything in its outbox; CommandError for an unknown one."""
        organizations = Organization.objects.order_by("slug")
        if options["organization"]:
            organizations = organizations.filter(slug=options["organization"])
            if not organizations:
                raise CommandError(f"There is no organization with the short name {options['organization']!r}.")
        if options["replay"] and not options["organization"]:
            raise CommandError("Say for which organization: --organization SLUG.")
        for organization in organizations:
            with tenant_context(organization.pk):
                if options["replay"]:
                    dead = Delivery.objects.filter(state=State.DEAD).values_list("pk", flat=True)
                    self.stderr.write(f"{replay(dead)} deliveries are sent again.")
                state = outbox_state()
                dead_rows = dead_deliveries() if options["organization"] else []
            if any(state.counts.values()) or options["organization"]:
                self._print(organization, state, dead_rows, as_json=options["json"])

    def _print(self, organization: Organization, state: OutboxState, dead: list[Delivery], *, as_json: bool) -> None:
        late = int(state.late.total_seconds())
        if as_json:
            rows = [
                {"id": str(one.pk), "channel": one.channel, "kind": one.kind, "error": scrubbed(one.problem)}
                for one in dead
            ]
            told = {
                "organization": organization.slug,
                **state.counts,
                "possibly_twice": state.possibly_twice,
                "late_seconds": late,
            }
            self.stdout.write(json.dumps(told | ({"given_up": rows} if rows else {})))
            return
        words = ", ".join(f"{count} {name}" for name, count in state.counts.items() if count) or "nothing"
        self.stdout.write(f"{organization.slug}: {words}" + (f"; {late} s late" if late else ""))
        for one in dead:
            self.stdout.write(f"  {one.pk} {one.channel} {one.kind}: {scrubbed(one.problem)}")
