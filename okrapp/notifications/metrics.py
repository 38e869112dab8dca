"""What Prometheus is told of the outboxes, added up over all organizations."""

from collections.abc import Iterable

from prometheus_client.core import GaugeMetricFamily, Metric

from okrapp.notifications.queries.operations import outboxes
from okrapp.web.metrics import age, gauge


def outbox_metrics() -> Iterable[Metric]:
    """Return deliveries by channel and state, and how late the oldest is that waits; one statement."""
    found = outboxes()
    counts = GaugeMetricFamily("okrapp_outbox_deliveries", "Deliveries in the outboxes.", labels=["channel", "state"])
    for channel, states in sorted(found.by_channel().items()):
        for state, count in states.items():
            counts.add_metric([channel, state], count)
    yield counts
    oldest = age(found.oldest_waiting()) or 0
    yield gauge("okrapp_outbox_oldest_waiting_seconds", "How long the oldest delivery that waits has been due.", oldest)
    yield gauge("okrapp_outbox_dead", "Deliveries that were given up.", found.dead())
