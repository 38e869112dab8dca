"""Pages of a list, by cursor: stable while rows are added, and as quick on the last page as on the first."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _
from rest_framework import exceptions
from rest_framework.pagination import Cursor, CursorPagination
from rest_framework.request import Request


class CursorPages(CursorPagination):
    """`{"next", "previous", "results"}`; `page_size` up to 200. Ids carry their time, so they order by age."""

    page_size = 50
    page_size_query_param = "page_size"
    max_page_size = 200
    ordering = "id"
    parameters = ("cursor", "page_size")
    page_size_query_description = "How many in a page: 1 to 200, 50 unless told."
    cursor_query_description = "Where the page begins; part of the addresses in `next` and `previous`."

    def decode_cursor(self, request: Request) -> Any:
        """Return the place a cursor names; a problem (422) for one that nobody gave."""
        try:
            return super().decode_cursor(request)
        except exceptions.NotFound as error:
            text = _("Take it from “next” or “previous” of a page, as it is.")
            raise exceptions.ValidationError({"cursor": text}) from error


class ListPages(CursorPages):
    """The same pages of a list that was computed, in its own order.

    A cursor names the row that a page begins at, or ends before, by its attribute `ordering`, and its place for when
    that row is gone.
    """

    # As far as a list may reach: what was computed costs the same for every page of it.
    offset_cutoff = 1_000_000

    def paginate_queryset(self, queryset: Any, request: Request, view: Any = None) -> list[Any]:
        """Return the rows of the page asked for."""
        self.request, self.base_url = request, request.build_absolute_uri()
        self.rows: Sequence[Any] = queryset
        size = self.get_page_size(request) or self.page_size
        cursor = self.decode_cursor(request)
        edge = 0 if cursor is None else self._place(cursor)
        goes_back = cursor is not None and cursor.reverse
        self.first, self.last = (max(edge - size, 0), edge) if goes_back else (edge, edge + size)
        return list(self.rows[self.first : self.last])

    def get_next_link(self) -> str | None:
        """Return the address of the page after this one; None on the last."""
        return self._link(self.last) if self.last < len(self.rows) else None

    def get_previous_link(self) -> str | None:
        """Return the address of the page before this one; None on the first."""
        return self._link(self.first, goes_back=True) if self.first > 0 else None

    def _place(self, cursor: Cursor) -> int:
        wanted: Any = cursor.position
        place = next((index for index, row in enumerate(self.rows) if self._named(row) == wanted), cursor.offset)
        return min(place, len(self.rows))

    def _link(self, place: int, *, goes_back: bool = False) -> str:
        name: Any = self._named(self.rows[place]) if place < len(self.rows) else None
        return str(self.encode_cursor(Cursor(offset=place, reverse=goes_back, position=name)))

    def _named(self, row: Any) -> str:
        return str(getattr(row, self.ordering))
