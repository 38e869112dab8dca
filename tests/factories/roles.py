"""Roles that people hold, and what belongs to them."""

from datetime import timedelta

import factory
from django.utils import timezone

from organizations.enums import Role
from roles.enums import Letter, Party, PostKind, RaciPhase, Side
from roles.models import (
    AssignmentAnswer,
    Certificate,
    CoachingNote,
    CoachProfile,
    CoachQuestion,
    ConflictException,
    Post,
    PostComment,
    PostUseful,
    Qualification,
    QuestionMessage,
    RaciActivity,
    RaciEntry,
    RaciPerson,
    RoleAssignment,
    RoleProfile,
)
from tests.factories.organizations import MembershipFactory, TeamFactory
from tests.factories.tenant import TenantFactory


class RoleAssignmentFactory(TenantFactory[RoleAssignment]):
    """Somebody in the Program Lead Office of the whole organization, since a month ago."""

    class Meta:
        model = RoleAssignment

    membership = factory.SubFactory(MembershipFactory)
    role = Role.PLO
    starts_on = factory.LazyFunction(lambda: timezone.localdate() - timedelta(days=30))


class AssignmentAnswerFactory(TenantFactory[AssignmentAnswer]):
    """A coach who has not answered."""

    class Meta:
        model = AssignmentAnswer

    assignment = factory.SubFactory(RoleAssignmentFactory)
    side = Side.COACH


class ConflictExceptionFactory(TenantFactory[ConflictException]):
    """In force since a month ago, for two months more."""

    class Meta:
        model = ConflictException

    membership = factory.SubFactory(MembershipFactory)
    team = factory.SubFactory(TeamFactory)
    reason = "Nobody else is trained yet."
    starts_on = factory.LazyFunction(lambda: timezone.localdate() - timedelta(days=30))
    ends_on = factory.LazyFunction(lambda: timezone.localdate() + timedelta(days=60))


class CoachingNoteFactory(TenantFactory[CoachingNote]):
    class Meta:
        model = CoachingNote

    assignment = factory.SubFactory(RoleAssignmentFactory, role=Role.COACH)
    text = "Wants to lead the next review herself."


class RoleProfileFactory(TenantFactory[RoleProfile]):
    class Meta:
        model = RoleProfile

    role = Role.COACH


class QualificationFactory(TenantFactory[Qualification]):
    class Meta:
        model = Qualification

    role = Role.COACH
    title = factory.Sequence(lambda number: f"Training {number}")


class CertificateFactory(TenantFactory[Certificate]):
    """One that does not expire."""

    class Meta:
        model = Certificate

    membership = factory.SubFactory(MembershipFactory)
    title = factory.Sequence(lambda number: f"Certificate {number}")
    issued_on = factory.LazyFunction(lambda: timezone.localdate() - timedelta(days=30))


class CoachProfileFactory(TenantFactory[CoachProfile]):
    class Meta:
        model = CoachProfile

    membership = factory.SubFactory(MembershipFactory)
    languages = factory.LazyFunction(lambda: ["en"])


class RaciActivityFactory(TenantFactory[RaciActivity]):
    class Meta:
        model = RaciActivity

    phase = RaciPhase.DRAFTING
    title = factory.Sequence(lambda number: f"Activity {number}")


class RaciPersonFactory(TenantFactory[RaciPerson]):
    class Meta:
        model = RaciPerson

    membership = factory.SubFactory(MembershipFactory)


class RaciEntryFactory(TenantFactory[RaciEntry]):
    class Meta:
        model = RaciEntry

    activity = factory.SubFactory(RaciActivityFactory)
    party = Party.PLO
    letter = Letter.ACCOUNTABLE


class PostFactory(TenantFactory[Post]):
    class Meta:
        model = Post

    kind = PostKind.INSIGHT
    title = factory.Sequence(lambda number: f"Insight {number}")
    author = factory.SubFactory(MembershipFactory)


class PostCommentFactory(TenantFactory[PostComment]):
    class Meta:
        model = PostComment

    post = factory.SubFactory(PostFactory)
    author = factory.SubFactory(MembershipFactory)
    text = "We saw the same."


class PostUsefulFactory(TenantFactory[PostUseful]):
    class Meta:
        model = PostUseful

    post = factory.SubFactory(PostFactory)
    membership = factory.SubFactory(MembershipFactory)


class CoachQuestionFactory(TenantFactory[CoachQuestion]):
    class Meta:
        model = CoachQuestion

    team = factory.SubFactory(TeamFactory)
    asked_by = factory.SubFactory(MembershipFactory)
    title = factory.Sequence(lambda number: f"Question {number}")


class QuestionMessageFactory(TenantFactory[QuestionMessage]):
    class Meta:
        model = QuestionMessage

    question = factory.SubFactory(CoachQuestionFactory)
    author = factory.SubFactory(MembershipFactory)
    text = "Start from what would be different at the end of the quarter."
