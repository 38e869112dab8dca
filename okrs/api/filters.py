"""Filters of lists in the API."""

import django_filters

from okrapp.api.filters import CurrentFilter, MomentFilter
from okrs.models import (
    Alignment,
    CheckIn,
    Cycle,
    Initiative,
    KeyResult,
    Objective,
    RetroAction,
    RetroCard,
    Retrospective,
    Review,
)


class ObjectiveFilter(CurrentFilter):
    q = django_filters.CharFilter(field_name="title", lookup_expr="icontains", label="A part of the title.")
    updated_since = MomentFilter(field_name="updated_at", lookup_expr="gte")
    cycle = django_filters.UUIDFilter(field_name="cycle_id")
    team = django_filters.UUIDFilter(field_name="team_id")
    owner = django_filters.UUIDFilter(field_name="owner_id")

    class Meta:
        model = Objective
        fields = ["cycle", "team", "owner", "level", "status", "kind"]


class KeyResultFilter(CurrentFilter):
    q = django_filters.CharFilter(field_name="title", lookup_expr="icontains", label="A part of the title.")
    updated_since = MomentFilter(field_name="updated_at", lookup_expr="gte")
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
    since = MomentFilter(field_name="at", lookup_expr="gte")
    until = MomentFilter(field_name="at", lookup_expr="lt")

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


class CycleFilter(CurrentFilter):
    class Meta:
        model = Cycle
        fields = {"phase": ["exact"], "length": ["exact"], "starts_on": ["lte", "gte"], "ends_on": ["lte", "gte"]}


class AlignmentFilter(django_filters.FilterSet):
    objective = django_filters.UUIDFilter(field_name="objective_id")
    target_objective = django_filters.UUIDFilter(field_name="target_objective_id")
    target_key_result = django_filters.UUIDFilter(field_name="target_key_result_id")
    target_priority = django_filters.UUIDFilter(field_name="target_priority_id")
    cycle = django_filters.UUIDFilter(field_name="objective__cycle_id", label="The cycle of what supports.")

    class Meta:
        model = Alignment
        fields: tuple[str, ...] = ()


class ReviewFilter(django_filters.FilterSet):
    objective = django_filters.UUIDFilter(field_name="objective_id")
    cycle = django_filters.UUIDFilter(field_name="objective__cycle_id")
    team = django_filters.UUIDFilter(field_name="objective__team_id")
    updated_since = MomentFilter(field_name="updated_at", lookup_expr="gte")

    class Meta:
        model = Review
        fields = ["objective", "outcome", "not_reviewed"]


class RetrospectiveFilter(django_filters.FilterSet):
    cycle = django_filters.UUIDFilter(field_name="cycle_id")
    team = django_filters.UUIDFilter(field_name="team_id")

    class Meta:
        model = Retrospective
        fields = ["cycle", "team", "state"]


class RetroCardFilter(django_filters.FilterSet):
    retrospective = django_filters.UUIDFilter(field_name="retrospective_id")

    class Meta:
        model = RetroCard
        fields = ["retrospective", "column", "about_process"]


class RetroActionFilter(django_filters.FilterSet):
    retrospective = django_filters.UUIDFilter(field_name="retrospective_id")
    team = django_filters.UUIDFilter(field_name="team_id")
    owner = django_filters.UUIDFilter(field_name="owner_id")

    class Meta:
        model = RetroAction
        fields = ["retrospective", "team", "owner", "state"]
