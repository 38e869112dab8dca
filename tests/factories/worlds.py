"""Whole organizations: at least one row in every tenant table, and people in every position."""

from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from decimal import Decimal

from django.apps import apps
from django.test import Client
from django.utils import timezone

from okrapp.notifications.models import Delivery, Endpoint, Notification
from okrapp.tenancy.context import tenant_context
from okrapp.tenancy.models import TenantModel
from okrs.enums import Level, MetricType, Visibility
from okrs.models import (
    Alignment,
    AlignmentRequest,
    CheckIn,
    Comment,
    Cycle,
    CycleExtension,
    Dependency,
    Example,
    ImportedRow,
    Initiative,
    KeyResult,
    Kudos,
    Meeting,
    MeetingNote,
    Mention,
    Milestone,
    Objective,
    PhasedTarget,
    Proposal,
    RetroAction,
    RetroCard,
    Retrospective,
    Review,
)
from okrs.queries.reminder import facts_of
from organizations.enums import Role
from organizations.models import (
    ApiToken,
    AuditEntry,
    ImportRun,
    Invitation,
    Membership,
    Organization,
    OrganizationSettings,
    PausePeriod,
    StrategicPriority,
    Team,
    User,
)
from roles.enums import AssignmentState
from roles.models import (
    Certificate,
    CoachingNote,
    CoachProfile,
    CoachQuestion,
    ConflictException,
    Post,
    PostComment,
    Qualification,
    RaciActivity,
    RaciPerson,
    RoleAssignment,
)
from rollout.models import (
    Barrier,
    BarrierCollection,
    BarrierComment,
    BudgetLine,
    BuyInLeader,
    Course,
    CourseSession,
    Criterion,
    DisclosureRequest,
    Enrolment,
    Escalation,
    LeaderCommitment,
    PilotDecision,
    PlanComment,
    PlanKeyResult,
    PlanMilestone,
    PlannedMessage,
    PlanPhase,
    PlanTask,
    Risk,
    RolloutPlan,
    SentMessage,
    Stakeholder,
    StakeholderAttitude,
    StakeholderConcern,
    Wave,
)
from tests.factories import courses, messages, notifications, okrs, organizations, roles, rollout
from tests.factories.replay import replay


@dataclass(slots=True)
class World:
    """An organization and one of everything in it; enter `within(world.organization)` to use it."""

    organization: Organization
    settings: OrganizationSettings
    # Anna may do everything, Petra holds the Program Lead Office, Lena leads the team, Max is in it.
    administrator: Membership
    plo: Membership
    lead: Membership
    member: Membership
    placeholder: Membership
    root_team: Team
    team: Team
    priority: StrategicPriority
    pause: PausePeriod
    invitation: Invitation
    invitation_secret: str
    token: ApiToken
    token_secret: str
    audit_entry: AuditEntry
    import_run: ImportRun
    role_assignment: RoleAssignment
    cycle: Cycle
    organization_objective: Objective
    objective: Objective
    key_result: KeyResult
    milestone_key_result: KeyResult
    milestone: Milestone
    check_in: CheckIn
    alignment: Alignment
    initiative: Initiative
    imported_row: ImportedRow
    phased_target: PhasedTarget
    extension: CycleExtension
    # Lena's own, shared with Petra: Max and Anna must find it nowhere.
    private_objective: Objective
    private_key_result: KeyResult
    dependency: Dependency
    request: AlignmentRequest
    proposal: Proposal
    comment: Comment
    mention: Mention
    kudos: Kudos
    meeting: Meeting
    meeting_note: MeetingNote
    review: Review
    retrospective: Retrospective
    retro_card: RetroCard
    retro_action: RetroAction
    example: Example
    # Petra coaches Max as a person.
    coaching: RoleAssignment
    coaching_note: CoachingNote
    # Max, for the root team, asked and not answered.
    proposed_coach: RoleAssignment
    conflict_exception: ConflictException
    qualification: Qualification
    certificate: Certificate
    coach_profile: CoachProfile
    raci_activity: RaciActivity
    raci_person: RaciPerson
    post: Post
    post_comment: PostComment
    question: CoachQuestion
    # It runs; Lena is its Sponsor, Petra in its Program Lead Office, Max owns its task.
    plan: RolloutPlan
    plan_phase: PlanPhase
    wave: Wave
    criterion: Criterion
    plan_task: PlanTask
    plan_milestone: PlanMilestone
    risk: Risk
    plan_key_result: PlanKeyResult
    barrier_collection: BarrierCollection
    barrier: Barrier
    barrier_comment: BarrierComment
    pilot_decision: PilotDecision
    # Max, confidential: Anna must find nothing about him anywhere.
    stakeholder: Stakeholder
    attitude: StakeholderAttitude
    concern: StakeholderConcern
    # Max asks, and nobody has answered.
    disclosure: DisclosureRequest
    # Lena leads a team, and was invited; the commitment is hers.
    invited_leader: BuyInLeader
    commitment: LeaderCommitment
    budget_line: BudgetLine
    escalation: Escalation
    plan_comment: PlanComment
    planned_message: PlannedMessage
    sent_message: SentMessage
    # Lena teaches it; Max attended an earlier session, and holds the certificate.
    course: Course
    course_session: CourseSession
    enrolment: Enrolment
    notification: Notification
    # Anna was reminded, and has read it.
    reminder: Notification
    endpoint: Endpoint
    room: Endpoint
    webhook_delivery: Delivery
    people: list[Membership] = field(default_factory=list)


def within(organization: Organization) -> AbstractContextManager[None]:
    """Enter an organization: a transaction in which its rows are visible."""
    return tenant_context(organization.pk)


def user_of(member: Membership) -> User:
    """Return the user a member signs in as; a placeholder has none."""
    assert member.user_id is not None
    return User.objects.get(pk=member.user_id)


def client_of(person: Membership | User) -> Client:
    """Return a test client signed in as a member's user, or as a user."""
    client = Client()
    client.force_login(person if isinstance(person, User) else user_of(person))
    return client


def tenant_models() -> list[type[TenantModel]]:
    """Return every model behind the wall."""
    return [model for model in apps.get_models() if issubclass(model, TenantModel)]


def make_member(name: str, address: str, **fields: object) -> Membership:
    """Return a member of the organization in context, with a user of their own at `<address>.example.com`."""
    user = organizations.UserFactory.create(name=name, email=f"{address}.example.com")
    member = organizations.MembershipFactory.create(user=user, display_name=name, email=user.email, **fields)
    member.user = user
    return member


def make_organization(slug: str, people: Sequence[str] = ()) -> World:
    """Return a whole organization; `people` are names of further members, in the team.

    Made row by row once in a process; then the same rows are written again in one go, which takes a fifth of the time.
    """
    return replay(f"{slug} {people}", lambda: _make(slug, people))


def _make(slug: str, people: Sequence[str]) -> World:
    organization = organizations.OrganizationFactory.create(slug=slug, name=slug.replace("-", " ").title())
    organizations.DispatchFactory.create(organization=organization)
    with within(organization):
        return _fill(organization, people)


def _fill(organization: Organization, people: Sequence[str]) -> World:
    slug, name = organization.slug, organization.name
    settings = organizations.OrganizationSettingsFactory.create(vision=f"The vision of {name}")
    administrator = make_member(f"Anna {name}", f"anna@{slug}", is_administrator=True)
    plo = make_member(f"Petra {name}", f"petra@{slug}")
    lead = make_member(f"Lena {name}", f"lena@{slug}", manager=administrator)
    member = make_member(f"Max {name}", f"max@{slug}", manager=lead)
    placeholder = organizations.MembershipFactory.create(user=None, display_name=f"Somebody {name}")
    others = [make_member(who, f"{who.split()[0].lower()}@{slug}") for who in people]

    root_team = organizations.TeamFactory.create(name=f"Company {name}", slug="company", lead=administrator)
    team = organizations.TeamFactory.create(name=f"Sales {name}", slug="sales", parent=root_team, lead=lead)
    for person in (lead, member, *others):
        organizations.TeamMembershipFactory.create(team=team, membership=person)
    role_assignment = roles.RoleAssignmentFactory.create(membership=plo, role=Role.PLO)

    priority = organizations.StrategicPriorityFactory.create(title=f"Priority of {name}")
    pause = organizations.PausePeriodFactory.create(name=f"Pause of {name}")
    invitation_secret, token_secret = f"invitation-{slug}-secret", f"okr_{slug}_secret"
    invitation = organizations.InvitationFactory.create(
        secret=invitation_secret, email=f"invited@{slug}.example.com", team=team, invited_by=administrator
    )
    token = organizations.ApiTokenFactory.create(membership=member, secret=token_secret, name=f"Token of {name}")
    organizations.IdempotentRequestFactory.create(membership=member)
    audit_entry = organizations.AuditEntryFactory.create(actor=administrator, object_label=f"Audited in {name}")
    import_run = organizations.ImportRunFactory.create(created_by=administrator, file_name=f"{slug}.csv")

    cycle = okrs.CycleFactory.create(name=f"Cycle of {name}")
    okrs.CycleTeamFactory.create(cycle=cycle, team=team)
    organization_objective = okrs.ObjectiveFactory.create(
        cycle=cycle, level=Level.ORGANIZATION, team=None, owner=plo, title=f"Company objective of {name}"
    )
    objective = okrs.ObjectiveFactory.create(cycle=cycle, team=team, owner=lead, title=f"Objective of {name}")
    key_result = okrs.KeyResultFactory.create(
        objective=objective, owner=member, title=f"Key result of {name}", current=Decimal(10), progress=0.1
    )
    milestone_key_result = okrs.KeyResultFactory.create(
        objective=objective,
        owner=lead,
        title=f"Steps of {name}",
        metric=MetricType.MILESTONES,
        start=None,
        target=None,
        position=1,
    )
    milestone = okrs.MilestoneFactory.create(key_result=milestone_key_result, title=f"Step of {name}")
    check_in = okrs.CheckInFactory.create(key_result=key_result, author=member, note=f"Check-in of {name}")
    key_result.last_check_in_at, key_result.confidence = check_in.at, check_in.confidence
    key_result.save(update_fields=["last_check_in_at", "confidence"])
    alignment = okrs.AlignmentFactory.create(objective=objective, target_objective=organization_objective)
    initiative = okrs.InitiativeFactory.create(
        objective=objective, key_result=key_result, owner=member, title=f"Initiative of {name}"
    )
    imported_row = okrs.ImportedRowFactory.create(cycle=cycle, objective=objective, ref=f"ref-{slug}")

    phased_target = okrs.PhasedTargetFactory.create(key_result=key_result)
    extension = okrs.CycleExtensionFactory.create(cycle=cycle, team=root_team)
    private_objective = okrs.ObjectiveFactory.create(
        cycle=cycle, team=team, owner=lead, title=f"Private of {name}", visibility=Visibility.PRIVATE
    )
    private_key_result = okrs.KeyResultFactory.create(objective=private_objective, title=f"Private result of {name}")
    okrs.ObjectiveGrantFactory.create(content_object=private_objective, user=user_of(plo))
    dependency = okrs.DependencyFactory.create(objective=objective, needs=organization_objective)
    request = okrs.AlignmentRequestFactory.create(
        objective=objective, team=root_team, asked_by=lead, message=f"Request of {name}"
    )
    proposal = okrs.ProposalFactory.create(team=team, proposed_by=member, title=f"Proposal of {name}")
    comment = okrs.CommentFactory.create(objective=objective, author=member, text=f"Comment of {name}")
    mention = okrs.MentionFactory.create(comment=comment, membership=lead)
    kudos = okrs.KudosFactory.create(team=team, author=lead, text=f"Kudos of {name}")
    okrs.KudosPersonFactory.create(kudos=kudos, membership=member)
    okrs.ReactionFactory.create(comment=comment, membership=lead)
    meeting = okrs.MeetingFactory.create(team=team, cycle=cycle, started_by=lead)
    meeting_note = okrs.MeetingNoteFactory.create(meeting=meeting, key_result=key_result, text=f"Note of {name}")
    review = okrs.ReviewFactory.create(objective=objective, learnings=f"Learnt by {name}")
    retrospective = okrs.RetrospectiveFactory.create(cycle=cycle, team=team, moderator=lead)
    retro_card = okrs.RetroCardFactory.create(retrospective=retrospective, author=member, text=f"Card of {name}")
    okrs.RetroVoteFactory.create(card=retro_card, membership=lead)
    retro_action = okrs.RetroActionFactory.create(retrospective=retrospective, owner=lead, title=f"Action of {name}")
    example = okrs.ExampleFactory.create(title=f"Example of {name}", created_by=plo)

    coaching = roles.RoleAssignmentFactory.create(membership=plo, role=Role.COACH, person=member)
    coaching_note = roles.CoachingNoteFactory.create(assignment=coaching, text=f"Coaching note of {name}")
    proposed_coach = roles.RoleAssignmentFactory.create(
        membership=member, role=Role.COACH, team=root_team, state=AssignmentState.PROPOSED, proposed_by=plo
    )
    roles.AssignmentAnswerFactory.create(assignment=proposed_coach)
    conflict_exception = roles.ConflictExceptionFactory.create(membership=administrator, team=team, granted_by=plo)
    roles.RoleProfileFactory.create(role=Role.SPONSOR, mission=f"Mission of {name}")
    qualification = roles.QualificationFactory.create(title=f"Training of {name}")
    certificate = roles.CertificateFactory.create(membership=member, title=f"Certificate of {name}")
    coach_profile = roles.CoachProfileFactory.create(membership=lead, about=f"Coach of {name}")
    raci_activity = roles.RaciActivityFactory.create(title=f"Activity of {name}")
    raci_person = roles.RaciPersonFactory.create(membership=member)
    roles.RaciEntryFactory.create(activity=raci_activity)
    post = roles.PostFactory.create(author=plo, title=f"Insight of {name}")
    post_comment = roles.PostCommentFactory.create(post=post, author=plo, text=f"Comment on an insight of {name}")
    roles.PostUsefulFactory.create(post=post, membership=plo)
    question = roles.CoachQuestionFactory.create(team=team, asked_by=member, title=f"Question of {name}")
    roles.QuestionMessageFactory.create(question=question, author=lead, text=f"Answer of {name}")

    plan = rollout.RolloutPlanFactory.create(name=f"Plan of {name}", sponsor=lead)
    rollout.PlanOfficerFactory.create(plan=plan, membership=plo)
    rollout.PlanVersionFactory.create(plan=plan)
    plan_phase = rollout.PlanPhaseFactory.create(plan=plan)
    wave = rollout.WaveFactory.create(phase=plan_phase, name=f"Wave of {name}")
    rollout.WaveTeamFactory.create(wave=wave, team=team)
    criterion = rollout.CriterionFactory.create(phase=plan_phase, text=f"Criterion of {name}")
    plan_task = rollout.PlanTaskFactory.create(phase=plan_phase, owner=member, title=f"Task of {name}")
    rollout.TaskDependencyFactory.create(task=plan_task)
    plan_milestone = rollout.PlanMilestoneFactory.create(phase=plan_phase, title=f"Milestone of {name}")
    next_phase = rollout.PlanPhaseFactory.create(plan=plan, kind="expand")
    rollout.PhaseDependencyFactory.create(phase=next_phase, task=None, milestone=plan_milestone)
    risk = rollout.RiskFactory.create(plan=plan, owner=lead, title=f"Risk of {name}")
    plan_key_result = rollout.PlanKeyResultFactory.create(plan=plan, title=f"Rollout result of {name}")
    barrier_collection = rollout.BarrierCollectionFactory.create(plan=plan)
    barrier = rollout.BarrierFactory.create(plan=plan, author=lead, text=f"Barrier of {name}")
    rollout.BarrierVoteFactory.create(barrier=barrier, membership=plo)
    barrier_comment = rollout.BarrierCommentFactory.create(
        barrier=barrier, author=lead, text=f"Comment on a barrier of {name}"
    )
    pilot_decision = rollout.PilotDecisionFactory.create(phase=plan_phase, decided_by=lead, reason=f"Reason of {name}")
    stakeholder = rollout.StakeholderFactory.create(plan=plan, membership=member, owner=plo)
    attitude = rollout.StakeholderAttitudeFactory.create(
        stakeholder=stakeholder, noted_by=plo, note=f"Attitude noted in {name}"
    )
    concern = rollout.StakeholderConcernFactory.create(stakeholder=stakeholder, text=f"Concern of {name}")
    disclosure = rollout.DisclosureRequestFactory.create(plan=plan, membership=member)
    invited_leader = rollout.BuyInLeaderFactory.create(plan=plan, leader=lead, invited_by=plo)
    commitment = rollout.LeaderCommitmentFactory.create(plan=plan, leader=lead, text=f"Commitment of {name}")
    budget_line = rollout.BudgetLineFactory.create(plan=plan, note=f"Budget line of {name}")
    escalation = rollout.EscalationFactory.create(plan=plan, raised_by=plo, title=f"Escalation of {name}")
    plan_comment = rollout.PlanCommentFactory.create(plan=plan, author=plo, text=f"Comment on a plan of {name}")
    planned_message = messages.PlannedMessageFactory.create(plan=plan, sender=lead, title=f"Message of {name}")
    messages.MessageAudienceFactory.create(message=planned_message)
    for kind, target in (("wave", wave), ("team", team), ("member", member)):
        messages.MessageAudienceFactory.create(message=planned_message, kind=kind, **{kind: target})
    sent_message = messages.SentMessageFactory.create(
        message__plan=plan, message__title=f"Sent message of {name}", sender=lead, sender_name=lead.display_name
    )
    messages.MessageRecipientFactory.create(sent=sent_message, membership=member)
    course = courses.CourseFactory.create(title=f"Course of {name}", has_certificate=True)
    course_session = courses.CourseSessionFactory.create(course=course, trainer=lead, place=f"Room of {name}")
    held = courses.HeldSessionFactory.create(course=course, trainer=lead, place=f"Former room of {name}")
    enrolment = courses.AttendedFactory.create(session=held, member=member)
    courses.CourseCertificateFactory.create(enrolment=enrolment, certificate=certificate)

    notification = notifications.NotificationFactory.create(
        recipient=member, by=lead, facts={"key_result": str(key_result.pk), "title": f"Told in {name}"}
    )
    reminder = notifications.NotificationFactory.create(
        recipient=administrator,
        kind="check_in_due",
        facts=facts_of([key_result], timezone.now()),
        read_at=timezone.now(),
    )
    notifications.DeliveryFactory.create(notification=notification)
    endpoint = notifications.EndpointFactory.create(name=f"Program of {name}")
    room = notifications.EndpointFactory.create(kind="slack", name=f"Room of {name}", team=team, topics=["celebrated"])
    webhook_delivery = notifications.DeliveryFactory.create(
        notification=None, event=notifications.EventFactory.create(), endpoint=endpoint, channel="webhook", state="sent"
    )
    notifications.ChoiceFactory.create(member=plo)
    notifications.HabitsFactory.create(member=plo)

    empty = [model._meta.label for model in tenant_models() if not model.objects.exists()]
    assert not empty, f"The world has no row of {empty}: extend tests/factories/worlds.py"
    return World(
        organization=organization,
        settings=settings,
        administrator=administrator,
        plo=plo,
        lead=lead,
        member=member,
        placeholder=placeholder,
        root_team=root_team,
        team=team,
        priority=priority,
        pause=pause,
        invitation=invitation,
        invitation_secret=invitation_secret,
        token=token,
        token_secret=token_secret,
        audit_entry=audit_entry,
        import_run=import_run,
        role_assignment=role_assignment,
        cycle=cycle,
        organization_objective=organization_objective,
        objective=objective,
        key_result=key_result,
        milestone_key_result=milestone_key_result,
        milestone=milestone,
        check_in=check_in,
        alignment=alignment,
        initiative=initiative,
        imported_row=imported_row,
        phased_target=phased_target,
        extension=extension,
        private_objective=private_objective,
        private_key_result=private_key_result,
        dependency=dependency,
        request=request,
        proposal=proposal,
        comment=comment,
        mention=mention,
        kudos=kudos,
        meeting=meeting,
        meeting_note=meeting_note,
        review=review,
        retrospective=retrospective,
        retro_card=retro_card,
        retro_action=retro_action,
        example=example,
        coaching=coaching,
        coaching_note=coaching_note,
        proposed_coach=proposed_coach,
        conflict_exception=conflict_exception,
        qualification=qualification,
        certificate=certificate,
        coach_profile=coach_profile,
        raci_activity=raci_activity,
        raci_person=raci_person,
        post=post,
        post_comment=post_comment,
        question=question,
        plan=plan,
        plan_phase=plan_phase,
        wave=wave,
        criterion=criterion,
        plan_task=plan_task,
        plan_milestone=plan_milestone,
        risk=risk,
        plan_key_result=plan_key_result,
        barrier_collection=barrier_collection,
        barrier=barrier,
        barrier_comment=barrier_comment,
        pilot_decision=pilot_decision,
        stakeholder=stakeholder,
        attitude=attitude,
        concern=concern,
        disclosure=disclosure,
        invited_leader=invited_leader,
        commitment=commitment,
        budget_line=budget_line,
        escalation=escalation,
        plan_comment=plan_comment,
        planned_message=planned_message,
        sent_message=sent_message,
        course=course,
        course_session=course_session,
        enrolment=enrolment,
        notification=notification,
        reminder=reminder,
        endpoint=endpoint,
        room=room,
        webhook_delivery=webhook_delivery,
        people=others,
    )
