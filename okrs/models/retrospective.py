"""A team looking back on a cycle."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from okrapp.tenancy.fields import TenantForeignKey
from okrapp.tenancy.models import TenantManager, TenantModel, TenantQuerySet
from okrs.enums import ActionState, RetroColumn, RetroState


class Retrospective(TenantModel):
    """One for each team and cycle. Seen by the team and whoever moderates it."""

    cycle = TenantForeignKey("okrs.Cycle", on_delete=models.CASCADE, related_name="+")
    team = TenantForeignKey("organizations.Team", on_delete=models.CASCADE, related_name="+")
    moderator = TenantForeignKey(
        "organizations.Membership",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("moderator"),
    )
    state = models.CharField(
        _("state"), max_length=10, choices=RetroState.choices, default=RetroState.COLLECTING, editable=False
    )
    opened_at = models.DateTimeField(auto_now_add=True)
    closed_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        ordering = ["-opened_at", "-id"]
        verbose_name = _("retrospective")
        constraints = [models.UniqueConstraint(fields=["organization", "cycle", "team"], name="okrs_retrospective_one")]
        indexes = [models.Index(fields=["organization", "team"], name="okrs_retrospective_team")]

    def __str__(self) -> str:
        return f"{self.team_id} on {self.cycle_id}"


class RetroCard(TenantModel):
    """One thought. An anonymous card has no author, and nothing about it says when it was written.

    So its id is random where every other table's carries the time, and there is no moment beside it.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    retrospective = TenantForeignKey(Retrospective, on_delete=models.CASCADE, related_name="cards")
    column = models.CharField(_("column"), max_length=10, choices=RetroColumn.choices)
    text = models.TextField(_("card"))
    author = TenantForeignKey("organizations.Membership", null=True, on_delete=models.SET_NULL, related_name="+")
    # The Program Lead Office reads these, without their authors.
    about_process = models.BooleanField(_("about the process"), default=False)

    class Meta:
        ordering = ["column", "id"]
        verbose_name = _("card")
        indexes = [models.Index(fields=["organization", "retrospective", "column"], name="okrs_retrocard_list")]

    def __str__(self) -> str:
        return self.text[:80]


class RetroVote(TenantModel):
    """One vote of one member for one card."""

    card = TenantForeignKey(RetroCard, on_delete=models.CASCADE, related_name="votes")
    membership = TenantForeignKey("organizations.Membership", on_delete=models.CASCADE, related_name="+")

    class Meta:
        verbose_name = _("vote")
        constraints = [
            models.UniqueConstraint(fields=["organization", "card", "membership"], name="okrs_retrovote_once")
        ]

    def __str__(self) -> str:
        return f"{self.membership_id}"


class RetroActionQuerySet(TenantQuerySet):
    def open(self) -> "RetroActionQuerySet":
        """Those still to be done."""
        return self.filter(state=ActionState.OPEN)


class RetroAction(TenantModel):
    """What a team wants to do about it; open ones come back when the team drafts its next OKRs."""

    retrospective = TenantForeignKey(Retrospective, on_delete=models.CASCADE, related_name="actions")
    # The team's again, because open actions are asked for by team.
    team = TenantForeignKey("organizations.Team", on_delete=models.CASCADE, related_name="+")
    title = models.CharField(_("action"), max_length=300)
    owner = TenantForeignKey(
        "organizations.Membership",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("owner"),
    )
    due_on = models.DateField(_("due"), null=True, blank=True)
    state = models.CharField(_("state"), max_length=8, choices=ActionState.choices, default=ActionState.OPEN)
    created_at = models.DateTimeField(auto_now_add=True)
    done_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = TenantManager.from_queryset(RetroActionQuerySet)()

    class Meta:
        ordering = ["due_on", "created_at", "id"]
        verbose_name = _("action")
        indexes = [
            models.Index(fields=["organization", "team", "state"], name="okrs_retroaction_team"),
            models.Index(fields=["organization", "owner", "state"], name="okrs_retroaction_owner"),
        ]

    def __str__(self) -> str:
        return self.title
