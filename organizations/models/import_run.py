"""Spreadsheets on their way in."""

from django.db import models

from okrapp.tenancy.fields import TenantForeignKey
from okrapp.tenancy.models import TenantManager, TenantModel, TenantQuerySet
from organizations.enums import ImportState


class ImportRunQuerySet(TenantQuerySet):
    def without_content(self) -> "ImportRunQuerySet":
        """Leave the file itself in the database."""
        return self.defer("content")


class ImportRun(TenantModel):
    """One upload, what its columns mean, and what became of it. Progress while it runs is in the cache."""

    kind = models.CharField(max_length=20)
    file_name = models.CharField(max_length=200)
    content = models.BinaryField()
    # {field: heading} as guessed and then corrected by the person; options of the importer, such as merged teams.
    mapping = models.JSONField(default=dict)
    options = models.JSONField(default=dict)
    state = models.CharField(max_length=10, choices=ImportState.choices, default=ImportState.UPLOADED)
    result = models.JSONField(default=dict)
    created_by = TenantForeignKey("organizations.Membership", on_delete=models.CASCADE, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    objects = TenantManager.from_queryset(ImportRunQuerySet)()

    class Meta:
        ordering = ["-created_at"]
        indexes = [models.Index(fields=["organization", "kind", "-created_at"], name="organizations_imports_list")]

    def __str__(self) -> str:
        return self.file_name
