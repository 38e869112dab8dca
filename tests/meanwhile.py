"""Two at once, in a known order: one holds a transaction open, the other is seen to wait for it."""

import threading
import time
from collections.abc import Callable
from typing import Any

from django.db import connection

from organizations.models import Organization
from tests.factories.worlds import within

PATIENCE = 20.0  # seconds


class Other(threading.Thread):
    """Somebody who does one thing on a connection of their own; `failure` is what came of it, None for nothing bad."""

    def __init__(self, organization: Organization, act: Callable[[], Any]) -> None:
        super().__init__()
        self.organization, self.act = organization, act
        self.failure: BaseException | None = None
        self.process = 0
        self.ready = threading.Event()

    def run(self) -> None:
        try:
            with within(self.organization):
                with connection.cursor() as cursor:
                    cursor.execute("SELECT pg_backend_pid()")
                    self.process = cursor.fetchone()[0]
                self.ready.set()
                self.act()
        except BaseException as failure:
            self.failure = failure
        finally:
            self.ready.set()
            connection.close()

    def waits(self) -> bool:
        """Begin, and return whether it came to wait for a lock: False when it got through without."""
        self.start()
        return self.is_waiting()

    def is_waiting(self) -> bool:
        """Return whether what has begun comes to wait for a lock; False when it gets through without."""
        assert self.ready.wait(PATIENCE)
        deadline = time.monotonic() + PATIENCE
        while self.is_alive() and time.monotonic() < deadline:
            with connection.cursor() as cursor:
                cursor.execute("SELECT count(*) FROM pg_locks WHERE pid = %s AND NOT granted", [self.process])
                if cursor.fetchone()[0]:
                    return True
        assert not self.is_alive(), "neither done nor waiting"
        return False

    def end(self) -> BaseException | None:
        self.join(PATIENCE)
        assert not self.is_alive()
        return self.failure
