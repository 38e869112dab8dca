"""Who may do what: what is answered for one thing, what for many at once, and what is said about it."""

import importlib
import inspect
import pkgutil
from collections.abc import Callable

import pytest
from django.db.models import Model
from django.utils import translation

import okrs
import organizations
import roles
import rollout
from okrapp.web.decisions import Allowed, Decision, Denied
from okrs.models import KeyResult, Objective
from okrs.queries.agreement import to_agree
from organizations.actor import system_actor
from organizations.enums import Role
from organizations.models import Membership, Team
from organizations.rights import Action, directory, has_perm
from roles.models import RoleAssignment
from roles.permissions import see_assignment
from roles.queries.assignment_sight import readable_assignments
from rollout.models import (
    Barrier,
    BarrierComment,
    BudgetLine,
    Course,
    CourseSession,
    Enrolment,
    Escalation,
    LeaderCommitment,
    PlanComment,
    PlannedMessage,
    PlanTask,
    RolloutPlan,
    SentMessage,
)
from tests.contracts.report import nothing_wrong
from tests.factories import roles as roles_factories
from tests.factories.worlds import make_member
from tests.policy.company import PEOPLE, Company
from tests.policy.expected import EXPECTED
from tests.queries import exactly

# Permissions that no single thing can be asked about: they take more than an actor and one thing.
ASIDE = {
    "organizations.permissions.invite": "entered as invite_into",
    "roles.permissions.assign_role": "entered as assign_role_in_team, assign_role_for_all, appoint_office, …",
    "roles.permissions.propose_coach": "entered as volunteer_as_coach and propose_coach_of",
    "roles.permissions.answer_assignment": "entered as answer_proposal",
    "rollout.permissions.create_plan": "entered as create_some_plan",
    "rollout.course_permissions.create_course": "entered as create_some_course",
    "rollout.buy_in_permissions.commit_as_leadership": "the same as commit, without those invited",
    "roles.permissions.grant_exception": "entered as grant_exception_in and grant_exceptions",
}
# What is no proposal is answered by nobody.
NOBODY_ASKED = {("roles.answer_proposal", name) for name in ("alpha", "beta", "held", "ended")}
# Models of which everybody in the organization sees every row.
SHOWN_TO_ALL = {"conflictexception", "cycle", "membership", "team", "proposal"}


def permission_functions() -> dict[str, Callable[..., Decision]]:
    """Return every public function of the apps' permission modules that answers with a decision, by its full name."""
    found = {}
    for app in (organizations, roles, okrs, rollout):
        for module in pkgutil.iter_modules(app.__path__, f"{app.__name__}."):
            if not module.name.endswith("permissions"):
                continue
            for name, function in inspect.getmembers(importlib.import_module(module.name), inspect.isfunction):
                own = function.__module__ == module.name and not name.startswith("_")
                if own and inspect.signature(function).return_annotation is Decision:
                    found[f"{module.name}.{name}"] = function
    return found


def test_every_permission_is_in_the_directory() -> None:
    entered = {f"{action.ask.__module__}.{action.ask.__name__}" for action in directory.actions.values()}
    assert set(permission_functions()) - entered == set(ASIDE)


OF_PLANS = (
    PlanTask,
    BudgetLine,
    Escalation,
    PlanComment,
    LeaderCommitment,
    Barrier,
    PlannedMessage,
    SentMessage,
)


def things_for(company: Company, action: Action) -> dict[str, Model | None]:
    """Return the things an action is asked about, by name."""
    if action.about is None:
        return {"": None}
    if action.about is Team:
        return {name: company.teams[name] for name in ("alpha", "beta", "north")}
    if action.about is Membership:
        return {name: company.people[name] for name in ("member_alpha", "lead_north", "member_beta", "coach")}
    if action.about is RoleAssignment:
        return {**company.coachings, **company.assignments}
    if action.about is Objective:
        return dict(company.objectives)
    if action.about is KeyResult:
        return {name: KeyResult.objects.get(objective=row) for name, row in company.objectives.items()}
    if action.about is RolloutPlan:
        return dict(company.plans)
    if action.about is Course:
        return dict(company.courses)
    if action.about in (CourseSession, Enrolment):
        return {name: action.about._default_manager.get(course=row) for name, row in company.courses.items()}
    if action.about is BarrierComment:
        return {name: BarrierComment.objects.get(barrier__plan=row) for name, row in company.plans.items()}
    if action.about in OF_PLANS:
        return {name: action.about._default_manager.get(plan=row) for name, row in company.plans.items()}
    return {}


def anew(thing: Model | None) -> Model | None:
    """Return a thing with nothing loaded beside it, as a page may have it."""
    return None if thing is None else type(thing)._default_manager.get(pk=thing.pk)


def test_the_policy_answers_as_written_out(company: Company) -> None:
    problems, asked = [], set()
    for code, action in directory.actions.items():
        for name, thing in things_for(company, action).items():
            if code == "okrs.see_key_result":
                continue
            asked.add((code, name))
            allowed = {person for person in PEOPLE if has_perm(company.actor(person), code, anew(thing))}
            expected = set(EXPECTED.get(code, {}).get(name, "missing").split())
            if allowed != expected:
                problems.append(
                    f"{code} {name}: {sorted(allowed - expected)} too many, {sorted(expected - allowed)} missing"
                )
    assert asked == {(code, name) for code, names in EXPECTED.items() for name in names}
    nothing_wrong(problems)


def sighted() -> list[type[Model]]:
    """Return the models whose rows some do not see."""
    return [model for model in directory.types().values() if directory.sight_of(model) is not None]


def test_many_rows_are_seen_as_each_one_is(company: Company) -> None:
    problems = []
    checked = 0
    for model in sighted():
        select = getattr(model._default_manager.all(), "visible_to", None)
        sight = directory.sight_of(model)
        if select is None or sight is None:
            continue
        rows = list(model._default_manager.all())
        assert rows or model._meta.app_label == "roles", f"the company has no {model._meta.model_name}"
        for person in PEOPLE:
            of_many = {row.pk for row in model._default_manager.all().visible_to(company.actor(person))}
            of_each = {row.pk for row in rows if sight.ask(company.actor(person), row)}
            checked += len(rows)
            # Talk about nothing in particular is everybody's; who has left asks for none of it.
            if of_many != of_each:
                problems.append(f"{model._meta.model_name} for {person}: {of_many ^ of_each}")
    nothing_wrong(problems)
    assert checked > 1000


def test_many_assignments_are_read_as_each_one_is(company: Company) -> None:
    problems = []
    rows = list(RoleAssignment.objects.select_related("team"))
    assert len(rows) > 8
    for person in set(PEOPLE) - {"left"}:
        of_many = set(readable_assignments(company.actor(person)))
        of_each = {row for row in rows if see_assignment(company.actor(person), row)}
        problems += [f"{person}: {row}" for row in of_many ^ of_each]
    nothing_wrong(problems)


def test_models_are_seen_by_all_or_have_a_sight() -> None:
    names = {name for name, model in directory.types().items() if directory.sight_of(model) is None}
    assert names - {"retroaction", "postcomment"} == SHOWN_TO_ALL


def test_nothing_may_be_done_with_what_is_not_seen(company: Company) -> None:
    problems = []
    for model in (Objective, KeyResult):
        sight = directory.sight_of(model)
        assert sight is not None
        for row in model._default_manager.all():
            for person in PEOPLE:
                if sight.ask(company.actor(person), row):
                    continue
                allowed = [a.code for a in directory.about(model) if a.ask(company.actor(person), row)]
                problems += [f"{person} may {code} with {row} unseen" for code in allowed]
    nothing_wrong(problems)


def test_drafts_wait_for_whoever_may_agree(company: Company) -> None:
    drafts = [row for row in company.objectives.values() if row.status == "submitted"]
    assert drafts
    for person in PEOPLE:
        actor = company.actor(person)
        waiting = {row.pk for row in to_agree(actor)}
        assert waiting == {row.pk for row in drafts if has_perm(actor, "okrs.agree_on_objective", anew(row))}, person


@pytest.mark.parametrize("language", ["en", "de", "sv"])
def test_every_answer_says_why(company: Company, language: str) -> None:
    silent = []
    with translation.override(language):
        for code, action in directory.actions.items():
            for name, thing in things_for(company, action).items():
                for person in ("plo_north", "coach_of_own", "owner", "nobody", "left"):
                    answer = has_perm(company.actor(person), code, anew(thing))
                    said = answer.because if isinstance(answer, Allowed) else answer.reason
                    if not str(said).strip():
                        silent.append(f"{code} {name} {person}")
    assert silent == []


def test_the_installation_itself_may_do_everything_that_is_open(company: Company) -> None:
    refused = {
        (code, name)
        for code, action in directory.actions.items()
        for name, thing in things_for(company, action).items()
        if name not in ("closed", "private") and not has_perm(system_actor(), code, anew(thing))
    }
    assert refused == NOBODY_ASKED


def refusal(company: Company, code: str, thing: Model | None) -> Denied:
    """Return what somebody is told who may nothing."""
    answer = has_perm(company.actor("nobody"), code, anew(thing))
    assert isinstance(answer, Denied)
    return answer


@pytest.mark.parametrize(
    ("code", "name", "expected"),
    [
        # The administrator could too, and comes last.
        ("organizations.edit_team", "alpha", "lead_alpha (Team lead), plo_north (Program Lead Office), plo (…)"),
        ("organizations.edit_team", "root", "plo (Program Lead Office), administrator (Administrator)"),
        ("organizations.manage_teams", "", "plo (Program Lead Office), administrator (Administrator)"),
        ("okrs.draft_in_team", "alpha", "lead_alpha (Team lead), plo_north (Program Lead Office), plo (…)"),
        ("okrs.edit_objective", "alpha", "owner (Owner), lead_alpha (Team lead), plo_north (Program Lead Office)"),
        ("okrs.check_in", "unowned", "lead_alpha (Team lead), plo_north (Program Lead Office), plo (…)"),
        ("okrs.hold_meeting", "alpha", "lead_alpha (Team lead), coach_alpha (OKR Coach)"),
        # Whoever coaches everybody does not coach their own line.
        ("okrs.hold_meeting", "beta", "coach_of_own (Team lead), coach (OKR Coach)"),
        ("okrs.recommend_objective", "beta", "coach (OKR Coach)"),
        ("roles.see_coverage", "", "plo (Program Lead Office), coach (OKR Coach), coach_of_own (OKR Coach)"),
    ],
)
def test_a_refusal_names_those_nearest_first(company: Company, code: str, name: str, expected: str) -> None:
    thing = {**company.objectives, **company.teams}.get(name) if name else None
    if directory.actions[code].about is Objective:
        thing = company.objectives[name]
    if directory.actions[code].about is KeyResult:
        thing = KeyResult.objects.get(objective=company.objectives[name])
    told = ", ".join(str(one) for one in refusal(company, code, thing).people())
    assert told == expected.replace("(…)", "(Program Lead Office)")


def test_whoever_is_named_could(company: Company) -> None:
    problems, named = [], 0
    names = {member.pk: name for name, member in company.people.items()}
    for code, action in directory.actions.items():
        for name, thing in things_for(company, action).items() if code in EXPECTED else ():
            answer = has_perm(company.actor("nobody"), code, anew(thing))
            people = [names[one.id] for one in answer.people()] if isinstance(answer, Denied) else []
            named += len(people)
            could = EXPECTED[code][name].split()
            problems += [f"{person} is named for {code} {name}" for person in people if person not in could]
            if isinstance(answer, Denied) and could and not people:
                problems.append(f"nobody is named for {code} {name}")
    nothing_wrong(problems)
    assert named > 100


def test_it_costs_the_same_however_many_could(company: Company) -> None:
    def ask() -> None:
        decision = has_perm(company.actor("nobody"), "okrs.edit_words", anew(company.objectives["alpha"]))
        assert isinstance(decision, Denied)
        assert len(decision.people()) == 3

    with exactly(16):
        ask()
    for number in range(4):
        one = make_member(f"Another {number}", f"another{number}@policy")
        for role in (Role.PLO, Role.COACH):
            roles_factories.RoleAssignmentFactory.create(membership=one, role=role, team=company.teams["alpha"])
    with exactly(16):
        ask()
