"""What happened, for programs and chat rooms."""

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from okrapp.tenancy.models import TenantModel


class Event(TenantModel):
    """Something that endpoints are told, once; written in the transaction in which it happened.

    `kind` is a topic and a verb for programs ("key_result.changed"), or a kind of notification for chat rooms. `facts`
    hold ids and names, as those of a notification do.
    """

    kind = models.CharField(_("kind"), max_length=100)
    period = models.CharField(max_length=120)
    facts = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    path = models.CharField(max_length=400, blank=True, default="")
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("event")
        constraints = [
            models.UniqueConstraint(fields=["organization", "kind", "period"], name="notifications_event_once")
        ]
        indexes = [models.Index(fields=["organization", "created_at"], name="notifications_event_age")]

    def __str__(self) -> str:
        return f"{self.kind} {self.period}"
