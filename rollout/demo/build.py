"""The rollout of the invented company: the pilot is over and was a success, the waves have begun."""

from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import get_language

from organizations.actor import Actor
from organizations.enums import Via
from organizations.models import OrganizationSettings
from rollout.blueprints.fitting import Calendar
from rollout.demo.messages import add_messages
from rollout.demo.plan import OFFICE, Story, lay_out
from rollout.demo.sponsor import add_budget, add_decision, add_escalations, add_versions
from rollout.demo.texts import ROLLOUT_TEXTS
from rollout.demo.voices import add_barriers, add_commitments, add_stakeholders
from rollout.domain.messages_from_blueprint import add_message_drafts


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
    # These read what stands in the plan.
    add_versions(story)
    add_decision(story)
    add_escalations(story)
    add_barriers(story)
    add_stakeholders(story)
    add_commitments(story)
    maker.journal.write()
    _add_messages(story)


def _add_messages(story: Story) -> None:
    """Give the plan the messages that one from a blueprint begins with, told until today, and two more."""
    office = Actor(story.person(OFFICE), via=Via.WEB)
    add_message_drafts(
        plan=story.plan, phases=list(story.phases.values()), calendar=Calendar(), office=office.membership
    )
    add_messages(story.plan, office=office, today=story.today, zone=ZoneInfo(story.maker.wording.time_zone))
