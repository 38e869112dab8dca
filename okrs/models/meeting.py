"""A team's check-in meeting."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from okrapp.tenancy.fields import TenantForeignKey
from okrapp.tenancy.models import TenantModel
from okrs.enums import NoteKind


class Meeting(TenantModel):
    """One check-in meeting of a team; open until its summary is posted."""

    team = TenantForeignKey("organizations.Team", on_delete=models.CASCADE, related_name="+")
    cycle = TenantForeignKey("okrs.Cycle", on_delete=models.CASCADE, related_name="+")
    started_by = TenantForeignKey("organizations.Membership", null=True, on_delete=models.SET_NULL, related_name="+")
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True, editable=False)
    # Markdown, written from what happened and perhaps changed before it was posted.
    summary = models.TextField(_("summary"), blank=True)

    class Meta:
        ordering = ["-started_at", "-id"]
        verbose_name = _("check-in meeting")
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "team", "cycle"],
                condition=models.Q(ended_at=None),
                name="okrs_meeting_one_open",
            )
        ]
        indexes = [models.Index(fields=["organization", "team", "-started_at"], name="okrs_meeting_list")]

    def __str__(self) -> str:
        return f"{self.started_at:%Y-%m-%d}"


class MeetingNote(TenantModel):
    """A note or a decision of a meeting, perhaps about one key result."""

    meeting = TenantForeignKey(Meeting, on_delete=models.CASCADE, related_name="notes")
    key_result = TenantForeignKey("okrs.KeyResult", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    kind = models.CharField(_("kind"), max_length=8, choices=NoteKind.choices, default=NoteKind.NOTE)
    text = models.TextField(_("text"))
    author = TenantForeignKey("organizations.Membership", null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["at", "id"]
        verbose_name = _("note")
        indexes = [models.Index(fields=["organization", "meeting", "at"], name="okrs_meetingnote_list")]

    def __str__(self) -> str:
        return self.text[:80]
