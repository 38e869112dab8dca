"""Background work for one organization."""

from typing import Any

from celery import Task

from okrapp.tenancy.context import tenant_context


class TenantTask(Task):
    """Base of every task that touches an organization's rows.

    Takes the keyword argument `organization_id`, enters that organization in one transaction and runs the task's
    body, which gets ids only. Raises TypeError when the organization is not named.
    """

    abstract = True

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        if "organization_id" not in kwargs:
            raise TypeError(f"{self.name} needs the keyword argument organization_id")
        with tenant_context(kwargs["organization_id"]):
            return super().__call__(*args, **kwargs)
