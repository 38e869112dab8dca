"""Talk: comments, who is mentioned in them, and reactions."""

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from okrapp.tenancy.fields import TenantForeignKey
from okrapp.tenancy.models import TenantManager, TenantModel, TenantQuerySet
from okrs.enums import ReactionKind
from okrs.models.exclusive import at_most_one, exactly_one
from okrs.models.visibility import readable_by

if TYPE_CHECKING:
    from organizations.actor import Actor


class CommentQuerySet(TenantQuerySet):
    def visible_to(self, actor: "Actor") -> "CommentQuerySet":
        """Those about objectives an actor may see, and about proposals."""
        return self.filter(Q(objective=None) | readable_by(actor, "objective"))

    def standing(self) -> "CommentQuerySet":
        """Those not removed."""
        return self.filter(removed_at=None)


class Comment(TenantModel):
    """What somebody says about an objective (or, more closely, something that belongs to it) or a proposal.

    `objective` is always set but for proposals, so that one condition says who may read it.
    """

    objective = TenantForeignKey("okrs.Objective", null=True, on_delete=models.CASCADE, related_name="comments")
    key_result = TenantForeignKey("okrs.KeyResult", null=True, on_delete=models.CASCADE, related_name="comments")
    check_in = TenantForeignKey("okrs.CheckIn", null=True, on_delete=models.CASCADE, related_name="comments")
    initiative = TenantForeignKey("okrs.Initiative", null=True, on_delete=models.CASCADE, related_name="comments")
    proposal = TenantForeignKey("okrs.Proposal", null=True, on_delete=models.CASCADE, related_name="comments")
    author = TenantForeignKey("organizations.Membership", null=True, on_delete=models.SET_NULL, related_name="+")
    # Markdown as typed; made safe when it is shown.
    text = models.TextField(_("comment"))
    created_at = models.DateTimeField(auto_now_add=True)
    edited_at = models.DateTimeField(null=True, blank=True, editable=False)
    removed_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = TenantManager.from_queryset(CommentQuerySet)()

    class Meta:
        ordering = ["created_at", "id"]
        verbose_name = _("comment")
        constraints = [
            models.CheckConstraint(condition=exactly_one("objective", "proposal"), name="okrs_comment_place"),
            models.CheckConstraint(
                condition=at_most_one("key_result", "check_in", "initiative", "proposal"), name="okrs_comment_detail"
            ),
        ]
        indexes = [
            models.Index(fields=["organization", "objective", "created_at"], name="okrs_comment_objective"),
            models.Index(fields=["organization", "proposal", "created_at"], name="okrs_comment_proposal"),
        ]

    def __str__(self) -> str:
        return self.text[:80]


class Mention(TenantModel):
    """A member named in a comment, until they have read it."""

    comment = TenantForeignKey(Comment, on_delete=models.CASCADE, related_name="mentions")
    membership = TenantForeignKey("organizations.Membership", on_delete=models.CASCADE, related_name="+")
    read_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organization", "comment", "membership"], name="okrs_mention_once")
        ]
        indexes = [
            models.Index(fields=["organization", "membership"], condition=Q(read_at=None), name="okrs_mention_unread")
        ]

    def __str__(self) -> str:
        return f"{self.membership_id} in {self.comment_id}"


class Reaction(TenantModel):
    """One word of one member about a comment, a check-in, a proposal or kudos."""

    membership = TenantForeignKey("organizations.Membership", on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=10, choices=ReactionKind.choices, default=ReactionKind.LIKE)
    comment = TenantForeignKey(Comment, null=True, on_delete=models.CASCADE, related_name="reactions")
    check_in = TenantForeignKey("okrs.CheckIn", null=True, on_delete=models.CASCADE, related_name="reactions")
    proposal = TenantForeignKey("okrs.Proposal", null=True, on_delete=models.CASCADE, related_name="reactions")
    kudos = TenantForeignKey("okrs.Kudos", null=True, on_delete=models.CASCADE, related_name="reactions")

    class Meta:
        verbose_name = _("reaction")
        constraints = [
            models.CheckConstraint(
                condition=exactly_one("comment", "check_in", "proposal", "kudos"), name="okrs_reaction_one_thing"
            ),
            models.UniqueConstraint(
                fields=["organization", "membership", "kind", "comment", "check_in", "proposal", "kudos"],
                nulls_distinct=False,
                name="okrs_reaction_once",
            ),
        ]
        indexes = [
            models.Index(fields=["organization", "comment"], name="okrs_reaction_comment"),
            models.Index(fields=["organization", "check_in"], name="okrs_reaction_checkin"),
            models.Index(fields=["organization", "proposal"], name="okrs_reaction_proposal"),
            models.Index(fields=["organization", "kudos"], name="okrs_reaction_kudos"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} by {self.membership_id}"
