"""`manage.py messages extract|compile|check|stats`: the translation catalogues, without gettext on the machine."""

from argparse import ArgumentParser
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from okrapp.web.catalogues import (
    CatalogueError,
    check_catalogues,
    compile_catalogues,
    progress_of,
    write_catalogues,
)

SHOWN = 40
"""So many problems are listed in full unless --all is given; the rest is counted."""


class Command(BaseCommand):
    """Keep the catalogues in step with the sources."""

    help = (
        "Extract messages into locale/, compile them, check that nothing is missing or wrong, or show how far they are."
    )
    # Catalogues are compiled before there is a database.
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the action and the languages."""
        parser.add_argument("action", choices=["extract", "compile", "check", "stats"])
        parser.add_argument("--language", action="append", help="only this language; may be repeated")
        parser.add_argument("--all", action="store_true", help="list every problem")

    def handle(self, *, action: str, language: list[str] | None, all: bool, **options: object) -> None:
        """Run one action; CommandError (exit code 1) when something is wrong."""
        known = [code for code, _name in settings.LANGUAGES if code != settings.LANGUAGE_CODE]
        if unknown := [code for code in language or [] if code not in known]:
            raise CommandError(f"No such language: {', '.join(unknown)}. There are {', '.join(known)}.")
        root, locale = Path(settings.BASE_DIR), Path(settings.LOCALE_PATHS[0])
        try:
            getattr(self, f"_{action}")(root, locale, language or known, all)
        except CatalogueError as error:
            raise CommandError(str(error)) from error

    def _extract(self, root: Path, locale: Path, languages: list[str], everything: bool) -> None:
        sources, changed = write_catalogues(root, locale, languages)
        result = f"updated {', '.join(changed)}" if changed else "nothing changed"
        self.stdout.write(f"{len(sources.messages)} messages in {sources.files} files: {result}")
        self._stats(root, locale, languages, everything)

    def _compile(self, root: Path, locale: Path, languages: list[str], everything: bool) -> None:
        compiled = compile_catalogues(locale, languages)
        for code in languages:
            count = f"{compiled[code]} messages" if code in compiled else "no catalogue, nothing compiled"
            self.stdout.write(f"{code}: {count}")

    def _stats(self, root: Path, locale: Path, languages: list[str], everything: bool) -> None:
        for one in progress_of(locale, languages):
            share = one.translated * 100 // one.total if one.total else 0
            self.stdout.write(f"{one.language}: {one.translated} of {one.total} translated ({share} %)")

    def _check(self, root: Path, locale: Path, languages: list[str], everything: bool) -> None:
        sources, problems = check_catalogues(root, locale, languages)
        for problem in problems if everything else problems[:SHOWN]:
            self.stderr.write(str(problem))
        if len(problems) > SHOWN and not everything:
            self.stderr.write(f"… and {len(problems) - SHOWN} more (--all shows them)")
        covered = f"{len(sources.messages)} messages from {sources.files} files in {', '.join(languages)}"
        if problems:
            raise CommandError(f"{len(problems)} problems; checked {covered}.")
        self.stdout.write(f"Checked {covered}: complete.")
