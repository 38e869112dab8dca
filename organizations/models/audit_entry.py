"""The audit trail."""

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models

from okrapp.tenancy.fields import TenantForeignKey
from okrapp.tenancy.models import TenantModel
from organizations.enums import Via


class AuditEntry(TenantModel):
    """Who did what to which object, before and after. The application can append entries, never change them."""

    actor = TenantForeignKey("organizations.Membership", null=True, on_delete=models.DO_NOTHING, related_name="+")
    verb = models.CharField(max_length=60)
    object_type = models.CharField(max_length=60)
    object_id = models.CharField(max_length=40)
    object_label = models.CharField(max_length=200, blank=True)
    before = models.JSONField(null=True, encoder=DjangoJSONEncoder)
    after = models.JSONField(null=True, encoder=DjangoJSONEncoder)
    reason = models.TextField(blank=True)
    via = models.CharField(max_length=8, choices=Via.choices, default=Via.WEB)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-at", "-id"]
        indexes = [
            models.Index(fields=["organization", "-at", "-id"], name="organizations_audit_list"),
            models.Index(fields=["organization", "object_type", "object_id", "-at"], name="organizations_audit_object"),
        ]

    def __str__(self) -> str:
        return f"{self.verb} {self.object_type} {self.object_id}"
