"""Make the invented company to look around in."""

import json
import time
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection

from okrapp.tenancy.owner import owner_connection
from okrs.demo.build import build_demo, count_demo
from okrs.demo.company import SLUG
from okrs.demo.large.build import build_large
from okrs.demo.large.scale import BESIDE, LARGE
from organizations.errors import Refused
from organizations.models import Organization

LARGE_SLUG = "large"


class Command(BaseCommand):
    help = (
        "Makes an invented company with people, teams and a year of OKRs; one that exists is left as it is. With "
        "`--size large` a very large one and many small ones, to measure on."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        languages = [code for code, _name in settings.LANGUAGES]
        parser.add_argument("--language", choices=languages, help="the language of its texts; default: en")
        parser.add_argument(
            "--organization", metavar="SLUG", help=f"its short name in the address; default: {SLUG}, or {LARGE_SLUG}"
        )
        parser.add_argument(
            "--size",
            choices=["usual", "large"],
            default="usual",
            help="large: 10,000 members with 600,000 check-ins beside 999 small organizations, to measure on",
        )
        parser.add_argument(
            "--divided-by", type=int, default=1, metavar="N", help="a large one that is so many times smaller"
        )
        parser.add_argument("--if-empty", action="store_true", help="do nothing if there is any organization already")
        parser.add_argument("--json", action="store_true", help="print the result as JSON, and nothing else")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["size"] == "large":
            return self._make_large(options)
        slug, language = options["organization"] or SLUG, options["language"] or "en"
        organization = Organization.objects.filter(slug=slug).first()
        is_empty = not Organization.objects.exists()
        if options["if_empty"] and not is_empty:
            return self._tell(options, slug, False, {}, "There is an organization already, so nothing was made.")
        if organization is not None:
            return self._tell(options, slug, False, {}, f"“{slug}” exists already and was left as it is.")
        try:
            # Whoever asks for a language wants to read the product in it as well.
            organization = build_demo(slug=slug, language=language, speak=options["language"] is not None)
        except Refused as error:
            if Organization.objects.filter(slug=slug).exists():  # a second process was faster
                return self._tell(options, slug, False, {}, f"“{slug}” exists already and was left as it is.")
            raise CommandError(" ".join(error.messages)) from error
        counts = count_demo(organization)
        listed = ", ".join(f"{number} {name}" for name, number in counts.items())
        return self._tell(options, slug, True, counts, f"Made “{organization.name}” at /o/{slug}/: {listed}.")

    def _make_large(self, options: dict[str, Any]) -> None:
        slug, by = options["organization"] or LARGE_SLUG, max(1, options["divided_by"])
        started = time.monotonic()
        tell = self.stderr.write if options["json"] else self.stdout.write
        try:
            made = build_large(
                slug=slug, scale=LARGE.divided(by) if by > 1 else LARGE, beside=max(1, BESIDE // by), tell=tell
            )
        except Refused as error:
            raise CommandError(" ".join(error.messages)) from error
        if not made:
            return self._tell(options, slug, False, {}, f"“{slug}” and those beside it exist already.")
        if not connection.in_atomic_block:
            # Who has loaded so much tells the planner about it, which only the owner may.
            with owner_connection(), connection.cursor() as cursor:
                cursor.execute("ANALYZE")
        organization = Organization.objects.get(slug=slug)
        counts = {"organization": len(made)} | count_demo(organization)
        text = f"Made {len(made)} organizations in {time.monotonic() - started:.0f} s; the large one is at /o/{slug}/."
        return self._tell(options, slug, organization in made, counts, text)

    def _tell(self, options: dict[str, Any], slug: str, made: bool, counts: dict[str, int], text: str) -> None:
        result = {"organization": slug, "created": made, "counts": counts}
        self.stdout.write(json.dumps(result) if options["json"] else text)
