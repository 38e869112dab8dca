"""What a response says about the work it took."""

import time
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

API = "/api/"
UNREADABLE = 400


class QueryClock:
    """Counts statements and adds up their seconds. SET LOCAL does not pass here: the backend sends it itself."""

    def __init__(self) -> None:
        self.count = 0
        self.seconds = 0.0

    def __call__(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        started = time.perf_counter()
        try:
            return execute(sql, params, many, context)
        finally:
            self.count += 1
            self.seconds += time.perf_counter() - started


class ReadableInputMiddleware:
    """Answers 400 to a NUL in a query or a form.

    PostgreSQL has no text with it, so that every lookup by what was sent would fail. Form fields refuse it by
    themselves; what views read straight from the request does not. The API answers for itself: it reads through
    fields only, and in its own media types.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if "%00" in request.META.get("QUERY_STRING", "") and not request.path_info.startswith(API):
            return render(request, "400.html", status=UNREADABLE)
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        """Look at the form, after the middleware that may refuse it unread."""
        if request.path_info.startswith(API):
            return None
        if request.method == "POST" and any("\0" in value for _, values in request.POST.lists() for value in values):
            return render(request, "400.html", status=UNREADABLE)
        return None


class ServerTimingMiddleware:
    """Adds `Server-Timing` (milliseconds in total and in the database, number of queries).

    For everybody in demo and debug mode, otherwise for operators of the installation only, since timing tells
    strangers things.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        clock = QueryClock()
        vars(request)["query_clock"] = clock  # for the line of the log, which is written further out
        started = time.perf_counter()
        with connection.execute_wrapper(clock):
            response = self.get_response(request)
        # request.user is lazy: asking it on a request that never did would cost a query of its own.
        user = getattr(request, "_cached_user", None)
        if settings.DEBUG or settings.DEMO or getattr(user, "is_superuser", False):
            total = (time.perf_counter() - started) * 1000
            response["Server-Timing"] = (
                f'total;dur={total:.1f}, db;dur={clock.seconds * 1000:.1f}, queries;desc="{clock.count}"'
            )
        return response
