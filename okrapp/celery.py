"""The Celery application.

Tasks are acknowledged when they are done, and given back when a worker dies: losing work is worse than doing it
twice, and every task is written so that twice does no harm.
"""

import os

from celery import Celery
from celery.signals import worker_init

from okrapp import heartbeats, task_log  # noqa: F401 - they connect what watches workers and tasks

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "okrapp.settings")

app = Celery("okrapp")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@worker_init.connect
def check_wall_before_working(**kwargs: object) -> None:
    """Refuse to start a worker whose database role would see through the wall."""
    from okrapp.tenancy.checks import refuse_to_serve_without_wall  # Django is set up by now, not at import

    refuse_to_serve_without_wall()
