"""Examples an organization keeps for itself, beside those that come along."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from okrapp.tenancy.fields import TenantForeignKey
from okrapp.tenancy.models import TenantManager, TenantModel, TenantQuerySet
from okrs.enums import Function


class ExampleQuerySet(TenantQuerySet):
    def current(self) -> "ExampleQuerySet":
        """Those not archived."""
        return self.filter(archived_at=None)


class Example(TenantModel):
    """An objective to start from, with lines that become its key results."""

    function = models.CharField(_("function"), max_length=12, choices=Function.choices)
    language = models.CharField(_("language"), max_length=8)
    title = models.CharField(_("title"), max_length=500)
    why = models.TextField(_("why it matters"), blank=True)
    key_results = ArrayField(
        models.CharField(max_length=500), default=list, blank=True, verbose_name=_("key results, one on each line")
    )
    created_by = TenantForeignKey(
        "organizations.Membership", null=True, on_delete=models.SET_NULL, related_name="+", editable=False
    )
    created_at = models.DateTimeField(auto_now_add=True)
    archived_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = TenantManager.from_queryset(ExampleQuerySet)()

    class Meta:
        ordering = ["function", "title"]
        verbose_name = _("example")
        indexes = [models.Index(fields=["organization", "function"], name="okrs_example_list")]

    def __str__(self) -> str:
        return self.title
