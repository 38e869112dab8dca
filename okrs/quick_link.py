"""The link in the mail of a due check-in: signed, for one person, for what that mail named, for a few days.

It carries the id of the notification, which says whom it was sent to and about which key results. Nothing is stored:
what a link is still good for is seen from the check-ins made since.
"""

from datetime import timedelta
from uuid import UUID

from django.core import signing

from okrapp.notifications.models import Notification
from okrs.domain.reminder import DUE

VALID_FOR = timedelta(days=7)
_SIGNER = signing.TimestampSigner(salt="okrs.quick_check_in")


class LinkExpired(Exception):
    """The link was right once, and is too old by now."""


def quick_token(notification: Notification) -> str:
    """Return the secret of a link that opens the check-ins a notification is about, valid from now on."""
    return _SIGNER.sign_object(str(notification.pk))


def quick_path(notification: Notification) -> str:
    """Return the address of the small page, below the address of the organization."""
    return f"quick/{quick_token(notification)}/"


def notification_of(token: str) -> Notification | None:
    """Return what a link was sent about, in the organization in context; None for one that was never given out here.

    One query. Raises LinkExpired after VALID_FOR.
    """
    try:
        pk = UUID(_SIGNER.unsign_object(token, max_age=VALID_FOR))
    except signing.SignatureExpired as expired:
        raise LinkExpired from expired
    except (signing.BadSignature, ValueError):
        return None
    return Notification.objects.filter(pk=pk, kind=DUE).first()
