"""Background work of notifications."""

from okrapp.celery import app
from okrapp.tenancy.tasks import TenantTask


@app.task
def send_due(*, organization_id: int) -> int:
    """Send what is due in an organization; twice at once does no harm. Returns how many deliveries were sent.

    Enters the organization by itself, because no transaction may be open while a message is handed over.
    """
    from okrapp.notifications.domain.outbox import send_due as send  # models are loaded by the time it runs

    return send(organization_id)


@app.task(base=TenantTask)
def look_in_the_morning(*, organization_id: int) -> int:
    """Look at the days that come near; twice does no harm. Returns how many apps looked."""
    from okrapp.notifications.domain.morning import look_in_the_morning as look  # models are loaded by the time it runs

    return look()
