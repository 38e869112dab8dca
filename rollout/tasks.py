"""Background work of the rollout app."""

from okrapp.celery import app
from okrapp.tenancy.tasks import TenantTask


@app.task(base=TenantTask)
def send_messages(*, organization_id: int) -> int:
    """Send the messages of rollouts that are due; twice does no harm. Returns how many."""
    from rollout.domain.message_sending import send_due_messages  # models are loaded by the time it runs

    return send_due_messages()


@app.task(base=TenantTask)
def enrol_who_needs_it(*, organization_id: int) -> int:
    """Enrol the organization's people in the courses they need; twice does no harm. Returns how many."""
    from rollout.domain.enrolling_by_itself import enrol_who_needs_it as enrol  # models are loaded by the time it runs

    return enrol()
