"""Many people at once: the same rules and traces as one by one, in few statements."""

from collections.abc import Iterable, Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from organizations.actor import Actor
from organizations.domain import audit
from organizations.errors import Refused
from organizations.models import Membership, Team, TeamMembership
from organizations.names import sort_key

BATCH = 500


def add_people(*, actor: Actor, members: Sequence[Membership]) -> None:
    """Insert new, unsaved members who have not signed in yet.

    Raises Refused when one has no name, or an address that somebody has already or that comes twice. Side effects:
    an audit entry for each.
    """
    addresses = [member.email.casefold() for member in members if member.email]
    with transaction.atomic():
        taken = {email.casefold() for email in Membership.objects.exclude(email="").values_list("email", flat=True)}
        if len(set(addresses)) < len(addresses) or taken & set(addresses):
            raise Refused({"email": _("Somebody with this e-mail address is a member already.")})
        for member in members:
            if not member.display_name:
                raise Refused({"display_name": _("Give a name.")})
            member.sort_key = sort_key(member.display_name)
        Membership.objects.bulk_create(members, batch_size=BATCH)
        fields = ["display_name", "email", "title"]
        audit.record_many(
            actor,
            [
                audit.entry(
                    actor=actor,
                    verb="added",
                    subject=member,
                    after={name: value for name, value in audit.snapshot(member, fields).items() if value},
                )
                for member in members
            ],
        )


def set_managers(*, actor: Actor, managers: Iterable[tuple[Membership, Membership]]) -> None:
    """Give each member their manager; the caller has seen to it that there is no circle.

    Side effects: an audit entry for each who had another one.
    """
    entries, changed = [], []
    with transaction.atomic():
        for member, manager in managers:
            before, after = audit.apply_changes(member, {"manager": manager})
            if after:
                changed.append(member)
                entries.append(audit.entry(actor=actor, verb="edited", subject=member, before=before, after=after))
        Membership.objects.bulk_update(changed, ["manager"], batch_size=BATCH)
        audit.record_many(actor, entries)


def join_teams(*, actor: Actor, joining: Iterable[tuple[Team, Membership]]) -> None:
    """Put people into teams they are not in yet. Side effects: an audit entry for each."""
    pairs = list(joining)
    with transaction.atomic():
        TeamMembership.objects.bulk_create(
            [TeamMembership(team=team, membership=member) for team, member in pairs], batch_size=BATCH
        )
        audit.record_many(
            actor,
            [
                audit.entry(actor=actor, verb="member_added", subject=team, after={"membership": member.pk})
                for team, member in pairs
            ],
        )
