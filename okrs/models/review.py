"""What became of an objective."""

from typing import TYPE_CHECKING, Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from okrapp.tenancy.fields import TenantForeignKey
from okrapp.tenancy.models import TenantManager, TenantModel, TenantQuerySet
from okrs.enums import Outcome
from okrs.models.visibility import readable_by

if TYPE_CHECKING:
    from organizations.actor import Actor

SCORE: dict[str, Any] = {
    "max_digits": 4,
    "decimal_places": 3,
    "validators": [MinValueValidator(0), MaxValueValidator(1)],
}


class ReviewQuerySet(TenantQuerySet):
    def visible_to(self, actor: "Actor") -> "ReviewQuerySet":
        """Those of objectives an actor may see."""
        return self.filter(readable_by(actor, "objective"))


class Review(TenantModel):
    """The score of one objective, what was learnt, and what comes of it. One for each objective."""

    objective = TenantForeignKey("okrs.Objective", on_delete=models.CASCADE, related_name="reviews")
    # From progress, as it stood when somebody scored or the cycle closed; None while nothing could be measured.
    proposed_score = models.DecimalField(null=True, blank=True, editable=False, **SCORE)
    score = models.DecimalField(_("score"), null=True, blank=True, **SCORE)
    # Why the score is another than the proposed one.
    reason = models.TextField(_("reason"), blank=True)
    learnings = models.TextField(_("what we learnt"), blank=True)
    outcome = models.CharField(_("what becomes of it"), max_length=10, choices=Outcome.choices, blank=True, default="")
    # Nobody scored it before the cycle closed: it kept the proposed score.
    not_reviewed = models.BooleanField(default=False, editable=False)
    reviewed_by = TenantForeignKey(
        "organizations.Membership", null=True, on_delete=models.SET_NULL, related_name="+", editable=False
    )
    reviewed_at = models.DateTimeField(null=True, blank=True, editable=False)
    updated_at = models.DateTimeField(auto_now=True)

    objects = TenantManager.from_queryset(ReviewQuerySet)()

    class Meta:
        verbose_name = _("review")
        constraints = [
            models.UniqueConstraint(fields=["organization", "objective"], name="okrs_review_one"),
            models.CheckConstraint(
                condition=models.Q(score=None) | models.Q(score__gte=0, score__lte=1),
                name="okrs_review_score",
                violation_error_message=_("A score lies between 0.0 and 1.0."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.score}"
