"""Pages of a list, by cursor: stable while rows are added, and as quick on the last page as on the first."""

from rest_framework.pagination import CursorPagination


class CursorPages(CursorPagination):
    """`{"next", "previous", "results"}`; `page_size` up to 200. Ids carry their time, so they order by age."""

    page_size = 50
    page_size_query_param = "page_size"
    max_page_size = 200
    ordering = "id"
    page_size_query_description = "How many in a page: 1 to 200, 50 unless told."
    cursor_query_description = "Where the page begins; part of the addresses in `next` and `previous`."
