"""What the okrs app tells the apps below it."""

from django.utils.translation import gettext_lazy as _

from okrapp.notifications.domain.preference import HABITS
from okrapp.notifications.registry import registry as notifications

# All permissions, so that the directory of rights knows every action from the start.
from okrs import permissions, personal_data, reading_permissions, talk_permissions  # noqa: F401
from okrs.domain import cycle_calendar, digest, mornings, reminder
from okrs.first_steps import STEPS
from okrs.importers.okrs import KIND, OKRImporter
from okrs.notices import ANNOUNCEMENTS, KINDS
from okrs.queries.holdings import holdings_of
from okrs.queries.palette import search_okrs
from okrs.queries.private_trail import hidden_from
from okrs.queries.sight import out_of_sight
from okrs.queries.waiting import count_waiting
from okrs.topics import TOPICS
from organizations.actor import Actor
from organizations.registry import Page, registry
from roles.registration import COACHING_PLACES, begins_at_home

_CYCLE_PLACES = (
    "okrs:cycle",
    "okrs:drafting_check",
    "okrs:drafting_check_organization",
    "okrs:drafting_check_team",
)


def register() -> None:
    """Register pages, search, first steps, the importer and background work; called once, at start-up."""
    registry.personal_data += personal_data.KEPT
    registry.pages += [
        Page(
            _("My week"),
            "okrs:week",
            "house",
            key="g h",
            order=10,
            badge=count_waiting,
            covers=("okrs:check_in_queue",),
        ),
        Page(_("Organization"), "okrs:organization", "building-2", key="g o", order=20),
        Page(_("Alignment"), "okrs:alignment", "network", key="g m", order=30),
        Page(_("Roadmap"), "okrs:roadmap", "map", order=35),
        Page(_("Proposals"), "okrs:proposals", "lightbulb", order=37),
        Page(_("Coaching"), "okrs:coach_home", "handshake", order=58, covers=COACHING_PLACES, visible=_has_coach_home),
        Page(_("Cycles"), "okrs:cycles", "calendar-range", order=40, covers=_CYCLE_PLACES),
    ]
    registry.search.append(search_okrs)
    registry.holdings.append(holdings_of)
    registry.hidden_entries.append(hidden_from)
    registry.first_steps += STEPS
    registry.importers[KIND] = OKRImporter()
    registry.dispatch_tasks[cycle_calendar.DISPATCH_KIND] = "okrs.tasks.move_cycles"
    registry.settings_changed += [cycle_calendar.follow_settings, reminder.follow_settings]
    registry.recorded.append(reminder.follow_writes)
    notifications.add(*KINDS)
    notifications.out_of_sight.append(out_of_sight)
    notifications.mornings.append(mornings.tell_of_days)
    notifications.add_topics(*TOPICS)
    notifications.add_announcements(*ANNOUNCEMENTS)
    registry.dispatch_tasks[reminder.DISPATCH_KIND] = "okrs.tasks.remind"
    registry.founding.append(reminder.begin_reminding)
    registry.dispatch_tasks[digest.DISPATCH_KIND] = "okrs.tasks.send_digests"
    registry.founding.append(digest.begin_digests)
    notifications.followed_habits |= {
        reminder.DISPATCH_KIND: frozenset(HABITS) - {"digest_hour", "digest_weekday"},
        digest.DISPATCH_KIND: frozenset({"digest_hour", "digest_weekday", "away_from", "away_until"}),
    }
    notifications.mornings.append(digest.tell_rooms)


def _has_coach_home(actor: Actor) -> bool:
    return actor.settings.coaching and begins_at_home(actor)
