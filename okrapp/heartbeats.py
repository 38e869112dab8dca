"""Beat and workers say that they are alive, as long as they are."""

import time
from typing import Any

from celery.beat import PersistentScheduler
from celery.signals import heartbeat_sent, worker_ready, worker_shutdown

from okrapp import pulse

# Seconds between two signs; Celery asks more often.
EVERY = 15.0
# When each worker of this process gave its last sign, on the monotonic clock.
_signs: dict[str, float] = {}


class Scheduler(PersistentScheduler):
    """Celery's own, which notes that it has ticked."""

    _last_sign = float("-inf")

    def tick(self, *args: Any, **kwargs: Any) -> float:
        """Queue what is due; return the seconds until the next tick."""
        pause: float = super().tick(*args, **kwargs)
        if time.monotonic() - self._last_sign >= EVERY:
            self._last_sign = time.monotonic()
            pulse.note_beat()
        return pause


@worker_ready.connect
def arrive(sender: Any, **kwargs: object) -> None:
    """Note a worker that begins."""
    _sign(sender.hostname)


@heartbeat_sent.connect
def live(sender: Any, **kwargs: object) -> None:
    """Note a worker that goes on, now and then."""
    name = sender.eventer.hostname
    if time.monotonic() - _signs.get(name, float("-inf")) >= EVERY:
        _sign(name)


@worker_shutdown.connect
def leave(sender: Any, **kwargs: object) -> None:
    """Forget a worker that ends in good order; it sends a last heartbeat afterwards, which is no sign of life."""
    _signs[sender.hostname] = float("inf")
    pulse.forget_worker(sender.hostname)


def _sign(name: str) -> None:
    _signs[name] = time.monotonic()
    pulse.note_worker(name)
