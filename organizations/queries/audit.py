"""Reads of the audit trail, as sentences people understand."""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.db.models import DecimalField, Field, Model, Q, QuerySet
from django.utils import formats, timezone
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from okrapp.web.numbers import format_number
from organizations.actor import Actor
from organizations.models import AuditEntry, Membership
from organizations.queries.audit_words import FIELDS, KEYS, SENTENCES
from organizations.registry import registry

PAGE_SIZE = 50
# What the template shows of an entry at first sight.
SHOWN = 6
ISO_DAY_LENGTH = 10
SHOWN_LENGTH = 80
# How a decimal is kept.
_DECIMAL = re.compile(r"-?\d+\.\d+\Z")
# Things that are named in the sentence by their kind alone.
_NAMELESS = {"organizations.organizationsettings"}


@dataclass(frozen=True, slots=True)
class AuditFilter:
    """What to show; None and empty mean everything. Days are of the active time zone, both included."""

    actor: Membership | None = None
    object_type: str = ""
    verb: str = ""
    since: date | None = None
    until: date | None = None


@dataclass(slots=True)
class Change:
    """One field, before and after, as texts."""

    label: str
    before: str
    after: str


@dataclass(slots=True)
class Line:
    """One entry of the trail, ready to be shown."""

    entry: AuditEntry
    sentence: str
    changes: list[Change] = field(default_factory=list)

    @property
    def has_more(self) -> bool:
        """Whether there is more than fits the line: many changes, or long texts."""
        return len(self.changes) > SHOWN or any(
            len(text) > SHOWN_LENGTH for change in self.changes for text in (change.before, change.after)
        )


@dataclass(slots=True)
class AuditPage:
    """Entries from new to old, and the cursor of the next page (empty on the last)."""

    lines: list[Line]
    next_cursor: str


def audit_page(
    actor: Actor, wanted: AuditFilter, cursor: str = "", size: int = PAGE_SIZE, about: Q | None = None
) -> AuditPage:
    """Return a page of the trail; one query, and one for each kind of object that the changes mention.

    What is private to others is left out. `about`: a condition for entries besides the filter.
    A cursor that makes no sense begins at the newest entry.
    """
    entries = visible_entries(actor).select_related("actor").order_by("-at", "-id")
    if about is not None:
        entries = entries.filter(about)
    if wanted.actor is not None:
        entries = entries.filter(actor=wanted.actor)
    if wanted.object_type:
        entries = entries.filter(object_type=wanted.object_type)
    if wanted.verb:
        entries = entries.filter(verb=wanted.verb)
    if wanted.since is not None:
        entries = entries.filter(at__gte=_midnight(wanted.since))
    if wanted.until is not None:
        entries = entries.filter(at__lt=_midnight(wanted.until + timedelta(days=1)))
    if (place := _read_cursor(cursor)) is not None:
        at, last_id = place
        entries = entries.filter(Q(at__lt=at) | Q(at=at, pk__lt=last_id))
    found = list(entries[: size + 1])
    rows = found[:size]
    return AuditPage(lines_of(rows), _cursor(rows[-1]) if len(found) > size else "")


def visible_entries(actor: Actor) -> QuerySet[AuditEntry]:
    """Return the entries of the trail but those about what is private to others."""
    entries = AuditEntry.objects.all()
    for hidden in registry.hidden_entries:
        entries = entries.exclude(hidden(actor))
    return entries


def object_types() -> list[tuple[str, str]]:
    """Return (label, name) of every kind of object that can appear in the trail."""
    names = {model._meta.label_lower: kind_name(model._meta.label_lower) for model in _audited_models()}
    return sorted(names.items(), key=lambda pair: pair[1].casefold())


def kind_name(object_type: str) -> str:
    """Return what a kind of object is called."""
    own = {
        "notifications.endpoint": _("connection"),
        "organizations.organizationsettings": _("the settings of the organization"),
        "organizations.importrun": _("import"),
        "organizations.organization": _("organization"),
        "organizations.pauseperiod": _("pause"),
        "organizations.user": _("profile"),
    }
    if object_type in own:
        return own[object_type]
    try:
        return str(apps.get_model(object_type)._meta.verbose_name)
    except (LookupError, ValueError):
        return object_type


def _audited_models() -> Iterable[type[Model]]:
    labels = {"organizations", "roles", "okrs", "rollout"}
    others = {"notifications.endpoint"}
    joining = {"teammembership", "cycleteam", "auditentry", "dispatch", "idempotentrequest", "importedrow"}
    return [
        model
        for model in apps.get_models()
        if model._meta.label_lower in others
        or (model._meta.app_label in labels and model._meta.model_name not in joining)
    ]


def lines_of(entries: list[AuditEntry]) -> list[Line]:
    """Return entries ready to be shown; one query for each kind of object that their changes mention."""
    fields = {entry.pk: _fields(entry) for entry in entries}
    names = _names(entries, fields)
    return [
        Line(
            entry,
            _sentence(entry),
            _changes(entry, fields[entry.pk], names),
        )
        for entry in entries
    ]


def _changes(entry: AuditEntry, fields: dict[str, Field], names: dict[str, str]) -> list[Change]:
    """What became different, in words: without what stayed as it was, and without ids that nothing is known of."""
    before, after = entry.before or {}, entry.after or {}
    found = []
    for key in {**before, **after}:
        old, new = before.get(key), after.get(key)
        known = fields.get(key)
        if _says_nothing(known, key, old, names) and _says_nothing(known, key, new, names):
            continue
        change = Change(_label(known, key), _text(known, old, names), _text(known, new, names))
        if entry.before is None or change.before != change.after:
            found.append(change)
    return found


def _says_nothing(known: Field | None, key: str, value: Any, names: dict[str, str]) -> bool:
    """Whether a value means something to programs only. What a number is a key of tells the field."""
    if key in KEYS and (known is None or known.is_relation):
        return True
    return value is None or (isinstance(value, str) and _is_id(value) and value not in names)


def _sentence(entry: AuditEntry) -> str:
    who = entry.actor.display_name if entry.actor else _("The system")
    kind = kind_name(entry.object_type)
    what = kind
    if entry.object_label and entry.object_type not in _NAMELESS:
        what = _("%(kind)s “%(name)s”") % {"kind": kind, "name": entry.object_label}
    sentence = SENTENCES.get(entry.verb)
    if sentence is None:
        return f"{who}: {entry.verb} – {what}"
    return str(sentence).format(who=who, what=what)


def _fields(entry: AuditEntry) -> dict[str, Field]:
    """The model's fields that an entry mentions."""
    try:
        model = apps.get_model(entry.object_type)
    except (LookupError, ValueError):
        return {}
    found = {}
    for key in {**(entry.before or {}), **(entry.after or {})}:
        try:
            known = model._meta.get_field(key)
        except FieldDoesNotExist:
            continue
        if isinstance(known, Field):
            found[key] = known
    return found


def _names(entries: list[AuditEntry], fields: dict[UUID, dict[str, Field]]) -> dict[str, str]:
    """{id: name} of everything the changes point at; one query per kind."""
    wanted: dict[type[Model], set[str]] = defaultdict(set)
    for entry in entries:
        for values in (entry.before or {}, entry.after or {}):
            for key, value in values.items():
                model = _target(fields[entry.pk].get(key), key)
                if model is not None and isinstance(value, str) and _is_id(value):
                    wanted[model].add(value)
    return {str(row.pk): str(row) for model, ids in wanted.items() for row in model._default_manager.filter(pk__in=ids)}


def _target(known: Field | None, key: str) -> type[Model] | None:
    if known is not None:
        model = known.related_model
        return model if isinstance(model, type) else None
    return Membership if key in ("membership", "member") else None


def _label(known: Field | None, key: str) -> str:
    # Django makes up a name from that of the field, in English.
    if known is not None and known._verbose_name is not None:  # type: ignore[attr-defined]
        return capfirst(str(known.verbose_name))
    if key in FIELDS:
        return str(FIELDS[key])
    if known is not None and (model := _target(known, key)) is not None:
        return capfirst(str(model._meta.verbose_name))
    return capfirst(key.replace("_", " "))


def _text(known: Field | None, value: Any, names: dict[str, str]) -> str:
    if value is None or value == "" or value == []:
        return "–"
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, list):
        return ", ".join(_text(known, item, names) for item in value)
    if isinstance(value, dict):
        return ", ".join(f"{key}: {item}" for key, item in value.items())
    if known is not None and (in_words := registry.audit_values.get(str(known))):
        return in_words(value)
    if known is not None and known.flatchoices:
        return str(dict(known.flatchoices).get(value, value))
    if isinstance(value, int | float | Decimal):
        return format_number(value, places=4)
    if (known is None or isinstance(known, DecimalField)) and isinstance(value, str) and _DECIMAL.match(value):
        return format_number(Decimal(value), places=4)
    text = names.get(str(value), str(value))
    return _day(text) if len(text) <= 40 else text


def _day(text: str) -> str:
    """A date or moment in the reader's way; anything else as it is."""
    try:
        if len(text) == ISO_DAY_LENGTH and (day := parse_date(text)):
            return formats.date_format(day, "SHORT_DATE_FORMAT")
        if moment := parse_datetime(text):
            return formats.date_format(timezone.localtime(moment) if moment.tzinfo else moment, "SHORT_DATETIME_FORMAT")
    except ValueError:
        pass  # looks like a date and is none
    return text


def _is_id(value: str) -> bool:
    try:
        UUID(value)
    except ValueError:
        return False
    return True


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


def _cursor(entry: AuditEntry) -> str:
    return f"{entry.at.isoformat()}_{entry.pk}"


def _read_cursor(cursor: str) -> tuple[datetime, UUID] | None:
    moment, _underscore, last_id = cursor.partition("_")
    try:
        at = datetime.fromisoformat(moment)
        return (at, UUID(last_id)) if at.tzinfo else None
    except ValueError:
        return None
