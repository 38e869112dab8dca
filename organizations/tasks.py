"""Background work of the organizations app, and the sweep that starts everybody's."""

from uuid import UUID

from okrapp.celery import app
from okrapp.tenancy.tasks import TenantTask


@app.task
def sweep() -> int:
    """Hand out the work that is due, organization by organization; runs each minute. Returns how much there was."""
    from organizations.domain.dispatch import hand_out_due  # models are loaded by the time it runs

    return hand_out_due()


@app.task(base=TenantTask)
def work_on_import(*, organization_id: int, import_id: str) -> bool:
    """Check or run one import; doing it twice does no harm. Returns whether there was anything to do."""
    from organizations.domain.imports import work_on  # models are loaded by the time it runs

    return work_on(UUID(import_id))


@app.task(base=TenantTask)
def take_up_imports(*, organization_id: int) -> int:
    """Work on imports whose own task got lost, one after the other. Returns how many there were."""
    from organizations.domain.imports import take_up  # models are loaded by the time it runs

    return take_up()


@app.task(base=TenantTask)
def clean_up(*, organization_id: int) -> None:
    """Throw away what is kept for a while only, and come back tomorrow."""
    from organizations.domain.clean_up import clean_up as throw_away  # models are loaded by the time it runs

    throw_away()
