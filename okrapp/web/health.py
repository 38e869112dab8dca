"""For machines that watch the process: is it alive, can it serve?"""

import logging
from collections.abc import Callable

import redis
from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, connections, transaction
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

logger = logging.getLogger(__name__)

_PATIENCE = 2.0  # seconds for the broker
_known_as_migrated = False


@transaction.non_atomic_requests
@never_cache
@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """200 while the process answers; touches neither database nor broker."""
    return JsonResponse({"status": "ok"})


@transaction.non_atomic_requests
@never_cache
@require_safe
def readyz(request: HttpRequest) -> HttpResponse:
    """200 when database and broker answer and every migration is applied, else 503; says which one does not."""
    checks = {
        "database": _passes("database", _database_answers),
        "migrations": _passes("migrations", _is_migrated),
        "broker": _passes("broker", _broker_answers),
    }
    ready = all(checks.values())
    answer = {
        "status": "ok" if ready else "unavailable",
        "checks": {name: "ok" if good else "failed" for name, good in checks.items()},
    }
    return JsonResponse(answer, status=200 if ready else 503)


def _passes(name: str, check: Callable[[], bool]) -> bool:
    try:
        return check()
    except Exception:
        # Whatever it is, the answer is "not ready"; why is for the log, not for strangers.
        logger.exception("Not ready: %s", name)
        return False


def _database_answers() -> bool:
    with connections[DEFAULT_DB_ALIAS].cursor() as cursor:
        cursor.execute("SELECT 1")
        return cursor.fetchone() == (1,)


def _is_migrated() -> bool:
    # Reading the graph of migrations takes a while, and what is applied stays applied while this process runs.
    global _known_as_migrated
    if not _known_as_migrated:
        executor = MigrationExecutor(connections[DEFAULT_DB_ALIAS])
        _known_as_migrated = not executor.migration_plan(executor.loader.graph.leaf_nodes())
    return _known_as_migrated


def _broker_answers() -> bool:
    with redis.Redis.from_url(
        settings.CELERY_BROKER_URL, socket_timeout=_PATIENCE, socket_connect_timeout=_PATIENCE
    ) as client:
        return bool(client.ping())
