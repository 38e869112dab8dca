"""Addresses in messages: absolute, and some signed for one person and one purpose."""

from collections.abc import Sequence

from django.conf import settings
from django.core import signing
from django.urls import reverse

from organizations.models import Membership, Organization

UNSUBSCRIBE = signing.Signer(salt="okrapp.notifications.unsubscribe")
RESUBSCRIBE = signing.Signer(salt="okrapp.notifications.resubscribe")


def absolute(slug: str, path: str) -> str:
    """Return the address of a path below an organization's address, such as "teams/growth/"."""
    return f"{settings.OKRAPP_URL.rstrip('/')}/o/{slug}/{path.lstrip('/')}"


def unsubscribe_url(organization: Organization, member: Membership, kinds: Sequence[str]) -> str:
    """Return the address at which a member stops mails of some kinds without signing in."""
    # A line of a mail's header holds 998 characters, and an address cannot be broken.
    token = UNSUBSCRIBE.sign_object([str(member.pk), list(kinds)], compress=True)
    path = reverse("notifications:unsubscribe", args=[organization.slug, token])
    return settings.OKRAPP_URL.rstrip("/") + path
