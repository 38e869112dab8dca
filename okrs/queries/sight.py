"""Who may read private objectives, asked for many people at once."""

from collections.abc import Collection, Iterable
from uuid import UUID

from django.db.models import Exists, Func, OuterRef, TextField, UUIDField, Value
from django.db.models.functions import Cast

from okrs.enums import Visibility
from okrs.models import Objective, ObjectiveGrant
from organizations.models import Membership

# What a line of the inbox is about, by its path.
ABOUT_OBJECTIVE = r"^objectives/([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})/"


class Sight:
    """Whether some members may read some objectives; two queries if any of these is private, else none."""

    def __init__(self, objectives: Iterable[Objective], member_ids: Collection[UUID]) -> None:
        private = {one.pk for one in objectives if one.is_private}
        self._granted = _granted(private, member_ids) if private else set()

    def reads(self, member_id: UUID, objective: Objective) -> bool:
        """Return whether a member may read an objective: an open one, their own, or one that is shared with them."""
        return not objective.is_private or objective.owner_id == member_id or (objective.pk, member_id) in self._granted


def out_of_sight() -> Exists:
    """Return the condition of lines of the inbox about private objectives that their recipient may not read (now)."""
    about = Func(OuterRef("path"), Value(ABOUT_OBJECTIVE), function="substring", output_field=TextField())
    granted = ObjectiveGrant.objects.filter(content_object=OuterRef("pk"), user=OuterRef(OuterRef("recipient__user")))
    private = Objective.objects.filter(pk=Cast(about, UUIDField()), visibility=Visibility.PRIVATE)
    return Exists(private.exclude(owner=OuterRef("recipient")).exclude(Exists(granted)))


def _granted(objective_ids: set[UUID], member_ids: Collection[UUID]) -> set[tuple[UUID, UUID]]:
    """Return who holds a grant of which objectives."""
    members = dict(Membership.objects.filter(pk__in=member_ids, user__isnull=False).values_list("user_id", "pk"))
    grants = ObjectiveGrant.objects.filter(content_object__in=objective_ids, user__in=members)
    return {(objective, members[user]) for objective, user in grants.values_list("content_object", "user")}
