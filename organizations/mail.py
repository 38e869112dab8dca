"""Sending mail: after the commit and in the background, if this installation has a mail server at all."""

from dataclasses import asdict, dataclass

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import transaction

from okrapp.celery import app

_NOWHERE = {
    "django.core.mail.backends.console.EmailBackend",
    "django.core.mail.backends.dummy.EmailBackend",
}


@dataclass(frozen=True, slots=True)
class Mail:
    """A finished mail; `html` may be empty."""

    to: list[str]
    subject: str
    text: str
    html: str = ""


def mail_goes_out() -> bool:
    """Return whether the operator has set up a mail server; without one, links are shown to be copied."""
    return settings.EMAIL_BACKEND not in _NOWHERE


def send_soon(mail: Mail) -> None:
    """Hand a mail to a worker once the running transaction is committed.

    Side effects: one task. A broker that is down is logged and does not undo what was committed.
    """
    kwargs = asdict(mail)
    transaction.on_commit(
        # Links in mails are secrets: the worker's log must not repeat the arguments.
        lambda: app.send_task("organizations.tasks.send_mail", kwargs=kwargs, kwargsrepr="{…}"),
        robust=True,
    )


def send_now(mail: Mail) -> None:
    """Send a mail through Django's mail settings; raises what the mail server refuses."""
    message = EmailMultiAlternatives(mail.subject, mail.text, settings.DEFAULT_FROM_EMAIL, mail.to)
    if mail.html:
        message.attach_alternative(mail.html, "text/html")
    message.send()
