"""What all factories of tenant rows have in common."""

from typing import Any, Generic, TypeVar

from factory.django import DjangoModelFactory

from okrapp.tenancy.context import tenant_context

Row = TypeVar("Row")


class TenantFactory(DjangoModelFactory[Row], Generic[Row]):
    """Makes a row, and the rows it stands on, in `organization` where given, else in the one in context.

    Raises TenantNotSet when there is neither.
    """

    class Meta:
        abstract = True

    @classmethod
    def create(cls, **kwargs: Any) -> Row:
        """Return the new, saved row."""
        organization = kwargs.pop("organization", None)
        if organization is None:
            return super().create(**kwargs)
        with tenant_context(organization.pk):
            return super().create(**kwargs)
