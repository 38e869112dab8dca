"""Every page of the product in a real browser, in each theme and width, in the two languages with the longest words.

axe finds nothing, nothing is wider than the window, the console and the content policy stay silent, and the page
keeps its budget. The pages come from the URL resolver, so a new one cannot be forgotten.
"""

import gzip
import os
import re
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Browser, BrowserContext, Page

from okrapp.notifications.links import UNSUBSCRIBE
from okrapp.notifications.problems import problem
from okrs.demo.build import build_demo
from okrs.models import Alignment, CheckIn, Cycle, Initiative, KeyResult, Milestone, Objective
from okrs.queries.reminder import facts_of
from okrs.quick_link import quick_token
from organizations.actor import Actor
from organizations.demo_people import ADMINISTRATOR
from organizations.domain.api_token import create_token
from organizations.domain.imports import upload
from organizations.domain.invitation import create_link
from organizations.enums import Via
from organizations.models import Membership, Organization, PausePeriod, StrategicPriority, Team, User
from tests.contracts.addresses import QUERIES, WORDS, Address, tenant_addresses
from tests.factories import courses, messages, notifications, okrs, roles, rollout
from tests.factories.worlds import within

AXE = (Path(settings.BASE_DIR) / "node_modules" / "axe-core" / "axe.min.js").read_text()
PAGE_BUDGET = 30 * 1024

# Opening a page takes most of the time, so the narrowest window is the widest one drawn together.
LOOKS = [
    {"theme": "light", "width": 1440, "language": "de", "also": 320},
    {"theme": "dark", "width": 390, "language": "sv"},
]
HEIGHT = 900
OUTSIDE = ["/", "/accounts/login/", "/accounts/signup/", "/accounts/password/reset/", "/organizations/", "/profile/"]
# Addresses that answer a page only with a query; their fragments are part of the pages that ask for them.
FRAGMENTS = set(QUERIES)


@pytest.fixture
def company(transactional_db: None) -> Organization:
    """The invented company in German, the longest of our languages."""
    return build_demo(slug="nordkamm", language="de")


def _rollout_of(team: Team, administrator: Membership) -> dict[str, object]:
    """Return a plan with a phase, and one of each of its parts."""
    plan = rollout.RolloutPlanFactory.create(name="OKRs einführen", sponsor=administrator)
    rollout.PlanVersionFactory.create(plan=plan)
    phase = rollout.PlanPhaseFactory.create(plan=plan)
    wave = rollout.WaveFactory.create(phase=phase)
    rollout.WaveTeamFactory.create(wave=wave, team=team)
    computed = {"measure": "agreed", "text": "", "percent": 80}
    rollout.CriterionFactory.create(phase=phase, **computed)
    task = rollout.PlanTaskFactory.create(phase=phase, owner=administrator)
    rollout.TaskDependencyFactory.create(task=task)
    rollout.PlanMilestoneFactory.create(phase=phase)
    rollout.RiskFactory.create(plan=plan)
    rollout.PlanKeyResultFactory.create(plan=plan, current=30)
    rollout.BarrierCollectionFactory.create(plan=plan, for_everybody=True, roles=[])
    barrier = rollout.BarrierFactory.create(plan=plan, author=administrator)
    rollout.PilotDecisionFactory.create(phase=phase, decided_by=administrator)
    stakeholder = rollout.StakeholderFactory.create(
        plan=plan,
        membership=administrator,
        influence=3,
        next_contact_on=timezone.localdate(),
        disclosed_at=timezone.now(),
    )
    rollout.StakeholderFactory.create(plan=plan, membership=None, group="Schichtleitungen in allen drei Werken")
    rollout.DisclosureRequestFactory.create(plan=plan)
    commitment = rollout.LeaderCommitmentFactory.create(
        plan=plan, leader=administrator, text="Ich eröffne jedes Review."
    )
    rollout.BudgetLineFactory.create(plan=plan, phase=phase, note="Trainerin für zwei Tage")
    message = messages.PlannedMessageFactory.create(plan=plan, sender=administrator, title="Warum wir beginnen")
    messages.MessageAudienceFactory.create(message=message, kind="team", team=team)
    sent = messages.SentMessageFactory.create(message__plan=plan, sender=administrator)
    messages.MessageRecipientFactory.create(sent=sent, membership=administrator)
    rollout.PlanVersionFactory.create(plan=plan, number=2, state="approved", decided_at=timezone.now())
    return {
        "stakeholder_id": stakeholder.pk,
        "attitude_id": rollout.StakeholderAttitudeFactory.create(stakeholder=stakeholder).pk,
        "concern_id": rollout.StakeholderConcernFactory.create(stakeholder=stakeholder, answer="Später anfangen.").pk,
        "disclosure_id": rollout.DisclosureRequestFactory.create(plan=plan).pk,
        "buy_in_leader_id": rollout.BuyInLeaderFactory.create(plan=plan, leader=administrator).pk,
        "commitment_id": commitment.pk,
        "escalation_id": rollout.EscalationFactory.create(plan=plan, raised_by=administrator).pk,
        "planned_message_id": message.pk,
        "sent_message_id": sent.pk,
        **_course_of(administrator),
        "plan_comment_id": rollout.PlanCommentFactory.create(plan=plan, author=administrator).pk,
        "plan_id": plan.pk,
        "phase_id": phase.pk,
        "wave_id": wave.pk,
        "criterion_id": rollout.CriterionFactory.create(phase=phase).pk,
        "task_id": task.pk,
        "part_id": task.pk,
        "barrier_id": barrier.pk,
        "barrier_comment_id": rollout.BarrierCommentFactory.create(barrier=barrier, author=administrator).pk,
    }


def _course_of(administrator: Membership) -> dict[str, object]:
    """Return a course with somebody in a session that has begun, and a session ahead."""
    course = courses.CourseFactory.create(
        title="Einführung in OKR", needed_by=["starting", "coach"], enrols_itself=True, has_certificate=True
    )
    courses.CourseSessionFactory.create(course=course, trainer=administrator, capacity=1)
    session = courses.HeldSessionFactory.create(course=course, trainer=administrator)
    for member in Membership.objects.active().order_by("pk")[:3]:
        courses.EnrolmentFactory.create(session=session, member=member)
    enrolment = courses.AttendedFactory.create(session=session, member=administrator)
    courses.CourseCertificateFactory.create(enrolment=enrolment)
    return {"course_id": course.pk, "course_session_id": session.pk, "enrolment_id": enrolment.pk}


def things_of(organization: Organization) -> dict[str, object]:
    """Return a value for every variable part of an address, of rows of the company."""
    with within(organization):
        administrator = Membership.objects.get(email=ADMINISTRATOR.email)
        actor = Actor(administrator, via=Via.WEB)
        team = Team.objects.filter(lead__isnull=False).order_by("-created_at").first()
        assert team is not None
        invitation = create_link(actor=actor, team=team)
        token, _secret = create_token(actor=actor, membership=administrator, name="Kasse", scopes=["okrs:read"])
        table = b"Ref,Type,Title,Cycle,Start date,End date\n1,Objective,Etwas,Q9,2026-01-01,2026-03-31\n"
        run = upload(actor=actor, kind="okrs", file_name="okrs.csv", content=table)
        running = KeyResult.objects.filter(objective__cycle__phase="running", objective__team__isnull=False)
        key_result = running.filter(check_ins__isnull=False).order_by("pk")[0]
        cycle = Cycle.objects.filter(phase="running", length="quarter")[0]
        objective = Objective.objects.get(pk=key_result.objective_id)
        company = Objective.objects.filter(level="organization")[0]
        elsewhere = Team.objects.exclude(pk=team.pk)[0]
        comment = okrs.CommentFactory.create(objective=objective, author=administrator, text="Gut so, @Anna!")
        proposal = okrs.ProposalFactory.create(team=team, proposed_by=administrator, title="Schulen gewinnen")
        kudos = okrs.KudosFactory.create(team=team, author=administrator, text="Was für ein Start!")
        okrs.KudosPersonFactory.create(kudos=kudos, membership=administrator)
        okrs.ReactionFactory.create(comment=comment, membership=administrator)
        retrospective = okrs.RetrospectiveFactory.create(cycle=cycle, team=team, moderator=administrator)
        return {
            "notification_id": notifications.NotificationFactory.create(recipient=administrator).pk,
            "endpoint_id": (endpoint := notifications.EndpointFactory.create(name="Lager")).pk,
            "delivery_id": notifications.DeliveryFactory.create(
                notification=None,
                event=notifications.EventFactory.create(),
                endpoint=endpoint,
                channel="webhook",
                state="dead",
                answer=500,
                attempts=8,
                error=problem("answer", 500, "Service unavailable"),
            ).pk,
            "quick_token": quick_token(
                notifications.NotificationFactory.create(
                    recipient=key_result.owner,
                    kind="check_in_due",
                    facts=facts_of([key_result], timezone.now()),
                )
            ),
            "unsubscribe_token": UNSUBSCRIBE.sign_object([str(administrator.pk), "check_in_due"]),
            "extension_id": okrs.CycleExtensionFactory.create(cycle=cycle, team=team).pk,
            "team_id": team.pk,
            "dependency_id": okrs.DependencyFactory.create(objective=objective, needs=company).pk,
            "request_id": okrs.AlignmentRequestFactory.create(
                objective=objective, team=elsewhere, asked_by=administrator, message="Helft ihr?"
            ).pk,
            "example_id": okrs.ExampleFactory.create(created_by=administrator).pk,
            "retrospective_id": retrospective.pk,
            "card_id": okrs.RetroCardFactory.create(retrospective=retrospective, author=administrator).pk,
            "action_id": okrs.RetroActionFactory.create(retrospective=retrospective, owner=administrator).pk,
            "comment_id": comment.pk,
            "mention_id": okrs.MentionFactory.create(comment=comment, membership=administrator).pk,
            "kudos_id": kudos.pk,
            "proposal_id": proposal.pk,
            "meeting_id": okrs.MeetingFactory.create(team=team, cycle=cycle, started_by=administrator).pk,
            **_rollout_of(team, administrator),
            # A matrix of one row, with what there is to find in it.
            "qualification_id": roles.QualificationFactory.create().pk,
            "raci_activity_id": roles.RaciEntryFactory.create().activity_id,
            "assignment_id": roles.AssignmentAnswerFactory.create(
                assignment__membership=administrator,
                assignment__role="coach",
                assignment__team=elsewhere,
                assignment__state="proposed",
            ).assignment_id,
            "raci_person_id": roles.RaciPersonFactory.create(membership=administrator).pk,
            "post_id": (post := roles.PostFactory.create(author=administrator, text="Mit dem *Warum* beginnen.")).pk,
            "question_id": roles.QuestionMessageFactory.create(
                question__team=team, question__asked_by=administrator, author=administrator
            ).question_id,
            "post_comment_id": roles.PostCommentFactory.create(post=post, author=administrator).pk,
            "certificate_id": roles.CertificateFactory.create(membership=administrator).pk,
            "exception_id": roles.ConflictExceptionFactory.create(membership=administrator, team=team).pk,
            "note_id": (
                note := roles.CoachingNoteFactory.create(
                    assignment__membership=administrator, assignment__person=key_result.owner
                )
            ).pk,
            "coaching_id": note.assignment_id,
            "coach_id": roles.CoachProfileFactory.create(membership=administrator).membership_id,
            "slug": organization.slug,
            "team_slug": team.slug,
            "member_id": administrator.pk,
            "invitation_id": invitation.invitation.pk,
            "token": invitation.token,
            "token_id": token.pk,
            "import_id": run.pk,
            "priority_id": StrategicPriority.objects.all()[0].pk,
            "pause_id": PausePeriod.objects.all()[0].pk,
            "cycle_id": Cycle.objects.filter(phase="running")[0].pk,
            "objective_id": key_result.objective_id,
            "target_id": Objective.objects.filter(level="organization")[0].pk,
            "key_result_id": key_result.pk,
            "milestone_id": Milestone.objects.all()[0].pk,
            "check_in_id": CheckIn.objects.all()[0].pk,
            "alignment_id": Alignment.objects.all()[0].pk,
            "initiative_id": Initiative.objects.all()[0].pk,
            **WORDS,
        }


def pages_of(client: Client, addresses: list[Address], values: dict[str, object]) -> list[str]:
    """Return the paths that answer a whole page."""
    found = []
    for address in addresses:
        if address.is_api or address.name in FRAGMENTS or "GET" not in address.methods:
            continue
        path = address.path(values)
        response = client.get(path)
        is_html = response.headers.get("Content-Type", "").startswith("text/html")
        if response.status_code == 200 and is_html and b"<html" in response.content:
            found.append(path)
    return found


def sign_in(context: BrowserContext, client: Client, url: str) -> None:
    """Give the browser the session of a test client."""
    cookie = client.cookies[settings.SESSION_COOKIE_NAME]
    context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": url}])


def looked_at(page: Page, path: str, look: dict[str, Any], said: list[str]) -> list[str]:
    """Return what is wrong with the page that is open, as readable lines."""
    wrong = [f"{path} console: {text}" for text in said]
    said.clear()
    options = {"resultTypes": ["violations"], "selectors": False}
    for rule in page.evaluate("options => axe.run(document, options)", options)["violations"]:
        wrong += [f"{path} axe {rule['id']}: {node['html'][:160]}" for node in rule["nodes"][:3]]
    wrong += too_wide(page, path, look["width"])
    if "also" in look:
        page.set_viewport_size({"width": look["also"], "height": HEIGHT})
        wrong += too_wide(page, path, look["also"])
        page.set_viewport_size({"width": look["width"], "height": HEIGHT})
    return wrong


def too_wide(page: Page, path: str, width: int) -> list[str]:
    """Return a line if the page that is open is wider than the window."""
    beyond = page.evaluate("document.documentElement.scrollWidth") - width
    return [f"{path} at {width}: {beyond} px wider than the window"] if beyond > 0 else []


def opened(page: Page, url: str, path: str) -> list[str]:
    """Open a page and return what is wrong with its size."""
    answer = page.goto(url + path, wait_until="domcontentloaded")
    page.wait_for_selector('html[data-ready="1"]')
    assert answer is not None
    size = len(gzip.compress(answer.body(), 6))
    return [f"{path}: {size} bytes of HTML"] if size > PAGE_BUDGET and path not in OUTSIDE else []


def picture(page: Page, look: dict[str, Any], number: int, path: str) -> None:
    """Keep what the page looks like where somebody asked for it."""
    if pictures := os.environ.get("OKRAPP_PICTURES"):
        name = re.sub(r"[^a-z0-9]+", "-", path.lower())[:60]
        page.screenshot(path=f"{pictures}/{look['language']}-{look['width']}-{number:02}{name}.png")


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_every_page(chromium: Browser, live_server: Any, company: Organization, record_property: Any) -> None:
    user = User.objects.get(email=ADMINISTRATOR.email)
    client = Client()
    client.force_login(user)
    pages = pages_of(client, tenant_addresses(), things_of(company))
    assert len(pages) > 25
    paths = pages + OUTSIDE
    record_property("covered", ("pages opened in the browser, in each theme and width", len(paths)))
    wrong = []
    for look in LOOKS:
        User.objects.filter(pk=user.pk).update(language=look["language"])
        context = chromium.new_context(
            viewport={"width": look["width"], "height": HEIGHT}, color_scheme=look["theme"], locale=look["language"]
        )
        try:
            sign_in(context, client, live_server.url)
            context.add_init_script(AXE)
            page = context.new_page()
            said: list[str] = []
            page.on(
                "console", lambda message, said=said: said.append(message.text) if message.type == "error" else None
            )
            page.on("pageerror", lambda error, said=said: said.append(str(error)))
            for number, path in enumerate(paths):
                wrong += opened(page, live_server.url, path)
                wrong += looked_at(page, path, look, said)
                picture(page, look, number, path)
        finally:
            context.close()
    assert not wrong, "\n".join(wrong)
