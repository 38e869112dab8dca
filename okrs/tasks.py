"""Background work of the okrs app."""

from okrapp.celery import app
from okrapp.tenancy.tasks import TenantTask


@app.task(base=TenantTask)
def move_cycles(*, organization_id: int) -> int:
    """Move the organization's cycles whose next phase has come; twice does no harm. Returns how many moves."""
    from okrs.domain.cycle_phase import move_due_cycles  # models are loaded by the time it runs

    return move_due_cycles()


@app.task(base=TenantTask)
def remind(*, organization_id: int) -> int:
    """Remind people of the check-ins that are due; twice does no harm. Returns how many are told."""
    from okrs.domain.reminder import remind as remind_people  # models are loaded by the time it runs

    return remind_people()


@app.task(base=TenantTask)
def send_digests(*, organization_id: int) -> int:
    """Tell people of their teams' week; twice does no harm. Returns how many are told."""
    from okrs.domain.digest import send_digests as send  # models are loaded by the time it runs

    return send()
