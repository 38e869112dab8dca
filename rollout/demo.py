"""The rollout of the invented company: the pilot is over and was a success, the waves have begun."""

from typing import Any

from django.utils.translation import get_language

from organizations.actor import Actor
from organizations.enums import Via
from organizations.models import OrganizationSettings
from rollout.demo_messages import add_messages
from rollout.demo_plan import OFFICE, Story, lay_out
from rollout.demo_sponsor import add_budget, add_decision, add_escalations, add_versions
from rollout.demo_texts import ROLLOUT_TEXTS
from rollout.demo_voices import add_barriers, add_commitments, add_stakeholders
from rollout.domain.messages_from_blueprint import add_message_drafts
from rollout.models import RolloutPlan


def add_plan(maker: Any) -> None:
    """Give the company of an okrs.demo.objectives.ObjectiveMaker its rollout plan, and everything on its pages.

    Side effects: rows and audit entries as its people would have left them, at the times they would have; nobody is
    told of anything, for it is long ago.
    """
    OrganizationSettings.objects.update(rollout=True)
    story = Story(maker, ROLLOUT_TEXTS[get_language() or "en"])
    lay_out(story)
    add_budget(story)
    maker.journal.write()
    plan, office = RolloutPlan.objects.get(), story.person(OFFICE)
    add_message_drafts(plan=plan, phases=list(story.phases.values()), calendar=story.calendar, office=office)
    # These read what stands in the plan.
    add_versions(story)
    add_decision(story)
    add_escalations(story)
    add_barriers(story)
    add_stakeholders(story)
    add_commitments(story)
    maker.journal.write()
    add_messages(plan, office=Actor(office, via=Via.WEB), today=story.today, zone=story.zone)
