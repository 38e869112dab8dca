"""What a rollout tells people: messages that are planned, to whom, and the archive of what was sent."""

from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.core.serializers.json import DjangoJSONEncoder
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from okrapp.tenancy.fields import TenantForeignKey
from okrapp.tenancy.models import TenantManager, TenantModel, TenantQuerySet
from organizations.enums import Role
from rollout.enums import AudienceKind, MessageChannel, MessageFormat, MessageState
from rollout.models.plan import RolloutPlan, readable_whole

if TYPE_CHECKING:
    from organizations.actor import Actor

# So many days late a message is still sent by itself; after that its office decides.
LATE = timedelta(days=7)
OPEN = (MessageState.DRAFT, MessageState.ASKED, MessageState.SCHEDULED)
# What its sender has agreed to.
_AGREED = (MessageState.SCHEDULED, MessageState.SENT)


class PlannedMessageQuerySet(TenantQuerySet):
    def visible_to(self, actor: "Actor") -> "PlannedMessageQuerySet":
        """Those of plans an actor reads the whole of, and those they are to speak in; as see_message says of one."""
        if actor.membership is not None and not actor.membership.is_active:
            return self.none()
        return self.filter(readable_whole(actor, "plan__") | Q(sender=actor.membership, sender__isnull=False))


class PlannedMessage(TenantModel):
    """Something to tell some people on a day. It is sent in the name of its sender, who has to agree to it."""

    plan = TenantForeignKey(RolloutPlan, on_delete=models.CASCADE, related_name="messages")
    title = models.CharField(_("title"), max_length=120)
    # Markdown as typed; made safe when it is shown.
    text = models.TextField(_("text"), max_length=10000, blank=True)
    channel = models.CharField(_("channel"), max_length=12, choices=MessageChannel.choices, default=MessageChannel.APP)
    format = models.CharField(
        _("format"), max_length=21, choices=MessageFormat.choices, default=MessageFormat.ANNOUNCEMENT
    )
    sender = TenantForeignKey(
        "organizations.Membership",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("sender"),
    )
    sends_on = models.DateField(_("day"))
    # On the organization's clock.
    sends_hour = models.PositiveSmallIntegerField(_("hour"), default=9, validators=[MaxValueValidator(23)])
    state = models.CharField(
        _("state"), max_length=9, choices=MessageState.choices, default=MessageState.DRAFT, editable=False
    )
    # Counts how often the sender was asked; they agree to the one they have read.
    version = models.PositiveIntegerField(default=0, editable=False)
    # Who wants it to be sent, and is told what the sender says.
    asked_by = TenantForeignKey(
        "organizations.Membership", null=True, on_delete=models.SET_NULL, related_name="+", editable=False
    )
    agreed_at = models.DateTimeField(null=True, blank=True, editable=False)
    # Why the sender sent it back.
    return_reason = models.TextField(blank=True, max_length=2000, editable=False)
    cancelled_at = models.DateTimeField(null=True, blank=True, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    objects = TenantManager.from_queryset(PlannedMessageQuerySet)()

    class Meta:
        verbose_name = _("message")
        ordering = ["sends_on", "sends_hour", "id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state__in=_AGREED) | Q(agreed_at__isnull=False), name="rollout_message_agreed"
            ),
            models.CheckConstraint(
                condition=Q(state=MessageState.CANCELLED, cancelled_at__isnull=False)
                | (~Q(state=MessageState.CANCELLED) & Q(cancelled_at=None)),
                name="rollout_message_cancelled",
            ),
            models.CheckConstraint(condition=Q(sends_hour__lte=23), name="rollout_message_hour"),
        ]
        indexes = [
            models.Index(fields=["organization", "plan", "sends_on"], name="rollout_messages"),
            models.Index(
                fields=["organization", "sends_on"],
                condition=Q(state=MessageState.SCHEDULED),
                name="rollout_messages_due",
            ),
            models.Index(fields=["organization", "sender"], name="rollout_messages_of"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_open(self) -> bool:
        """Whether it was neither sent nor cancelled."""
        return self.state in OPEN

    @property
    def by_app(self) -> bool:
        """Whether it is sent through okrapp, not by people."""
        return bool(self.channel == MessageChannel.APP)

    def is_missed(self, today: date) -> bool:
        """Return whether it is not sent by itself any more: its office sends it, gives it another day or cancels it."""
        if not self.is_open:
            return False
        return bool(self.sends_on + (LATE if self.by_app else timedelta(0)) < today)

    def is_late(self, today: date) -> bool:
        """Return whether its day is past and nothing came of it."""
        return bool(self.is_open and self.sends_on < today)


class MessageAudience(TenantModel):
    """One line of whom a message is for; all lines together, resolved when it is sent, make the audience."""

    message = TenantForeignKey(PlannedMessage, on_delete=models.CASCADE, related_name="audiences")
    kind = models.CharField(_("kind"), max_length=9, choices=AudienceKind.choices)
    role = models.CharField(_("role"), max_length=12, choices=Role.choices, blank=True)
    wave = TenantForeignKey("rollout.Wave", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    team = TenantForeignKey("organizations.Team", null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    with_below = models.BooleanField(_("with everything below it"), default=True)
    member = TenantForeignKey(
        "organizations.Membership", null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )

    class Meta:
        verbose_name = _("audience")
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind=AudienceKind.EVERYBODY, role="", wave=None, team=None, member=None)
                | (Q(kind=AudienceKind.ROLE, wave=None, team=None, member=None) & ~Q(role=""))
                | Q(kind=AudienceKind.WAVE, role="", wave__isnull=False, team=None, member=None)
                | Q(kind=AudienceKind.TEAM, role="", wave=None, team__isnull=False, member=None)
                | Q(kind=AudienceKind.MEMBER, role="", wave=None, team=None, member__isnull=False),
                name="rollout_audience_target",
                violation_error_message=_("Name a role, a wave, a team or a person, as the kind says."),
            ),
            models.UniqueConstraint(
                fields=["organization", "message", "kind", "role", "wave", "team", "member"],
                nulls_distinct=False,
                name="rollout_audience_once",
            ),
        ]
        indexes = [models.Index(fields=["organization", "wave"], name="rollout_audience_waves")]

    def __str__(self) -> str:
        return str(self.get_kind_display())


class SentMessageQuerySet(TenantQuerySet):
    def visible_to(self, actor: "Actor") -> "SentMessageQuerySet":
        """Those an actor got or spoke in, and those of plans they read; as see_sent_message says of one."""
        me = actor.membership
        if me is None:
            return self.all()
        if not me.is_active:
            return self.none()
        got = MessageRecipient.objects.filter(sent=OuterRef("pk"), membership=me)
        return self.filter(readable_whole(actor, "plan__") | Q(sender=me) | Q(Exists(got)))


class SentMessage(TenantModel):
    """What was told, as it was told. Written once for each planned message and not changed afterwards."""

    plan = TenantForeignKey(RolloutPlan, on_delete=models.CASCADE, related_name="sent_messages")
    message = TenantForeignKey(PlannedMessage, on_delete=models.CASCADE, related_name="sent")
    title = models.CharField(_("title"), max_length=120)
    text = models.TextField(_("text"), max_length=10000, blank=True)
    channel = models.CharField(_("channel"), max_length=12, choices=MessageChannel.choices)
    format = models.CharField(_("format"), max_length=21, choices=MessageFormat.choices)
    sender = TenantForeignKey("organizations.Membership", null=True, on_delete=models.SET_NULL, related_name="+")
    sender_name = models.CharField(_("sender"), max_length=150)
    # Whom it was for, with the names as they were then; see rollout.queries.audience_words.
    audiences = models.JSONField(encoder=DjangoJSONEncoder, default=list)
    # None where people told it by hand: nobody counted them.
    recipient_count = models.PositiveIntegerField(_("recipients"), null=True, blank=True)
    # The day it was told, where the organization is, and the moment it came into the archive.
    sent_on = models.DateField(_("day"))
    sent_at = models.DateTimeField(default=timezone.now)
    # Who sent it by hand or ticked it off; nobody where its day had come.
    sent_by = TenantForeignKey("organizations.Membership", null=True, on_delete=models.SET_NULL, related_name="+")

    objects = TenantManager.from_queryset(SentMessageQuerySet)()

    class Meta:
        verbose_name = _("sent message")
        ordering = ["-sent_on", "-sent_at", "-id"]
        constraints = [models.UniqueConstraint(fields=["organization", "message"], name="rollout_sent_once")]
        indexes = [
            models.Index(fields=["organization", "plan", "-sent_on"], name="rollout_sent"),
            models.Index(fields=["organization", "sender"], name="rollout_sent_of"),
        ]

    def __str__(self) -> str:
        return self.title


class MessageRecipient(TenantModel):
    """Somebody who got a message: that it reached them once, and that they may read it."""

    sent = TenantForeignKey(SentMessage, on_delete=models.CASCADE, related_name="recipients")
    membership = TenantForeignKey("organizations.Membership", on_delete=models.CASCADE, related_name="+")

    class Meta:
        verbose_name = _("recipient of a message")
        constraints = [
            models.UniqueConstraint(fields=["organization", "sent", "membership"], name="rollout_recipient_once")
        ]
        indexes = [models.Index(fields=["organization", "membership"], name="rollout_recipient_of")]

    def __str__(self) -> str:
        return str(self.membership_id)
