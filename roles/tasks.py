"""Background work of the roles app."""

from okrapp.celery import app
from okrapp.tenancy.tasks import TenantTask


@app.task(base=TenantTask)
def end_assignments(*, organization_id: int) -> int:
    """End the organization's roles whose last day is over; twice does no harm. Returns how many."""
    from roles.domain.assignment_calendar import end_due_assignments  # models are loaded by the time it runs

    return end_due_assignments()


@app.task(base=TenantTask)
def look_after_questions(*, organization_id: int) -> int:
    """Hand over questions that wait with a coach who is gone; twice does no harm. Returns how many."""
    from roles.domain.question_desk import look_after_questions  # models are loaded by the time it runs

    return look_after_questions()
