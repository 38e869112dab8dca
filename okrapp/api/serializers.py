"""Rows as values, and references to rows of the organization."""

from collections.abc import Callable, Mapping, Sequence
from operator import attrgetter
from typing import Any, ClassVar, NamedTuple
from uuid import UUID

from django.db.models import TextField
from django.db.models.functions import Cast
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers


class RefusesOthers(serializers.Serializer):
    """Refuses what it does not take: a misspelt field would be a change that never happened, answered with 200.

    `elsewhere` says by what other way a field is changed.
    """

    elsewhere: ClassVar[Mapping[str, Any]] = {}

    def to_internal_value(self, data: Any) -> Any:
        """Return the values; an error names each field that there is not, or that is not changed here."""
        others = self._others(data) if isinstance(data, Mapping) else {}
        try:
            values = super().to_internal_value(data)
        except serializers.ValidationError as error:
            if isinstance(error.detail, dict):
                raise serializers.ValidationError({**error.detail, **others}) from error
            raise
        if others:
            raise serializers.ValidationError(others)
        return values

    def _others(self, data: Mapping[str, Any]) -> dict[str, Any]:
        taken = {name for name, field in self.fields.items() if not field.read_only}
        names = [name for name in data if name not in taken]
        if not names:
            return {}
        shown = {*self.fields, *self._shown()}
        # Half of a surrogate pair is a name that JSON can carry and no answer could.
        return {
            name.encode(errors="replace").decode(): self.elsewhere.get(name)
            or (_("This cannot be changed here.") if name in shown else _("There is no such field."))
            for name in names
        }

    def _shown(self) -> frozenset[str]:
        """Return what the resource tells of a row, of which some can only be read."""
        whole: Any = self.parent if isinstance(self.parent, serializers.ListSerializer) else self
        # Things inside a body, steps for example, are no rows of the resource.
        if whole.parent is not None:
            return frozenset()
        view = self.context.get("view")
        return frozenset(view.get_serializer().fields) if view is not None else frozenset()


class InputSerializer(RefusesOthers):
    """The body of a request, or a thing inside one. Whatever a resource takes is one of these or a `RowSerializer`."""


class RowSerializer(RefusesOthers, serializers.ModelSerializer):
    """Shows rows of one model, and takes the fields of it that are not only read.

    Does what ModelSerializer does, many times faster: a list of 50 objectives has thousands of values. They are given
    as they are, since whoever renders the answer knows how ids, moments and decimals look.
    """

    _plan: ClassVar[Any] = None

    def columns(self) -> list[str | Cast]:
        """Return what `values_list()` must fetch for `of_columns`; ids as text, which is how they are told."""
        return self._read_plan().columns

    def of_columns(self, values: Sequence[Any]) -> dict[str, Any]:
        """Return a row that was fetched without making an object of it; what methods would tell is null."""
        plan = self._read_plan()
        return dict(zip(plan.names, values, strict=True)) | plan.untold

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
        """Return a row as values that `okrapp.api.rendering` knows."""
        plan = self._read_plan()
        shown = dict(zip(plan.names, plan.read(instance), strict=True))
        for name, method in plan.methods:
            shown[name] = getattr(self, method)(instance)
        return shown


class Plan(NamedTuple):
    """How rows of a serializer are read: attributes, and then what methods tell."""

    names: list[str]
    columns: list[str | Cast]
    read: Callable[[Any], tuple[Any, ...]]
    methods: list[tuple[str, str]]
    untold: dict[str, None]


def _plan_of(serializer: RowSerializer) -> Plan:
    fields: list[Any] = [field for field in serializer.fields.values() if not field.write_only]
    methods = [
        (str(field.field_name), str(field.method_name))
        for field in fields
        if isinstance(field, serializers.SerializerMethodField)
    ]
    plain = [field for field in fields if not isinstance(field, serializers.SerializerMethodField)]
    sources = [str(field.source) for field in plain]
    ids = {field.source for field in plain if isinstance(field, serializers.UUIDField)}
    untold = dict.fromkeys(name for name, _method in methods)
    columns = [Cast(name, TextField()) if name in ids else name for name in sources]
    return Plan([field.field_name for field in plain], columns, attrgetter(*sources), methods, untold)


class RelatedRow(serializers.PrimaryKeyRelatedField):
    """Takes the id of a row of this organization that whoever asks may see.

    What belongs to another organization, or is private to others, is told to be as little there as what never was.
    """

    default_error_messages = {"does_not_exist": _("There is nothing of this id here.")}

    def get_queryset(self) -> Any:
        """Return the rows to choose from; what is private to others is not among them."""
        return visible_rows(super().get_queryset(), self.context["request"]._request.actor)


def visible_rows(queryset: Any, actor: Any) -> Any:
    """Return what an actor may see of a queryset; all of it where its rows are everybody's."""
    return queryset.visible_to(actor) if hasattr(queryset, "visible_to") else queryset


def related(queryset: Any, **options: Any) -> RelatedRow:
    """Return a field that takes the id of a row of this organization."""
    return RelatedRow(queryset=queryset, pk_field=serializers.UUIDField(), **options)


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
