"""Which names of its query a request really reads.

What a view does with `?name=…` is what it does without, up to the moment it reads that name. So a name that is never
read in a request without a query changes nothing when it is sent alone, and needs no request of its own.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from django.core.handlers.wsgi import WSGIRequest, get_bytes_from_wsgi
from django.http import QueryDict
from django.utils.functional import cached_property


class Asked:
    """The names that were read; all there are once the query was looked at as a whole."""

    def __init__(self) -> None:
        self.names: set[str] = set()
        self.everything = False

    def among(self, names: Iterable[str]) -> list[str]:
        """Return those of some names that were read."""
        return [name for name in names if self.everything or name in self.names]


def _by_name(kind: type[dict[Any, Any]], method: str, asked: Asked) -> Callable[..., Any]:
    def read(self: Any, name: Any, *args: Any, **kwargs: Any) -> Any:
        asked.names.add(str(name))
        return getattr(kind, method)(self, name, *args, **kwargs)

    return read


def _as_a_whole(kind: type[dict[Any, Any]], method: str, asked: Asked) -> Callable[..., Any]:
    def read(self: Any, *args: Any, **kwargs: Any) -> Any:
        asked.everything = True
        return getattr(kind, method)(self, *args, **kwargs)

    return read


_ONE = ("__getitem__", "__contains__", "get", "getlist")
_ALL = (
    *("__iter__", "__reversed__", "__len__", "__eq__", "__ne__", "__or__", "__ror__", "__copy__", "__deepcopy__"),
    *("keys", "values", "items", "lists", "copy", "urlencode"),
)


def _noted(kind: type[dict[Any, Any]], asked: Asked) -> type[Any]:
    """Return a kind of dictionary that tells what is read from it."""
    methods = {name: _by_name(kind, name, asked) for name in _ONE if hasattr(kind, name)}
    methods |= {name: _as_a_whole(kind, name, asked) for name in _ALL if hasattr(kind, name)}
    return type(kind.__name__, (kind,), methods)


@contextmanager
def asked_of_queries() -> Iterator[Asked]:
    """Note what requests in the block read from their queries."""
    asked = Asked()
    plain, query = _noted(dict, asked), _noted(QueryDict, asked)
    # Views that like a plain dictionary better still read it by name.
    query.dict = lambda self: plain({name: QueryDict.__getitem__(self, name) for name in dict.__iter__(self)})

    def read(request: WSGIRequest) -> Any:
        return query(get_bytes_from_wsgi(request.environ, "QUERY_STRING", ""))

    before = vars(WSGIRequest)["GET"]
    noting = cached_property(read)
    noting.__set_name__(WSGIRequest, "GET")
    WSGIRequest.GET = noting
    try:
        yield asked
    finally:
        WSGIRequest.GET = before
