"""What Prometheus is told of the work that organizations have to do."""

from collections.abc import Iterable

from prometheus_client.core import Metric

from okrapp.web.metrics import age, gauge
from organizations.queries.dispatch import dispatch_state


def dispatch_metrics() -> Iterable[Metric]:
    """Return how much work is due, and how late the oldest is; one query."""
    found = dispatch_state()
    yield gauge("okrapp_dispatch_due", "Pieces of work that are due and wait for the sweep.", found.due)
    yield gauge("okrapp_dispatch_late_seconds", "How long the oldest of them has been due.", age(found.oldest) or 0)
