"""What people learn for OKRs: courses, their sessions, who takes part, and what they have in hand afterwards."""

from datetime import date, datetime
from typing import TYPE_CHECKING

from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from okrapp.tenancy.fields import TenantForeignKey
from okrapp.tenancy.models import TenantManager, TenantModel, TenantQuerySet
from organizations.enums import Role
from roles.models.scope import in_scope
from rollout.enums import CancelledBy, EnrolmentSource, EnrolmentState, NeededBy, SessionState

if TYPE_CHECKING:
    from organizations.actor import Actor


class CourseQuerySet(TenantQuerySet):
    def current(self) -> "CourseQuerySet":
        """Those not archived."""
        return self.filter(archived_at=None)


class Course(TenantModel):
    """Something that is taught, again and again. Who needs it is said by what people are, not by name."""

    title = models.CharField(_("title"), max_length=120)
    text = models.TextField(_("what it is about"), blank=True, max_length=8000)
    minutes = models.PositiveSmallIntegerField(
        _("length in minutes"), null=True, blank=True, validators=[MinValueValidator(5), MaxValueValidator(6000)]
    )
    needed_by = ArrayField(
        models.CharField(max_length=12, choices=NeededBy.choices), default=list, blank=True, verbose_name=_("needed by")
    )
    # Others may take part too.
    is_open = models.BooleanField(_("open to everybody"), default=True)
    # Who needs it is enrolled without anybody's doing: when their team starts, when they join it, or get the role.
    enrols_itself = models.BooleanField(_("enrols by itself"), default=False)
    # Only for this part of the organization.
    team = TenantForeignKey(
        "organizations.Team",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("part of the organization"),
    )
    has_certificate = models.BooleanField(_("with a certificate"), default=False)
    # Empty: it counts for good.
    valid_months = models.PositiveSmallIntegerField(
        _("months it is valid"), null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(240)]
    )
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)
    archived_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = TenantManager.from_queryset(CourseQuerySet)()

    class Meta:
        verbose_name = _("course")
        ordering = ["title", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(has_certificate=True) | Q(valid_months=None),
                name="rollout_course_valid",
                violation_error_message=_("Only a certificate expires."),
            )
        ]
        indexes = [models.Index(fields=["organization", "title"], name="rollout_courses")]

    def __str__(self) -> str:
        return self.title


class CourseSessionQuerySet(TenantQuerySet):
    def ahead(self, now: datetime) -> "CourseSessionQuerySet":
        """Those that are planned and have not begun."""
        return self.filter(state=SessionState.PLANNED, starts_at__gt=now)


class CourseSession(TenantModel):
    """A course at a time and a place, with so many places."""

    course = TenantForeignKey(Course, on_delete=models.PROTECT, related_name="sessions")
    starts_at = models.DateTimeField(_("from"))
    ends_at = models.DateTimeField(_("until"))
    place = models.CharField(_("place"), max_length=160, blank=True)
    link = models.URLField(_("link"), max_length=500, blank=True)
    trainer = TenantForeignKey(
        "organizations.Membership",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("trainer"),
    )
    # Of a trainer from outside.
    trainer_name = models.CharField(_("trainer from outside"), max_length=120, blank=True)
    # Empty: as many as like.
    capacity = models.PositiveSmallIntegerField(
        _("places"), null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(9999)]
    )
    # Empty: until it begins.
    enrol_until = models.DateTimeField(_("enrol until"), null=True, blank=True)
    state = models.CharField(
        _("state"), max_length=10, choices=SessionState.choices, default=SessionState.PLANNED, editable=False
    )
    # Why it was cancelled, and when.
    reason = models.CharField(max_length=500, blank=True, editable=False)
    cancelled_at = models.DateTimeField(null=True, blank=True, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    objects = TenantManager.from_queryset(CourseSessionQuerySet)()

    class Meta:
        verbose_name = _("session")
        ordering = ["starts_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")),
                name="rollout_session_order",
                violation_error_message=_("It must end after it begins."),
            ),
            models.CheckConstraint(
                condition=Q(capacity=None) | Q(capacity__gte=1),
                name="rollout_session_capacity",
                violation_error_message=_("There is at least one place."),
            ),
            models.CheckConstraint(
                condition=Q(trainer=None) | Q(trainer_name=""),
                name="rollout_session_trainer",
                violation_error_message=_("Either a member or somebody from outside."),
            ),
        ]
        indexes = [
            models.Index(fields=["organization", "course", "starts_at"], name="rollout_sessions"),
            models.Index(fields=["organization", "starts_at"], name="rollout_sessions_by_day"),
        ]

    def __str__(self) -> str:
        return str(self.course)

    @property
    def closes_at(self) -> datetime:
        """Until when people enrol."""
        found: datetime = min(self.enrol_until or self.starts_at, self.starts_at)
        return found

    @property
    def is_planned(self) -> bool:
        return bool(self.state == SessionState.PLANNED)

    @property
    def taught_by(self) -> str:
        """The name of the trainer, empty where there is none; the trainer must be loaded."""
        return self.trainer.display_name if self.trainer is not None else str(self.trainer_name)


# One of these at most for each member and course.
OPEN = (EnrolmentState.ENROLLED, EnrolmentState.WAITING)
# Who takes a place: also those of whom it is said by now whether they came.
SEATED = (EnrolmentState.ENROLLED, EnrolmentState.ATTENDED, EnrolmentState.MISSED)


class EnrolmentQuerySet(TenantQuerySet):
    def open(self) -> "EnrolmentQuerySet":
        """Those that lie ahead: with a place, or waiting for one."""
        return self.filter(state__in=OPEN)

    def counting(self, on: date) -> "EnrolmentQuerySet":
        """Those that say that somebody has what the course is for, on a day."""
        return self.filter(state=EnrolmentState.ATTENDED).filter(Q(counts_until=None) | Q(counts_until__gte=on))

    def in_turn(self) -> "EnrolmentQuerySet":
        """In the order of the waiting list."""
        return self.order_by("requested_at", "pk")

    def visible_to(self, actor: "Actor") -> "EnrolmentQuerySet":
        """One's own, those in sessions one teaches, and those of courses one runs."""
        if actor.membership is None:
            return self.all()
        if not actor.membership.is_active:
            return self.none()
        me = actor.membership
        return self.filter(Q(member=me) | Q(session__trainer=me) | in_scope(actor, Role.PLO, "course__team"))


class Enrolment(TenantModel):
    """Somebody in a course. Without a session they wait for any; what is over stays."""

    course = TenantForeignKey(Course, on_delete=models.PROTECT, related_name="enrolments")
    session = TenantForeignKey(
        CourseSession, null=True, blank=True, on_delete=models.PROTECT, related_name="enrolments"
    )
    member = TenantForeignKey("organizations.Membership", on_delete=models.CASCADE, related_name="+")
    state = models.CharField(_("state"), max_length=10, choices=EnrolmentState.choices)
    source = models.CharField(max_length=8, choices=EnrolmentSource.choices, default=EnrolmentSource.SELF)
    # The waiting list goes by this.
    requested_at = models.DateTimeField()
    cancelled_by = models.CharField(max_length=8, choices=CancelledBy.choices, blank=True)
    cancelled_at = models.DateTimeField(null=True, blank=True)
    marked_by = TenantForeignKey(
        "organizations.Membership", null=True, on_delete=models.SET_NULL, related_name="+", editable=False
    )
    marked_at = models.DateTimeField(null=True, blank=True)
    # Of those attended: the last day on which it counts; empty: for good.
    counts_until = models.DateField(null=True, blank=True)

    objects = TenantManager.from_queryset(EnrolmentQuerySet)()

    class Meta:
        verbose_name = _("enrolment")
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "course", "member"],
                condition=Q(state__in=OPEN),
                name="rollout_enrolment_open_once",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=SEATED) | Q(session__isnull=False),
                name="rollout_enrolment_session",
            ),
            models.CheckConstraint(
                condition=(Q(state=EnrolmentState.CANCELLED) & ~Q(cancelled_by="") & Q(cancelled_at__isnull=False))
                | (~Q(state=EnrolmentState.CANCELLED) & Q(cancelled_by="", cancelled_at=None)),
                name="rollout_enrolment_cancelled",
            ),
        ]
        indexes = [
            models.Index(fields=["organization", "session", "state"], name="rollout_enrolments"),
            models.Index(fields=["organization", "course", "state"], name="rollout_enrolments_course"),
            models.Index(fields=["organization", "member"], name="rollout_enrolments_of"),
        ]

    def __str__(self) -> str:
        return str(self.course)

    @property
    def is_enrolled(self) -> bool:
        """Whether they have a place, and nobody has said yet whether they came."""
        return bool(self.state == EnrolmentState.ENROLLED)

    @property
    def is_waiting(self) -> bool:
        return bool(self.state == EnrolmentState.WAITING)

    @property
    def is_open(self) -> bool:
        return self.state in OPEN


class CourseCertificate(TenantModel):
    """What somebody who attended got for it: as the PDF shows it, beside the entry among their certificates."""

    enrolment = TenantForeignKey(Enrolment, on_delete=models.CASCADE, related_name="certificates")
    # Whoever holds it may take it off their list; this one stays.
    certificate = TenantForeignKey("roles.Certificate", null=True, on_delete=models.SET_NULL, related_name="+")
    number = models.CharField(_("number"), max_length=20)
    title = models.CharField(_("title"), max_length=120)
    issued_on = models.DateField(_("issued on"))
    expires_on = models.DateField(_("valid until"), null=True, blank=True)

    class Meta:
        verbose_name = _("certificate of a course")
        constraints = [
            models.UniqueConstraint(fields=["organization", "enrolment"], name="rollout_coursecertificate_one"),
            models.UniqueConstraint(fields=["organization", "number"], name="rollout_coursecertificate_number"),
        ]

    def __str__(self) -> str:
        return self.title
