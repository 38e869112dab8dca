"""Members by the names that placeholders had before people became them."""

from collections.abc import Iterable

from organizations.models import AuditEntry, Membership


def members_by_former_name(names: Iterable[str]) -> dict[str, Membership]:
    """Return the active members who were claimed under one of the names, by that name; at most two queries.

    Files go on calling them what the placeholder was called ("VP Sales"); the audit trail remembers who that became.
    """
    wanted = list(names)
    if not wanted:
        return {}
    claimed = AuditEntry.objects.filter(
        object_type=Membership._meta.label_lower, verb="claimed", before__display_name__in=wanted
    ).order_by("at", "id")
    members_of = {entry.object_id: entry.before["display_name"] for entry in claimed if entry.before}
    found = {str(member.pk): member for member in Membership.objects.active().filter(pk__in=list(members_of))}
    return {name: found[member_id] for member_id, name in members_of.items() if member_id in found}
