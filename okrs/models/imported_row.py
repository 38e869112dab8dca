"""What the last import said, row by row."""

from django.db import models

from okrapp.tenancy.fields import TenantForeignKey
from okrapp.tenancy.models import TenantModel


class ImportedRow(TenantModel):
    """A row of a spreadsheet, known by its reference within a cycle, with its cells as last imported.

    Comparing the next file with these cells, not with the product, keeps what people edited since.
    """

    cycle = TenantForeignKey("okrs.Cycle", on_delete=models.CASCADE, related_name="+")
    ref = models.CharField(max_length=100)
    objective = TenantForeignKey("okrs.Objective", null=True, on_delete=models.CASCADE, related_name="+")
    key_result = TenantForeignKey("okrs.KeyResult", null=True, on_delete=models.CASCADE, related_name="+")
    cells = models.JSONField(default=dict)
    imported_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organization", "cycle", "ref"], name="okrs_importedrow_ref"),
            models.CheckConstraint(
                condition=(
                    models.Q(objective__isnull=False, key_result=None)
                    | models.Q(objective=None, key_result__isnull=False)
                ),
                name="okrs_importedrow_one_object",
            ),
        ]

    def __str__(self) -> str:
        return self.ref
