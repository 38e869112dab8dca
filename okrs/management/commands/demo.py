"""Make the invented company to look around in."""

import json
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from okrs.demo.build import build_demo, count_demo
from okrs.demo.company import SLUG
from organizations.errors import Refused
from organizations.models import Organization


class Command(BaseCommand):
    help = "Makes an invented company with people, teams and a year of OKRs; one that exists is left as it is."

    def add_arguments(self, parser: CommandParser) -> None:
        languages = [code for code, _name in settings.LANGUAGES]
        parser.add_argument("--language", choices=languages, help="the language of its texts; default: en")
        parser.add_argument("--organization", default=SLUG, metavar="SLUG", help="its short name in the address")
        parser.add_argument("--if-empty", action="store_true", help="do nothing if there is any organization already")
        parser.add_argument("--json", action="store_true", help="print the result as JSON, and nothing else")

    def handle(self, *args: Any, **options: Any) -> None:
        slug, language = options["organization"], options["language"] or "en"
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

    def _tell(self, options: dict[str, Any], slug: str, made: bool, counts: dict[str, int], text: str) -> None:
        result = {"organization": slug, "created": made, "counts": counts}
        self.stdout.write(json.dumps(result) if options["json"] else text)
