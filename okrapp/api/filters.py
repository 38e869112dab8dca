"""What filters of lists have in common."""

from typing import Any

import django_filters


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

    @property
    def qs(self) -> Any:
        """Return the filtered rows."""
        queryset = super().qs
        return queryset if self.form.cleaned_data.get(self.everything) else getattr(queryset, self.kept)()
