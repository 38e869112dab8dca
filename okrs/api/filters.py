"""Filters of lists in the API."""

from typing import Any

import django_filters

from okrs.models import CheckIn, Initiative, KeyResult, Objective


class _WithArchived(django_filters.FilterSet):
    """Leaves out what is archived, unless `archived=true` asks for it."""

    archived = django_filters.BooleanFilter(method="filter_archived", label="archived")

    def filter_archived(self, queryset: Any, name: str, value: bool) -> Any:
        """Leave it to `qs`, which knows when nothing was asked."""
        return queryset

    @property
    def qs(self) -> Any:
        """Return the filtered rows."""
        queryset = super().qs
        wants_archived = str(self.data.get("archived", "")).lower() in {"true", "1"}
        return queryset if wants_archived else queryset.current()


class ObjectiveFilter(_WithArchived):
    q = django_filters.CharFilter(field_name="title", lookup_expr="icontains", label="part of the title")
    updated_since = django_filters.IsoDateTimeFilter(field_name="updated_at", lookup_expr="gte")
    cycle = django_filters.UUIDFilter(field_name="cycle_id")
    team = django_filters.UUIDFilter(field_name="team_id")
    owner = django_filters.UUIDFilter(field_name="owner_id")

    class Meta:
        model = Objective
        fields = ["cycle", "team", "owner", "level", "status", "kind"]


class KeyResultFilter(_WithArchived):
    q = django_filters.CharFilter(field_name="title", lookup_expr="icontains", label="part of the title")
    updated_since = django_filters.IsoDateTimeFilter(field_name="updated_at", lookup_expr="gte")
    objective = django_filters.UUIDFilter(field_name="objective_id")
    cycle = django_filters.UUIDFilter(field_name="objective__cycle_id")
    team = django_filters.UUIDFilter(field_name="objective__team_id")
    owner = django_filters.UUIDFilter(field_name="owner_id")

    class Meta:
        model = KeyResult
        fields = ["objective", "owner", "metric", "confidence"]


class CheckInFilter(django_filters.FilterSet):
    key_result = django_filters.UUIDFilter(field_name="key_result_id")
    author = django_filters.UUIDFilter(field_name="author_id")
    since = django_filters.IsoDateTimeFilter(field_name="at", lookup_expr="gte")
    until = django_filters.IsoDateTimeFilter(field_name="at", lookup_expr="lt")

    class Meta:
        model = CheckIn
        fields = ["key_result", "author"]


class InitiativeFilter(django_filters.FilterSet):
    objective = django_filters.UUIDFilter(field_name="objective_id")
    key_result = django_filters.UUIDFilter(field_name="key_result_id")
    owner = django_filters.UUIDFilter(field_name="owner_id")

    class Meta:
        model = Initiative
        fields = ["objective", "key_result", "owner", "status"]
