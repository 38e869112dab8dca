"""Translation catalogues without system tools: what the sources say, what the .po files say, and the .mo
files.

English is the language of the sources: its plurals need no catalogue, Django picks the singular for 1 by
itself. Every other language has one file, `locale/<language>/LC_MESSAGES/django.po`, sorted by text and
without places, dates or line breaks of its own, so that two people who translate different screens do not
meet in it. The .mo files beside them are made by `compile` and are not kept in version control.
"""

import io
import os
import re
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from tokenize import TokenError

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import PoFileError, read_po, write_po
from django.utils.translation.template import templatize

from okrapp.web.translation_checks import faults

KEYWORDS: dict[str, tuple[int | tuple[int, str], ...] | None] = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
COMMENT_TAGS = ("Translators:",)
TEMPLATE_SUFFIXES = frozenset({".html", ".txt", ".xml"})
SKIPPED = frozenset(
    {"node_modules", "var", "tests", "static", "staticfiles", "locale", "docs", "migrations", "__pycache__", "build"}
)
HEADER = (
    'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n"Content-Transfer-Encoding: 8bit\\n"\n'
    '"Language: {language}\\n"\n"Plural-Forms: {plural_forms}\\n"\n'
)
LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)
"""Written into every .mo file, so that compiling the same text twice gives the same bytes."""
STRING_OR_SPACE = re.compile(r"""("(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*')|[^\S\n ]""")
PO_LINE = re.compile(r'\s*(?:#.*|(?:msgctxt|msgid|msgid_plural|msgstr|msgstr\[\d\])?\s*"(?:\\.|[^"\\])*"\s*)?')
ATTRIBUTE_CALL = re.compile(
    r"""\s:[\w-]+=(?P<quote>["'])(?P<value>(?:(?!(?P=quote)).)*_\((?:(?!(?P=quote)).)*)(?P=quote)"""
)

Key = tuple[str, str]
"""What makes a message one message: context (empty without one) and singular text."""


class CatalogueError(Exception):
    """A source or a catalogue that cannot be read; the text names the file and what is wrong."""


@dataclass(slots=True)
class SourceMessage:
    """A message of the sources: its texts, the comments for translators, and the files it stands in."""

    id: str
    plural: str = ""
    context: str = ""
    comments: list[str] = field(default_factory=list)
    files: list[str] = field(default_factory=list)

    @property
    def key(self) -> Key:
        """Context and singular text."""
        return self.context, self.id


@dataclass(slots=True)
class Sources:
    """Everything the sources say: messages by key, how many files were read, and what contradicts itself."""

    messages: dict[Key, SourceMessage]
    files: int
    conflicts: list[str]


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong with one catalogue: `kind` is a stable word, `text` the message it is about (may be
    empty)."""

    language: str
    kind: str
    text: str = ""
    detail: str = ""

    def __str__(self) -> str:
        parts = [self.language, self.kind]
        if self.text:
            parts.append(repr(self.text if len(self.text) <= 80 else f"{self.text[:77]}…"))
        return ": ".join([*parts, self.detail] if self.detail else parts)


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a language is."""

    language: str
    translated: int
    total: int


def source_files(root: Path) -> list[Path]:
    """Return every Python file and template below `root` that can hold text, sorted; tests, docs and the
    like do not."""
    found: list[Path] = []
    for folder, folders, names in os.walk(root):
        folders[:] = sorted(name for name in folders if name not in SKIPPED and not name.startswith("."))
        path = Path(folder)
        is_template_folder = "templates" in path.relative_to(root).parts
        found += [
            path / name
            for name in sorted(names)
            if name.endswith(".py") or (is_template_folder and Path(name).suffix in TEMPLATE_SUFFIXES)
        ]
    return found


def read_sources(root: Path) -> Sources:
    """Return every message of the sources below `root`. CatalogueError names a file that cannot be read."""
    sources = Sources({}, 0, [])
    for path in source_files(root):
        sources.files += 1
        name = path.relative_to(root).as_posix()
        for message in messages_of(path, name):
            known = sources.messages.setdefault(message.key, message)
            if message.plural and known.plural and message.plural != known.plural:
                files = ", ".join(sorted({*known.files, name}))
                sources.conflicts.append(f"{message.id!r} has two plurals ({files})")
            known.plural = known.plural or message.plural
            known.comments += [comment for comment in message.comments if comment not in known.comments]
            known.files += [file for file in message.files if file not in known.files]
    return sources


def messages_of(path: Path, name: str) -> Iterator[SourceMessage]:
    """Yield the messages of one file, which is called `name` in them."""
    try:
        text = path.read_text(encoding="utf-8")
        code = text if path.suffix == ".py" else _as_python(text, name)
        for _line, texts, comments, context in extract(
            "python",
            io.BytesIO(code.encode()),
            keywords=KEYWORDS,
            comment_tags=COMMENT_TAGS,
            options={"encoding": "utf-8"},
        ):
            singular, plural = (texts[0], texts[1]) if isinstance(texts, tuple) else (texts, "")
            if singular:
                yield SourceMessage(singular, plural or "", context or "", list(comments), [name])
    except (SyntaxError, TokenError, UnicodeDecodeError, OSError) as error:
        raise CatalogueError(f"{name}: {error}") from error


def _as_python(text: str, name: str) -> str:
    """Turn a template into lines a Python tokenizer can read, with its messages as gettext calls.

    Lines lose their indentation, which means nothing here but everything to the tokenizer; odd white space
    outside of strings becomes plain. Component attributes that hold an expression (`:label="_('Close')"`)
    are added at the end: Django's lexer does not look inside text.
    """
    code = STRING_OR_SPACE.sub(lambda match: match[1] or " ", templatize(text, origin=name))
    lines = [line.lstrip() for line in code.split("\n")]
    lines += [match["value"].strip() for match in ATTRIBUTE_CALL.finditer(text) if "{" not in match["value"]]
    return "\n".join(lines)


def catalogue_path(locale: Path, language: str) -> Path:
    """Return where the catalogue of a language lies."""
    return locale / language / "LC_MESSAGES" / "django.po"


def read_catalogue(locale: Path, language: str) -> Catalog | None:
    """Return the catalogue of a language, or None where there is none yet; CatalogueError when it is
    damaged."""
    path = catalogue_path(locale, language)
    if not path.exists():
        return None
    try:
        text = path.read_text(encoding="utf-8")
        # Babel drops lines it does not understand, such as those of a merge conflict; translations would be lost.
        for number, line in enumerate(text.split("\n"), start=1):
            if not PO_LINE.fullmatch(line):
                raise CatalogueError(f"{path.name} ({language}), line {number}: {line[:60]!r}")
        return read_po(io.StringIO(text), locale=language, ignore_obsolete=True, abort_invalid=True)
    except (PoFileError, ValueError, LookupError, TypeError) as error:
        raise CatalogueError(f"{path.name} ({language}): {error}") from error


def merged(sources: Sources, old: Catalog | None, language: str) -> Catalog:
    """Return the catalogue that matches the sources, with every translation of `old` that still has its
    message.

    Nothing is guessed: a changed text is a new, untranslated message, and what is gone is dropped.
    """
    known = {(message.context or "", _texts(message.id)[0]): message for message in old or [] if message.id}
    catalog = Catalog(locale=language)
    for key in sorted(sources.messages, key=lambda key: (key[1].casefold(), key[1], key[0])):
        source = sources.messages[key]
        before = known.get(key)
        kept = None if before is None else _kept(source, before, catalog.num_plurals)
        catalog.add(
            (source.id, source.plural) if source.plural else source.id,
            string=kept if kept is not None else (("",) * catalog.num_plurals if source.plural else ""),
            context=source.context or None,
            auto_comments=source.comments,
            user_comments=before.user_comments if before and kept is not None else (),
            flags={"fuzzy"} if before and kept is not None and before.fuzzy else (),
        )
    return catalog


def _kept(source: SourceMessage, before: Message, plurals: int) -> str | tuple[str, ...] | None:
    """Return the old translation in the shape the message has now; None where it does not fit."""
    strings = _texts(before.string)
    if not source.plural:
        return strings[0]
    is_same = isinstance(before.id, tuple | list) and before.id[1] == source.plural
    return strings if is_same and len(strings) == plurals else None


def written(catalog: Catalog, language: str) -> str:
    """Return the text of a catalogue file: short header, one line per text, no places, no dates."""
    buffer = io.BytesIO()
    write_po(buffer, catalog, width=0, no_location=True, omit_header=True, ignore_obsolete=True)
    body = buffer.getvalue().decode().strip("\n")
    header = HEADER.format(language=language, plural_forms=catalog.plural_forms)
    return f"{header}\n{body}\n" if body else header


def write_catalogues(root: Path, locale: Path, languages: Iterable[str]) -> tuple[Sources, list[str]]:
    """Bring the catalogues up to date with the sources; return these and the languages whose file changed.

    Raises CatalogueError before anything is written when a source or catalogue cannot be read or a message
    has two plurals.
    """
    sources = read_sources(root)
    if sources.conflicts:
        raise CatalogueError("; ".join(sources.conflicts))
    texts = {
        language: written(merged(sources, read_catalogue(locale, language), language), language)
        for language in languages
    }
    changed: list[str] = []
    for language, text in texts.items():
        path = catalogue_path(locale, language)
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            _replace(path, text.encode())
            changed.append(language)
    return sources, changed


def compile_catalogues(locale: Path, languages: Iterable[str]) -> dict[str, int]:
    """Write the .mo file beside every catalogue; return how many messages each holds.

    Untranslated, half-translated and fuzzy messages are left out, so that they show in English rather than
    empty. A reader never sees half a file. A language without a catalogue is left out.
    """
    compiled: dict[str, int] = {}
    for language in languages:
        catalog = read_catalogue(locale, language)
        if catalog is None:
            continue
        finished = Catalog(locale=language, creation_date=LONG_AGO, revision_date=LONG_AGO)
        for message in catalog:
            if message.id and is_translated(message):
                finished.add(message.id, message.string, context=message.context)
        buffer = io.BytesIO()
        write_mo(buffer, finished)
        _replace(catalogue_path(locale, language).with_suffix(".mo"), buffer.getvalue())
        compiled[language] = len(finished)
    return compiled


def is_translated(message: Message) -> bool:
    """Whether every form of a message has a text that nobody doubts."""
    return not message.fuzzy and all(_texts(message.string))


def progress_of(locale: Path, languages: Iterable[str]) -> list[Progress]:
    """Return how many messages of each catalogue are translated."""
    found: list[Progress] = []
    for language in languages:
        messages = [message for message in read_catalogue(locale, language) or [] if message.id]
        found.append(Progress(language, sum(is_translated(message) for message in messages), len(messages)))
    return found


def check_catalogues(root: Path, locale: Path, languages: Sequence[str]) -> tuple[Sources, list[Problem]]:
    """Return the sources and everything wrong with the catalogues; an empty list when they are complete and
    correct."""
    sources = read_sources(root)
    problems = [Problem("en", "conflict", detail=conflict) for conflict in sources.conflicts]
    for language in languages:
        try:
            problems += _check(sources, locale, language)
        except CatalogueError as error:
            problems.append(Problem(language, "unreadable", detail=str(error)))
    return sources, problems


def _check(sources: Sources, locale: Path, language: str) -> Iterator[Problem]:
    catalog = read_catalogue(locale, language)
    if catalog is None:
        yield Problem(language, "no catalogue", detail=f"{len(sources.messages)} messages wait for it")
        return
    plural_forms = Catalog(locale=language).plural_forms
    if catalog.plural_forms != plural_forms:
        yield Problem(language, "plural forms", detail=f"{catalog.plural_forms} instead of {plural_forms}")
    found: set[Key] = set()
    for message in catalog:
        if not message.id:
            continue
        texts = _texts(message.id)
        key = (message.context or "", texts[0])
        found.add(key)
        source = sources.messages.get(key)
        if source is None or source.plural != (texts[1] if len(texts) > 1 else ""):
            yield Problem(language, "not in the sources", texts[0])
            continue
        if message.fuzzy:
            yield Problem(language, "fuzzy", texts[0])
        strings = _texts(message.string)
        if not all(strings):
            yield Problem(language, "untranslated", texts[0], ", ".join(source.files))
        else:
            for fault in faults(texts, strings):
                yield Problem(language, fault.kind, texts[0], fault.detail)
    for key, source in sources.messages.items():
        if key not in found:
            yield Problem(language, "missing", source.id, ", ".join(source.files))
    path = catalogue_path(locale, language)
    if path.read_text(encoding="utf-8") != written(merged(sources, catalog, language), language):
        yield Problem(language, "not up to date", detail="run: bin/manage messages extract")


def _texts(value: str | Sequence[str] | None) -> tuple[str, ...]:
    """Return one or several texts as a tuple."""
    return (value or "",) if isinstance(value, str) or value is None else tuple(value)


def _replace(path: Path, content: bytes) -> None:
    """Write a file so that its readers see the old or the new content, never half of one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        Path(name).chmod(0o644)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
