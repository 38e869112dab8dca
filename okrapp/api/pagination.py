"""Pages of a list, by cursor: stable while rows are added, and as quick on the last page as on the first."""

from typing import Any

from django.utils.translation import gettext as _
from rest_framework import exceptions
from rest_framework.pagination import CursorPagination
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
