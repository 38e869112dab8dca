"""Which organization has background work to do, and when."""

from django.db import models


class Dispatch(models.Model):
    """Ids and times only. Global: tells beat and sweeper which organizations to enter, one transaction each."""

    organization = models.ForeignKey("organizations.Organization", on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=40)
    due_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organization", "kind"], name="organizations_dispatch_once")]
        indexes = [models.Index(fields=["kind", "due_at"], name="organizations_dispatch_due")]

    def __str__(self) -> str:
        return f"{self.kind} of {self.organization_id}"
