"""Background work of the organizations app, and the sweep that starts everybody's."""

from typing import Any
from uuid import UUID

from okrapp import pulse
from okrapp.celery import app
from okrapp.tenancy.context import tenant_context
from okrapp.tenancy.tasks import TenantTask

# A mail server that is away for a while: 1, 2, 4, … minutes, about four hours in all.
_MAIL_RETRIES: dict[str, Any] = {
    "max_retries": 7,
    "retry_backoff": 60,
    "retry_backoff_max": 7200,
    "autoretry_for": (OSError,),
}


@app.task
def sweep() -> int:
    """Hand out the work that is due, organization by organization; runs each minute. Returns how much there was."""
    from organizations.domain.dispatch import hand_out_due  # models are loaded by the time it runs

    handed_out = hand_out_due()
    pulse.note_sweep()
    return handed_out


@app.task(**_MAIL_RETRIES)
def send_mail(*, to: list[str], subject: str, text: str, html: str = "") -> None:
    """Send a finished mail; tried again when the mail server cannot be reached."""
    from organizations.mail import Mail, send_now  # settings are loaded by the time it runs

    send_now(Mail(to=to, subject=subject, text=text, html=html))


@app.task(**_MAIL_RETRIES)
def mail_invitation(*, organization_id: int, invitation_id: str, link: str) -> bool:
    """Send the mail of an invitation that can still be accepted. Returns whether one was sent.

    Enters the organization by itself, because a mail server must not be waited for inside a transaction.
    """
    from organizations.domain.invitation import compose_invitation  # models are loaded by the time it runs
    from organizations.mail import send_now

    with tenant_context(organization_id):
        mail = compose_invitation(invitation_id=UUID(invitation_id), link=link)
    if mail is None:
        return False
    send_now(mail)
    return True


@app.task(base=TenantTask)
def work_on_import(*, organization_id: int, import_id: str) -> bool:
    """Check or run one import; doing it twice does no harm. Returns whether there was anything to do."""
    from organizations.domain.imports import work_on  # models are loaded by the time it runs

    return work_on(UUID(import_id))


@app.task(base=TenantTask)
def take_up_imports(*, organization_id: int) -> int:
    """Nudge a worker for each import whose own task may have got lost. Returns how many there are."""
    from organizations.domain.imports import take_up  # models are loaded by the time it runs

    return take_up()


@app.task(base=TenantTask)
def clean_up(*, organization_id: int) -> None:
    """Throw away what is kept for a while only, and come back tomorrow."""
    from organizations.domain.clean_up import clean_up as throw_away  # models are loaded by the time it runs

    throw_away()
