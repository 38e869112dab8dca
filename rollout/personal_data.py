"""What is stored about people in rollouts, who sees it, and for how long; see organizations.personal_data."""

from django.utils.translation import gettext_lazy as _

from organizations.personal_data import AS_LONG_AS_THE_ORGANIZATION, Kept
from rollout.models import Criterion, PlanOfficer, PlanTask, PlanVersion, Risk, RolloutPlan

KEPT = (
    Kept(
        _("Rollout plans"),
        _(
            "Who is the Sponsor of a plan and in its Program Lead Office, who owns tasks and risks, who submitted, "
            "approved or returned a version, and who judged a criterion."
        ),
        _(
            "The Program Lead Office, the Sponsor, Leadership, coaches and administrators; everybody the outline of "
            "an approved plan."
        ),
        AS_LONG_AS_THE_ORGANIZATION,
        (RolloutPlan, PlanOfficer, PlanTask, Risk, PlanVersion, Criterion),
    ),
)
