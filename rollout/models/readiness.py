"""Readiness: what people expect to be in the way, who is asked for it, and what comes of it.

Anonymous means anonymous. What comes without a name has no author, and nothing tells when it was written but the day:
ids are random where every other table's carry the time, and there is no moment beside them.
"""

import uuid

from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from okrapp.tenancy.fields import TenantForeignKey
from okrapp.tenancy.models import TenantManager, TenantModel, TenantQuerySet
from organizations.enums import Role
from rollout.enums import BarrierGroup, BarrierState
from rollout.models.plan import RolloutPlan

# How many votes each person has in one plan, spread freely.
VOTES = 5


class BarrierCollection(TenantModel):
    """Whether barriers of a plan are collected, and from whom. One for each plan; it can be opened again."""

    plan = TenantForeignKey(RolloutPlan, on_delete=models.CASCADE, related_name="collections")
    for_everybody = models.BooleanField(_("everybody"), default=False)
    # Else who holds one of these.
    roles = ArrayField(
        models.CharField(max_length=12, choices=Role.choices), default=list, blank=True, verbose_name=_("roles")
    )
    # Or belongs to the teams of one of these waves of the plan, as they are when it is asked.
    wave_ids = ArrayField(models.UUIDField(), default=list, blank=True, editable=False)
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("collection of barriers")
        constraints = [
            models.UniqueConstraint(fields=["organization", "plan"], name="rollout_collection_one"),
            models.CheckConstraint(
                condition=Q(for_everybody=True, roles=[], wave_ids=[])
                | (Q(for_everybody=False) & ~Q(roles=[], wave_ids=[])),
                name="rollout_collection_audience",
                violation_error_message=_("Say who is asked: everybody, who holds a role, or the teams of a wave."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.plan)

    @property
    def is_open(self) -> bool:
        """Whether barriers are collected and voted on now."""
        return self.closed_at is None


class WrittenQuerySet(TenantQuerySet):
    def standing(self) -> "WrittenQuerySet":
        """Those not taken away."""
        return self.filter(removed_at=None)


class Barrier(TenantModel):
    """Something that could keep the rollout from working, said before it begins."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    plan = TenantForeignKey(RolloutPlan, on_delete=models.CASCADE, related_name="barriers")
    text = models.TextField(_("barrier"), max_length=1000)
    group = models.CharField(_("from"), max_length=8, choices=BarrierGroup.choices)
    author = TenantForeignKey(
        "organizations.Membership", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    written_on = models.DateField()
    answer = models.TextField(_("answer"), blank=True, max_length=2000)
    owner = TenantForeignKey(
        "organizations.Membership",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("owner"),
    )
    state = models.CharField(_("state"), max_length=8, choices=BarrierState.choices, default=BarrierState.OPEN)
    # Taken away by whoever wrote it under their name, or by the Program Lead Office.
    removed_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = TenantManager.from_queryset(WrittenQuerySet)()

    class Meta:
        verbose_name = _("barrier")
        constraints = [
            models.CheckConstraint(
                condition=Q(state=BarrierState.OPEN) | ~Q(answer=""),
                name="rollout_barrier_answered",
                violation_error_message=_("Say what the answer is."),
            )
        ]
        indexes = [models.Index(fields=["organization", "plan", "state"], name="rollout_barriers")]

    def __str__(self) -> str:
        return self.text[:80]

    @property
    def is_open(self) -> bool:
        return bool(self.state == BarrierState.OPEN)


class BarrierComment(TenantModel):
    """What is said to a barrier, in the order in which it was said."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    barrier = TenantForeignKey(Barrier, on_delete=models.CASCADE, related_name="comments")
    text = models.TextField(_("comment"), max_length=1000)
    author = TenantForeignKey(
        "organizations.Membership", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    written_on = models.DateField()
    position = models.PositiveIntegerField(editable=False)
    removed_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = TenantManager.from_queryset(WrittenQuerySet)()

    class Meta:
        verbose_name = _("comment on a barrier")
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "barrier", "position"], name="rollout_barrier_comment_place"
            )
        ]

    def __str__(self) -> str:
        return self.text[:80]


class BarrierVote(TenantModel):
    """How many of their votes a person gave a barrier. Kept to count them and to let people change their mind."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    barrier = TenantForeignKey(Barrier, on_delete=models.CASCADE, related_name="votes")
    membership = TenantForeignKey("organizations.Membership", on_delete=models.CASCADE, related_name="+")
    count = models.PositiveSmallIntegerField(_("votes"), validators=[MinValueValidator(1), MaxValueValidator(VOTES)])

    class Meta:
        verbose_name = _("vote for a barrier")
        constraints = [
            models.UniqueConstraint(fields=["organization", "barrier", "membership"], name="rollout_barrier_vote_once"),
            models.CheckConstraint(condition=Q(count__gte=1, count__lte=VOTES), name="rollout_barrier_vote_count"),
        ]
        indexes = [models.Index(fields=["organization", "membership"], name="rollout_barrier_votes_of")]

    def __str__(self) -> str:
        return str(self.barrier_id)
