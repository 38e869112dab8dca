"""Numbers for Prometheus: counted where the work is done, or looked up when they are asked for.

Requests are counted in each process; with several of them (gunicorn) in files of a directory, which are added up when
somebody asks (okrapp/gunicorn.py). Everything else is read from database and broker at that moment, so that it is right
whichever process answers. No label names an organization or a person, and each has few values.
"""

import os
from collections.abc import Callable, Iterable
from datetime import datetime

import structlog
from django.conf import settings
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from prometheus_client import CONTENT_TYPE_LATEST, REGISTRY, CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

from okrapp import pulse

log = structlog.get_logger(__name__)

UNAUTHORIZED = 401
_METHODS = {"GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE"}
# A worker gives a sign every quarter of a minute.
_ALIVE = 60.0

REQUESTS = Counter("okrapp_http_requests", "Requests that were answered.", ["method", "route", "status"])
REQUEST_SECONDS = Histogram(
    "okrapp_http_request_seconds",
    "How long answering took.",
    ["method", "route"],
    buckets=(0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10),
)

Source = Callable[[], Iterable[Metric]]


def count_request(*, method: str | None, route: str, status: int, seconds: float) -> None:
    """Count an answered request. `route` is its name, one of the finitely many of the URL configuration."""
    known = method if method in _METHODS else "other"
    REQUESTS.labels(known, route, str(status)).inc()
    REQUEST_SECONDS.labels(known, route).observe(seconds)


@transaction.non_atomic_requests
@never_cache
@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    """All numbers as Prometheus reads them, for whoever sends the token (`Authorization: Bearer …`); 401 for others.

    404 while no token is set. What cannot be looked up is left out, and `okrapp_source_up` says so.
    """
    if not settings.METRICS_TOKEN:
        raise Http404
    scheme, _, secret = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not constant_time_compare(secret.strip(), settings.METRICS_TOKEN):
        return HttpResponse(status=UNAUTHORIZED, headers={"WWW-Authenticate": "Bearer"})
    looked_up = CollectorRegistry()
    looked_up.register(_Sources())
    return HttpResponse(generate_latest(_counted()) + generate_latest(looked_up), content_type=CONTENT_TYPE_LATEST)


def age(moment: datetime | None) -> float | None:
    """Return the seconds since a moment, for a gauge; None for one that never was."""
    return None if moment is None else max(0.0, (timezone.now() - moment).total_seconds())


def gauge(name: str, text: str, value: float | None) -> GaugeMetricFamily:
    """Return a gauge without labels; without a value it is described and not there, which an alert can ask for."""
    family = GaugeMetricFamily(name, text)
    if value is not None:
        family.add_metric([], value)
    return family


def _counted() -> CollectorRegistry:
    """Return what was counted, in this process or, where there are several, in all of them."""
    if "PROMETHEUS_MULTIPROC_DIR" not in os.environ:
        return REGISTRY
    together = CollectorRegistry()
    MultiProcessCollector(together)
    return together


def _broker() -> Iterable[Metric]:
    """What beat, workers and tasks have left in the broker."""
    found = pulse.read()
    yield gauge("okrapp_beat_age_seconds", "Since beat last ticked.", age(found.beat))
    yield gauge("okrapp_sweep_age_seconds", "Since a worker last did the sweep.", age(found.sweep))
    alive = [one for one, at in found.workers if (age(at) or 0.0) < _ALIVE]
    yield gauge("okrapp_workers", "Workers that gave a sign of life within the last minute.", len(alive))
    yield gauge("okrapp_queue_tasks", "Tasks that wait for a worker.", found.queued)
    counts = CounterMetricFamily("okrapp_tasks", "Tasks that ended, by outcome.", labels=["task", "outcome"])
    for (name, outcome), count in sorted(found.tasks.items()):
        counts.add_metric([name, outcome], count)
    yield counts
    seconds = CounterMetricFamily("okrapp_task_seconds", "Seconds that tasks took.", labels=["task"])
    for name, sum_ in sorted(found.seconds.items()):
        seconds.add_metric([name], sum_)
    yield seconds


# What is looked up, by name; apps above add theirs when they are loaded.
sources: dict[str, Source] = {"broker": _broker}


class _Sources(Collector):
    """Asks each source, and goes on without those that fail."""

    def collect(self) -> Iterable[Metric]:
        """Return everything that could be looked up, and which sources could."""
        up = GaugeMetricFamily("okrapp_source_up", "Whether it could be asked (1), or not (0).", labels=["source"])
        for name, source in sources.items():
            try:
                yield from list(source())
            except Exception as error:
                # Whatever it is: the other numbers are the more wanted for it.
                log.warning("no_metrics", source=name, error=type(error).__name__)
                up.add_metric([name], 0)
            else:
                up.add_metric([name], 1)
        yield up
