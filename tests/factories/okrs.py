"""Cycles, objectives, key results, check-ins and what supports what."""

from datetime import timedelta
from decimal import Decimal

import factory
from django.contrib.auth.models import Permission
from django.utils import timezone

from okrs.enums import Confidence, Function, Level, MetricType, ObjectiveStatus, Outcome, Phase, RetroColumn
from okrs.models import (
    Alignment,
    AlignmentRequest,
    CheckIn,
    Comment,
    Cycle,
    CycleExtension,
    CycleTeam,
    Dependency,
    Example,
    ImportedRow,
    Initiative,
    KeyResult,
    Kudos,
    KudosPerson,
    Meeting,
    MeetingNote,
    Mention,
    Milestone,
    Objective,
    ObjectiveGrant,
    PhasedTarget,
    Proposal,
    Reaction,
    RetroAction,
    RetroCard,
    Retrospective,
    RetroVote,
    Review,
)
from organizations.enums import Via
from tests.factories.organizations import MembershipFactory, TeamFactory
from tests.factories.tenant import TenantFactory


class CycleFactory(TenantFactory[Cycle]):
    """A running cycle in the middle of its 91 days."""

    class Meta:
        model = Cycle

    name = factory.Sequence(lambda number: f"Cycle {number}")
    starts_on = factory.LazyFunction(lambda: timezone.localdate() - timedelta(days=45))
    ends_on = factory.LazyAttribute(lambda row: row.starts_on + timedelta(days=90))
    phase = Phase.RUNNING


class CycleTeamFactory(TenantFactory[CycleTeam]):
    class Meta:
        model = CycleTeam

    cycle = factory.SubFactory(CycleFactory, for_all_teams=False)
    team = factory.SubFactory(TeamFactory)


class ObjectiveFactory(TenantFactory[Objective]):
    """An active objective of a team; `level=Level.ORGANIZATION, team=None` for one of the organization."""

    class Meta:
        model = Objective

    cycle = factory.SubFactory(CycleFactory)
    level = Level.TEAM
    team = factory.SubFactory(TeamFactory)
    owner = factory.SubFactory(MembershipFactory)
    title = factory.Sequence(lambda number: f"Objective {number}")
    status = ObjectiveStatus.ACTIVE


class KeyResultFactory(TenantFactory[KeyResult]):
    """From 0 to 100, standing at its start, never checked in on."""

    class Meta:
        model = KeyResult

    objective = factory.SubFactory(ObjectiveFactory)
    owner = factory.SelfAttribute("objective.owner")
    title = factory.Sequence(lambda number: f"Key result {number}")
    metric = MetricType.INCREASE
    start = Decimal(0)
    target = Decimal(100)
    current = factory.SelfAttribute("start")
    progress = 0.0


class MilestoneFactory(TenantFactory[Milestone]):
    class Meta:
        model = Milestone

    key_result = factory.SubFactory(
        KeyResultFactory, metric=MetricType.MILESTONES, start=None, target=None, current=None
    )
    title = factory.Sequence(lambda number: f"Milestone {number}")


class CheckInFactory(TenantFactory[CheckIn]):
    """A row of history alone; the key result's own numbers are the domain's to change."""

    class Meta:
        model = CheckIn

    key_result = factory.SubFactory(KeyResultFactory)
    author = factory.SubFactory(MembershipFactory)
    value = Decimal(10)
    previous_value = Decimal(0)
    progress = 0.1
    confidence = Confidence.ON_TRACK
    note = "First customers moved over."
    via = Via.WEB
    at = factory.LazyFunction(timezone.now)


class AlignmentFactory(TenantFactory[Alignment]):
    """One objective supports another; for other targets give `target_objective=None` and the target."""

    class Meta:
        model = Alignment

    objective = factory.SubFactory(ObjectiveFactory)
    target_objective = factory.SubFactory(ObjectiveFactory)


class InitiativeFactory(TenantFactory[Initiative]):
    class Meta:
        model = Initiative

    objective = factory.SubFactory(ObjectiveFactory)
    title = factory.Sequence(lambda number: f"Initiative {number}")


class ImportedRowFactory(TenantFactory[ImportedRow]):
    class Meta:
        model = ImportedRow

    cycle = factory.SubFactory(CycleFactory)
    ref = factory.Sequence(lambda number: f"R{number}")
    objective = factory.SubFactory(ObjectiveFactory, cycle=factory.SelfAttribute("..cycle"))


class CycleExtensionFactory(TenantFactory[CycleExtension]):
    class Meta:
        model = CycleExtension

    cycle = factory.SubFactory(CycleFactory)
    team = factory.SubFactory(TeamFactory)
    until = factory.LazyFunction(lambda: timezone.localdate() + timedelta(days=7))


class PhasedTargetFactory(TenantFactory[PhasedTarget]):
    class Meta:
        model = PhasedTarget

    key_result = factory.SubFactory(KeyResultFactory)
    due_on = factory.LazyFunction(lambda: timezone.localdate() + timedelta(days=7))
    value = Decimal(40)


class ObjectiveGrantFactory(TenantFactory[ObjectiveGrant]):
    """Leave to see a private objective; `user` is the user of a member of the organization."""

    class Meta:
        model = ObjectiveGrant

    content_object = factory.SubFactory(ObjectiveFactory)
    permission = factory.LazyFunction(
        lambda: Permission.objects.get(content_type__app_label="okrs", codename="view_objective")
    )


class DependencyFactory(TenantFactory[Dependency]):
    class Meta:
        model = Dependency

    objective = factory.SubFactory(ObjectiveFactory)
    needs = factory.SubFactory(ObjectiveFactory)


class AlignmentRequestFactory(TenantFactory[AlignmentRequest]):
    class Meta:
        model = AlignmentRequest

    objective = factory.SubFactory(ObjectiveFactory)
    team = factory.SubFactory(TeamFactory)
    message = "We cannot get there without you."


class ProposalFactory(TenantFactory[Proposal]):
    class Meta:
        model = Proposal

    level = Level.TEAM
    team = factory.SubFactory(TeamFactory)
    title = factory.Sequence(lambda number: f"Proposal {number}")
    proposed_by = factory.SubFactory(MembershipFactory)


class CommentFactory(TenantFactory[Comment]):
    class Meta:
        model = Comment

    objective = factory.SubFactory(ObjectiveFactory)
    author = factory.SubFactory(MembershipFactory)
    text = factory.Sequence(lambda number: f"Comment {number}")


class MentionFactory(TenantFactory[Mention]):
    class Meta:
        model = Mention

    comment = factory.SubFactory(CommentFactory)
    membership = factory.SubFactory(MembershipFactory)


class KudosFactory(TenantFactory[Kudos]):
    class Meta:
        model = Kudos

    team = factory.SubFactory(TeamFactory)
    author = factory.SubFactory(MembershipFactory)
    text = factory.Sequence(lambda number: f"Kudos {number}")


class KudosPersonFactory(TenantFactory[KudosPerson]):
    class Meta:
        model = KudosPerson

    kudos = factory.SubFactory(KudosFactory)
    membership = factory.SubFactory(MembershipFactory)


class ReactionFactory(TenantFactory[Reaction]):
    """About a comment; for others give `comment=None` and the thing."""

    class Meta:
        model = Reaction

    comment = factory.SubFactory(CommentFactory)
    membership = factory.SubFactory(MembershipFactory)


class MeetingFactory(TenantFactory[Meeting]):
    class Meta:
        model = Meeting

    team = factory.SubFactory(TeamFactory)
    cycle = factory.SubFactory(CycleFactory)
    started_at = factory.LazyFunction(timezone.now)


class MeetingNoteFactory(TenantFactory[MeetingNote]):
    class Meta:
        model = MeetingNote

    meeting = factory.SubFactory(MeetingFactory)
    text = factory.Sequence(lambda number: f"Note {number}")


class ReviewFactory(TenantFactory[Review]):
    class Meta:
        model = Review

    objective = factory.SubFactory(ObjectiveFactory)
    proposed_score = Decimal("0.7")
    score = Decimal("0.7")
    outcome = Outcome.ACHIEVED


class RetrospectiveFactory(TenantFactory[Retrospective]):
    class Meta:
        model = Retrospective

    cycle = factory.SubFactory(CycleFactory)
    team = factory.SubFactory(TeamFactory)


class RetroCardFactory(TenantFactory[RetroCard]):
    class Meta:
        model = RetroCard

    retrospective = factory.SubFactory(RetrospectiveFactory)
    column = RetroColumn.KEPT_GOING
    text = factory.Sequence(lambda number: f"Card {number}")


class RetroVoteFactory(TenantFactory[RetroVote]):
    class Meta:
        model = RetroVote

    card = factory.SubFactory(RetroCardFactory)
    membership = factory.SubFactory(MembershipFactory)


class RetroActionFactory(TenantFactory[RetroAction]):
    class Meta:
        model = RetroAction

    retrospective = factory.SubFactory(RetrospectiveFactory)
    team = factory.SelfAttribute("retrospective.team")
    title = factory.Sequence(lambda number: f"Action {number}")


class ExampleFactory(TenantFactory[Example]):
    class Meta:
        model = Example

    function = Function.SALES
    language = "en"
    title = factory.Sequence(lambda number: f"Example {number}")
    key_results = factory.LazyFunction(lambda: ["Raise activation from 41 to 70 %"])
