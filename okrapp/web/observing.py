"""Watching requests: an id that every log line of one carries, and a line about each."""

import re
import time
import uuid
from collections.abc import Callable

import structlog
from django.http import HttpRequest, HttpResponse
from structlog.contextvars import bind_contextvars, clear_contextvars

from okrapp.logs import route_of
from okrapp.web.metrics import count_request

log = structlog.get_logger(__name__)

HEADER = "X-Request-ID"
# What proxies make: a UUID, or some other row of letters and digits. Anything else is not repeated.
_SANE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{7,63}")


def request_id_of(request: HttpRequest) -> str:
    """Return the id a proxy has given to a request, or a new one when it gave none that is sane."""
    given = request.headers.get(HEADER, "")
    return given if _SANE.fullmatch(given) else uuid.uuid4().hex


class ObservingMiddleware:
    """Gives each request an id, answers it in `X-Request-ID`, counts it, and writes one line when it is done.

    The line has method, name of the route (never the path: some are secrets), status, milliseconds and the number of
    statements. Until then `request_id`, and `organization` once it is known, stand in every line that is logged.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        started = time.perf_counter()
        # A thread serves one request after the other: nothing of the last one may stay.
        clear_contextvars()
        request_id = request_id_of(request)
        vars(request)["request_id"] = request_id
        bind_contextvars(request_id=request_id)
        try:
            response = self.get_response(request)
            seconds = time.perf_counter() - started
            response[HEADER] = request_id
            route, clock = route_of(request), getattr(request, "query_clock", None)
            count_request(method=request.method, route=route, status=response.status_code, seconds=seconds)
            log.info(
                "request",
                method=request.method,
                route=route,
                status=response.status_code,
                ms=round(seconds * 1000, 1),
                queries=clock.count if clock else 0,
            )
            return response
        finally:
            clear_contextvars()
