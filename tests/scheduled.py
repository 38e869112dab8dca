"""When the sweeper comes, as if the running transaction ended here: the dispatch table is written last of all."""

from datetime import datetime

from okrapp.tenancy.context import do_last
from organizations.models import Dispatch, Organization


def scheduled(organization: Organization, kind: str) -> datetime | None:
    """Return when the organization's work of a kind is due, None when there is none."""
    do_last()
    return Dispatch.objects.filter(organization=organization, kind=kind).values_list("due_at", flat=True).first()
