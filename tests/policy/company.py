"""A company with somebody in every position, and something of every kind, for the tests of the policy."""

from dataclasses import dataclass
from datetime import timedelta

from django.contrib.auth.models import Permission
from django.db.models import Model
from django.utils import timezone

from okrs.enums import Level, ObjectiveStatus, Phase, ShareLevel, Visibility
from okrs.models import Objective
from organizations.actor import Actor
from organizations.enums import Role, Via
from organizations.models import Membership, Team
from roles.domain.assignment import end_assignment
from roles.enums import AssignmentState, Side
from roles.models import RoleAssignment
from rollout.models import Course, RolloutPlan
from tests.factories import courses, messages, okrs, organizations, roles, rollout
from tests.factories.worlds import make_member, user_of

# Who they are, and which role they hold where ("": nowhere, "*": the whole organization).
PEOPLE = {
    "administrator": ("", ""),
    "plo": (Role.PLO, "*"),
    "plo_north": (Role.PLO, "north"),
    "coach": (Role.COACH, "*"),
    "coach_alpha": (Role.COACH, "alpha"),
    # Coaches the whole organization, and leads Beta: their own line is carved out.
    "coach_of_own": (Role.COACH, "*"),
    "sponsor": (Role.SPONSOR, "*"),
    "leader": (Role.LEADERSHIP, "*"),
    "lead_north": ("", ""),
    "lead_alpha": ("", ""),
    "member_alpha": ("", ""),
    "member_beta": ("", ""),
    # Owns what there is, and is in no team.
    "owner": ("", ""),
    "viewer": ("", ""),
    "commenter": ("", ""),
    "editor": ("", ""),
    "nobody": ("", ""),
    # Was in the Program Lead Office until they left.
    "left": (Role.PLO, "*"),
    "past_plo": (Role.PLO, "*"),
}
IN_TEAM = {"member_alpha": "alpha", "member_beta": "beta"}
LEADS = {"north": "lead_north", "alpha": "lead_alpha", "beta": "coach_of_own"}
SHARED = {"viewer": ShareLevel.VIEW, "commenter": ShareLevel.COMMENT, "editor": ShareLevel.EDIT}
# Who has committed themself to which plan, and whether they were invited to.
COMMITTED = {"whole_draft": {"viewer": "once led"}, "north": {"lead_alpha": "invited"}}


@dataclass(slots=True)
class Company:
    """People by name, and things by name."""

    people: dict[str, Membership]
    teams: dict[str, Team]
    objectives: dict[str, Objective]
    # Of one person each, by where that person works.
    coachings: dict[str, RoleAssignment]
    assignments: dict[str, RoleAssignment]
    plans: dict[str, RolloutPlan]
    courses: dict[str, Course]

    def actor(self, name: str) -> Actor:
        """Return somebody with nothing remembered."""
        return Actor(Membership.objects.get(pk=self.people[name].pk), via=Via.WEB)

    def things(self) -> list[Model]:
        """Return teams and objectives, with what belongs to them."""
        return [*self.teams.values(), *self.objectives.values()]


def found_company(slug: str) -> Company:
    """Make the company, in the organization in context."""
    people = {name: make_member(name, f"{name}@{slug}") for name in PEOPLE}
    Membership.objects.filter(pk=people["administrator"].pk).update(is_administrator=True)
    Membership.objects.filter(pk=people["left"].pk).update(deactivated_at=timezone.now())
    root = organizations.TeamFactory.create(name="Root", slug="root", lead=None)
    teams = {"root": root}
    for name, parent in (("north", "root"), ("south", "root"), ("alpha", "north"), ("beta", "south")):
        lead = people.get(LEADS.get(name, ""))
        teams[name] = organizations.TeamFactory.create(name=name, slug=name, parent=teams[parent], lead=lead)
    for person, team in IN_TEAM.items():
        organizations.TeamMembershipFactory.create(team=teams[team], membership=people[person])
    for person, (role, place) in PEOPLE.items():
        if role:
            ends_on = timezone.localdate() - timedelta(days=2) if person == "past_plo" else None
            roles.RoleAssignmentFactory.create(
                membership=people[person],
                role=role,
                team=teams.get(place),
                ends_on=ends_on,
            )
    roles.PostFactory.create(author=people["coach_alpha"])
    for place, asker in (("alpha", "member_alpha"), ("beta", "member_beta"), ("alpha", "coach_of_own"), ("", "coach")):
        roles.CoachQuestionFactory.create(team=teams.get(place), asked_by=people[asker], desk="plo")
    coachings = {}
    for name, coach in (("alpha", "coach"), ("beta", "coach_alpha")):
        person = people[f"member_{name}"]
        coachings[name] = roles.RoleAssignmentFactory.create(membership=people[coach], role=Role.COACH, person=person)
    return Company(
        people,
        teams,
        _objectives(people, teams),
        coachings,
        _assignments(people, teams),
        _plans(people, teams),
        _courses(people, teams),
    )


def _plans(people: dict[str, Membership], teams: dict[str, Team]) -> dict[str, RolloutPlan]:
    """Return a draft for the whole organization, and one that runs in the north."""
    made = {}
    for name, fields in (("whole_draft", {"state": "draft"}), ("north", {"team": teams["north"]})):
        plan = rollout.RolloutPlanFactory.create(name=name, sponsor=people["owner"], **fields)
        rollout.PlanOfficerFactory.create(plan=plan, membership=people["editor"])
        phase = rollout.PlanPhaseFactory.create(plan=plan)
        rollout.PlanTaskFactory.create(phase=phase, owner=people["member_alpha"])
        barrier = rollout.BarrierFactory.create(plan=plan, author=people["member_alpha"])
        rollout.BarrierCommentFactory.create(barrier=barrier)
        for person, leader in COMMITTED[name].items():
            rollout.LeaderCommitmentFactory.create(plan=plan, leader=people[person])
            if leader == "invited":
                rollout.BuyInLeaderFactory.create(plan=plan, leader=people[person])
        rollout.BudgetLineFactory.create(plan=plan)
        rollout.EscalationFactory.create(plan=plan)
        rollout.PlanCommentFactory.create(plan=plan, author=people["owner"])
        # Somebody who reads nothing else speaks in the messages; somebody else got the one that was sent.
        message = messages.PlannedMessageFactory.create(
            plan=plan, sender=people["commenter"], state="sent", agreed_at=timezone.now()
        )
        sent = messages.SentMessageFactory.create(message=message, sender=people["commenter"])
        messages.MessageRecipientFactory.create(sent=sent, membership=people["member_beta"])
        made[name] = plan
    # Everybody in the north is asked what could be in the way.
    rollout.BarrierCollectionFactory.create(plan=made["north"], for_everybody=True, roles=[])
    return made


def _courses(people: dict[str, Membership], teams: dict[str, Team]) -> dict[str, Course]:
    """Return a course for coaches anywhere, and one for those in the north, each with a session and somebody in it."""
    made = {}
    for name, team in (("whole", None), ("north", teams["north"])):
        course = courses.CourseFactory.create(title=name, team=team, is_open=False, needed_by=[Role.COACH])
        session = courses.CourseSessionFactory.create(course=course, trainer=people["viewer"])
        courses.EnrolmentFactory.create(session=session, member=people["member_alpha"])
        made[name] = course
    return made


def _assignments(people: dict[str, Membership], teams: dict[str, Team]) -> dict[str, RoleAssignment]:
    """Return one in force, one that waits for answers on every side, and one that its holder has ended."""
    held = RoleAssignment.objects.get(membership=people["plo_north"])
    of_alpha = {"role": Role.COACH, "team": teams["alpha"]}
    proposed = roles.RoleAssignmentFactory.create(
        membership=people["commenter"], proposed_by=people["editor"], state=AssignmentState.PROPOSED, **of_alpha
    )
    for side in (Side.COACH, Side.TEAM, Side.PLO):
        roles.AssignmentAnswerFactory.create(assignment=proposed, side=side)
    ended = roles.RoleAssignmentFactory.create(membership=people["viewer"], **of_alpha)
    ended = end_assignment(actor=Actor(people["viewer"], via=Via.WEB), assignment=ended)
    return {"held": held, "proposed": proposed, "ended": ended}


def _objectives(people: dict[str, Membership], teams: dict[str, Team]) -> dict[str, Objective]:
    running = okrs.CycleFactory.create()
    closed = okrs.CycleFactory.create(phase=Phase.CLOSED)
    of_organization: dict[str, object] = {"level": Level.ORGANIZATION, "team": None}
    fields: dict[str, dict[str, object]] = {
        "organization": of_organization,
        "organization_draft": {**of_organization, "status": ObjectiveStatus.DRAFT},
        "alpha": {"team": teams["alpha"]},
        "alpha_submitted": {"team": teams["alpha"], "status": ObjectiveStatus.SUBMITTED},
        "beta": {"team": teams["beta"]},
        "unowned": {"team": teams["alpha"], "owner": None},
        "individual": {"level": Level.INDIVIDUAL, "team": None},
        "private": {"team": teams["alpha"], "visibility": Visibility.PRIVATE},
        "closed": {"team": teams["alpha"], "cycle": closed},
    }
    made = {}
    for name, values in fields.items():
        row = okrs.ObjectiveFactory.create(**{"cycle": running, "owner": people["owner"], "title": name, **values})
        key_result = okrs.KeyResultFactory.create(objective=row, owner=row.owner)
        okrs.CheckInFactory.create(key_result=key_result, author=people["member_alpha"])
        okrs.InitiativeFactory.create(objective=row)
        okrs.CommentFactory.create(objective=row, author=people["member_alpha"])
        okrs.KudosFactory.create(objective=row, team=teams["alpha"], author=people["member_alpha"])
        okrs.ReviewFactory.create(objective=row)
        okrs.AlignmentRequestFactory.create(objective=row, team=teams["beta"])
        made[name] = row
    for name in ("alpha", "private"):
        okrs.AlignmentFactory.create(objective=made[name], target_objective=made["organization"])
        okrs.DependencyFactory.create(objective=made["beta"], needs=made[name])
        for person, level in SHARED.items():
            permission = Permission.objects.get(content_type__app_label="okrs", codename=level)
            okrs.ObjectiveGrantFactory.create(
                content_object=made[name], user=user_of(people[person]), permission=permission
            )
    for team in ("alpha", "beta"):
        okrs.RetrospectiveFactory.create(cycle=running, team=teams[team], moderator=people["coach_alpha"])
    return made
