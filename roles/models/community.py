"""What coaches share with each other and the Program Lead Office, and what teams ask them."""

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from okrapp.tenancy.fields import TenantForeignKey
from okrapp.tenancy.models import TenantManager, TenantModel, TenantQuerySet
from organizations.enums import Role
from roles.enums import Desk, PostKind, QuestionState
from roles.models.scope import in_scope

if TYPE_CHECKING:
    from organizations.actor import Actor


def _is_of_community(actor: "Actor") -> bool:
    is_there = actor.membership is None or actor.membership.is_active
    return is_there and actor.holds_somewhere(Role.COACH, Role.PLO)


class PostQuerySet(TenantQuerySet):
    def visible_to(self, actor: "Actor") -> "PostQuerySet":
        """All of them to coaches and the Program Lead Office, of whatever scope; none to others."""
        return self.all() if _is_of_community(actor) else self.none()

    def standing(self) -> "PostQuerySet":
        """Those not removed."""
        return self.filter(removed_at=None)


class Post(TenantModel):
    """An insight, article, template or reported resistance. Resistance is of groups, never of persons."""

    kind = models.CharField(_("kind"), max_length=12, choices=PostKind.choices)
    title = models.CharField(_("title"), max_length=200)
    # Markdown as typed; made safe when it is shown.
    text = models.TextField(_("text"), blank=True)
    link = models.URLField(_("link"), max_length=500, blank=True)
    # Who resists: a team, or a group in words ("managers of two sites").
    team = TenantForeignKey(
        "organizations.Team",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("team"),
    )
    group = models.CharField(_("group"), max_length=120, blank=True)
    author = TenantForeignKey("organizations.Membership", null=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    edited_at = models.DateTimeField(null=True, blank=True, editable=False)
    removed_at = models.DateTimeField(null=True, blank=True, editable=False)
    # Taken over into the playbook by the Program Lead Office.
    adopted_at = models.DateTimeField(null=True, blank=True, editable=False)
    adopted_by = TenantForeignKey(
        "organizations.Membership", null=True, on_delete=models.SET_NULL, related_name="+", editable=False
    )

    objects = TenantManager.from_queryset(PostQuerySet)()

    class Meta:
        ordering = ["-created_at", "-id"]
        verbose_name = _("post")
        indexes = [models.Index(fields=["organization", "-created_at"], name="roles_post_list")]

    def __str__(self) -> str:
        return self.title


class PostCommentQuerySet(TenantQuerySet):
    def visible_to(self, actor: "Actor") -> "PostCommentQuerySet":
        """To those who read the feed."""
        return self.all() if _is_of_community(actor) else self.none()

    def standing(self) -> "PostCommentQuerySet":
        """Those not removed, nor their post."""
        return self.filter(removed_at=None, post__removed_at=None)


class PostComment(TenantModel):
    """What somebody says to a post."""

    post = TenantForeignKey(Post, on_delete=models.CASCADE, related_name="comments")
    author = TenantForeignKey("organizations.Membership", null=True, on_delete=models.SET_NULL, related_name="+")
    text = models.TextField(_("comment"))
    created_at = models.DateTimeField(auto_now_add=True)
    removed_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = TenantManager.from_queryset(PostCommentQuerySet)()

    class Meta:
        ordering = ["created_at", "id"]
        verbose_name = _("comment")
        indexes = [models.Index(fields=["organization", "post", "created_at"], name="roles_postcomment_list")]

    def __str__(self) -> str:
        return self.text[:80]


class PostUseful(TenantModel):
    """Somebody found a post useful."""

    post = TenantForeignKey(Post, on_delete=models.CASCADE, related_name="useful")
    membership = TenantForeignKey("organizations.Membership", on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organization", "post", "membership"], name="roles_postuseful_once")
        ]

    def __str__(self) -> str:
        return str(self.post_id)


class CoachQuestionQuerySet(TenantQuerySet):
    def visible_to(self, actor: "Actor") -> "CoachQuestionQuerySet":
        """Those of an actor's teams and of the teams they coach, those the Program Lead Office rules, and their own."""
        if actor.membership is None:
            return self.all()
        if not actor.membership.is_active:
            return self.none()
        coached = in_scope(actor, Role.COACH) & Q(team__isnull=False)
        mine = Q(asked_by=actor.membership) | Q(team__in=actor.team_ids)
        return self.filter(mine | coached | in_scope(actor, Role.PLO))


class CoachQuestion(TenantModel):
    """A team asks its coach, a coach asks the Program Lead Office; it can be passed on, and nothing is lost."""

    # None when a coach asks for no team in particular.
    team = TenantForeignKey(
        "organizations.Team", null=True, blank=True, on_delete=models.CASCADE, related_name="+", verbose_name=_("team")
    )
    asked_by = TenantForeignKey("organizations.Membership", null=True, on_delete=models.SET_NULL, related_name="+")
    title = models.CharField(_("question"), max_length=200)
    text = models.TextField(_("more about it"), blank=True)
    desk = models.CharField(_("waits"), max_length=8, choices=Desk.choices, default=Desk.COACH, editable=False)
    state = models.CharField(
        _("state"), max_length=10, choices=QuestionState.choices, default=QuestionState.OPEN, editable=False
    )
    asked_at = models.DateTimeField(auto_now_add=True)
    # When it was passed on, and when it was answered for the first time: the answer time is the difference.
    passed_on_at = models.DateTimeField(null=True, blank=True, editable=False)
    answered_at = models.DateTimeField(null=True, blank=True, editable=False)
    closed_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = TenantManager.from_queryset(CoachQuestionQuerySet)()

    class Meta:
        ordering = ["-asked_at", "-id"]
        verbose_name = _("question")
        constraints = [
            models.CheckConstraint(condition=Q(team__isnull=False) | Q(desk=Desk.PLO), name="roles_coachquestion_desk")
        ]
        indexes = [
            models.Index(fields=["organization", "team", "-asked_at"], name="roles_question_team"),
            models.Index(fields=["organization", "desk", "state"], name="roles_question_desk"),
        ]

    def __str__(self) -> str:
        return self.title


class QuestionMessage(TenantModel):
    """An answer, a question back, or why it was passed on."""

    question = TenantForeignKey(CoachQuestion, on_delete=models.CASCADE, related_name="messages")
    author = TenantForeignKey("organizations.Membership", null=True, on_delete=models.SET_NULL, related_name="+")
    text = models.TextField(_("message"))
    # Whether it is an answer: it then ends the waiting.
    is_answer = models.BooleanField(default=False, editable=False)
    # Where the question went with it.
    passed_to = models.CharField(max_length=8, choices=Desk.choices, blank=True, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["created_at", "id"]
        verbose_name = _("message")
        indexes = [models.Index(fields=["organization", "question", "created_at"], name="roles_message_list")]

    def __str__(self) -> str:
        return self.text[:80]
