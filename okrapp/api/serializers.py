"""Rows as plain values, and references to rows of the organization."""

from collections.abc import Callable
from datetime import datetime
from operator import attrgetter
from typing import Any, ClassVar
from uuid import UUID

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

Convert = Callable[[Any], Any]


class RowSerializer(serializers.ModelSerializer):
    """Shows rows of one model; for reading only.

    Does what ModelSerializer does, several times faster: a list of 50 objectives has thousands of values. Moments are
    told in UTC, whoever asks.
    """

    _plan: ClassVar[Any] = None

    def columns(self) -> list[str]:
        """Return the columns that `values()` must give, where rows are fetched without making objects of them."""
        return self._read_plan()[1]

    def _read_plan(self) -> "Plan":
        cls = type(self)
        if "_plan" not in vars(cls):
            cls._plan = _plan_of(self)
        plan: Plan = cls._plan
        return plan

    def get_fields(self) -> dict[str, serializers.Field]:
        """Return the fields; choices that may be empty say so in the schema also where they are only read."""
        fields: dict[str, serializers.Field] = super().get_fields()
        model: Any = self.Meta.model
        columns = {column.name: column for column in model._meta.fields}
        for name, field in fields.items():
            if isinstance(field, serializers.ChoiceField) and name in columns:
                field.allow_blank = columns[name].blank and not columns[name].null
        return fields

    def to_representation(self, instance: Any) -> dict[str, Any]:
        """Return a row as plain JSON values; a row may also be a dictionary of `columns()`."""
        names, sources, read, converted, methods = self._read_plan()
        values = [instance[source] for source in sources] if isinstance(instance, dict) else read(instance)
        shown = dict(zip(names, values, strict=True))
        for name, convert in converted:
            value = shown[name]
            if value is not None:
                shown[name] = convert(value)
        for name, method in methods:
            shown[name] = getattr(self, method)(instance)
        return shown


Plan = tuple[list[str], list[str], Convert, list[tuple[str, Convert]], list[tuple[str, str]]]


def _plan_of(serializer: RowSerializer) -> Plan:
    """Return names, sources and a reader of plain attributes, what is converted how, and what methods give."""
    fields: list[Any] = [field for field in serializer.fields.values() if not field.write_only]
    methods = [
        (str(field.field_name), str(field.method_name))
        for field in fields
        if isinstance(field, serializers.SerializerMethodField)
    ]
    plain = [field for field in fields if not isinstance(field, serializers.SerializerMethodField)]
    converted = [(field.field_name, convert) for field in plain if (convert := _converter(field)) is not None]
    sources = [field.source for field in plain]
    return [field.field_name for field in plain], sources, attrgetter(*sources), converted, methods


def _converter(field: serializers.Field) -> Convert | None:
    if isinstance(field, serializers.DateTimeField):
        return _moment
    if isinstance(field, serializers.DateField):
        return str
    if isinstance(field, serializers.DecimalField):
        return float
    if isinstance(field, serializers.UUIDField):
        return str
    return None


def _moment(value: datetime) -> str:
    """Return a moment as the database gives it, in UTC."""
    text = value.isoformat()
    return text[:-6] + "Z" if text.endswith("+00:00") else text


def related(queryset: Any, **options: Any) -> serializers.PrimaryKeyRelatedField:
    """Return a field that takes the id of a row of this organization."""
    return serializers.PrimaryKeyRelatedField(queryset=queryset, pk_field=serializers.UUIDField(), **options)


class RelatedRows(serializers.ListField):
    """Takes ids of rows of this organization and gives the rows; one query, however many."""

    child = serializers.UUIDField()
    default_error_messages = {"does_not_exist": _("There is nothing of the id %(id)s here.")}

    def __init__(self, queryset: Any, **options: Any) -> None:
        self.queryset = queryset
        options.setdefault("max_length", 200)
        super().__init__(**options)

    def to_internal_value(self, data: Any) -> list[Any]:
        """Return the rows in the order of the ids, each once; an error names an id that is not there."""
        ids: list[UUID] = list(dict.fromkeys(super().to_internal_value(data)))
        found = {row.pk: row for row in self.queryset.all().filter(pk__in=ids)}
        for one in ids:
            if one not in found:
                raise serializers.ValidationError(self.error_messages["does_not_exist"] % {"id": one})
        return [found[one] for one in ids]
