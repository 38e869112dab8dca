"""What filters of lists have in common."""

from datetime import UTC, datetime
from typing import Any

import django_filters
from django import forms
from django.utils.translation import gettext_lazy as _
from django_filters.rest_framework import DjangoFilterBackend
from rest_framework.request import Request


class MomentField(django_filters.fields.IsoDateTimeField):
    """A moment in UTC: PostgreSQL does not know every offset that ISO 8601 can write."""

    def clean(self, value: Any) -> datetime | None:
        """Return the moment; a problem for one that UTC has no date for."""
        moment: datetime | None = super().clean(value)
        try:
            return None if moment is None else moment.astimezone(UTC)
        except OverflowError as error:
            raise forms.ValidationError(_("Enter a valid date/time.")) from error


class MomentFilter(django_filters.IsoDateTimeFilter):
    """Compares with a moment."""

    field_class = MomentField


class FilterBackend(DjangoFilterBackend):
    """Filters lists by what is asked; who asks nothing costs no form of a dozen fields."""

    def filter_queryset(self, request: Request, queryset: Any, view: Any) -> Any:
        """Return the rows asked for."""
        filterset = self.get_filterset_class(view, queryset)
        if filterset is None or filterset.base_filters.keys() & request.query_params.keys():
            return super().filter_queryset(request, queryset, view)
        return filterset.unasked(queryset) if issubclass(filterset, CurrentFilter) else queryset


class CurrentFilter(django_filters.FilterSet):
    """Leaves out what is put away, unless it is asked for: `?archived=true` brings it along.

    The queryset's method of the name in `kept` says what is not put away.
    """

    archived = django_filters.BooleanFilter(method="leave_to_qs", label="True: with those that are archived.")
    # The name of the filter that brings everything along.
    everything = "archived"
    kept = "current"

    def leave_to_qs(self, queryset: Any, name: str, value: bool) -> Any:
        """Do nothing: `qs` knows also when nothing was asked."""
        return queryset

    @classmethod
    def unasked(cls, queryset: Any) -> Any:
        """Return the rows for a request without any filter."""
        return getattr(queryset, cls.kept)()

    @property
    def qs(self) -> Any:
        """Return the filtered rows."""
        queryset = super().qs
        return queryset if self.form.cleaned_data.get(self.everything) else self.unasked(queryset)
