"""Celebrating people by name."""

from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from okrs.domain.mention import people_in
from okrs.domain.phase_lock import keep_phases
from okrs.domain.telling import forget_kudos, tell_of_kudos
from okrs.models import Cycle, Kudos, KudosPerson, Objective
from okrs.notices.rooms import announce_kudos, retract_kudos
from organizations.actor import Actor
from organizations.domain import audit
from organizations.domain.removed import UNDO_WITHIN
from organizations.errors import Refused
from organizations.models import Membership, Team

LONGEST = 1000
_CLOSED = gettext_lazy("The cycle of this objective is closed. Celebrate it without the objective, by name alone.")


def celebrate(
    *,
    actor: Actor,
    text: str,
    team: Team | None = None,
    objective: Objective | None = None,
    people: Iterable[Membership] = (),
) -> Kudos:
    """Celebrate the people a text names after an @, and `people` besides. Returns the kudos.

    It shows on the page of the team, or of the organization without one. Raises Refused for an empty text, nobody to
    celebrate, an archived team, a private objective, of which it would tell, and one of a closed cycle, about which
    nothing new is said. Side effects: one audit entry; those celebrated and chat rooms are told.
    """
    text = text.strip()
    if not text:
        raise Refused({"text": _("Say what there is to celebrate.")})
    if len(text) > LONGEST:
        raise Refused({"text": _("At most %(count)d letters.") % {"count": LONGEST}})
    if team is not None and team.archived_at is not None:
        raise Refused({"team": _("This team is archived.")})
    if objective is not None and objective.is_private:
        raise Refused({"objective": _("This objective is private: celebrating it in the open would tell of it.")})
    named = {member.pk: member for member in (*people_in(text), *people)}
    if not named:
        raise Refused({"text": _("Name whom you celebrate, with an @ before the name.")})
    with transaction.atomic():
        if objective is not None:
            keep_phases()
            if Cycle.objects.get(pk=objective.cycle_id).is_read_only:
                raise Refused({"objective": _CLOSED})
        kudos = Kudos.objects.create(team=team, objective=objective, author=actor.membership, text=text)
        KudosPerson.objects.bulk_create([KudosPerson(kudos=kudos, membership=member) for member in named.values()])
        after = {**audit.snapshot(kudos, ["team", "objective", "text"]), "people": [str(pk) for pk in named]}
        audit.record(actor=actor, verb="celebrated", subject=kudos, after=after)
        _tell(actor, kudos, list(named.values()))
        return kudos


def remove_kudos(*, actor: Actor, kudos: Kudos) -> Kudos:
    """Take kudos away. Can be undone. Side effects: one audit entry."""
    with transaction.atomic():
        locked = Kudos.objects.select_for_update(of=("self",)).get(pk=kudos.pk)
        if locked.removed_at is None:
            locked.removed_at = timezone.now()
            locked.save(update_fields=["removed_at"])
            forget_kudos(locked)
            retract_kudos(locked)
            before = audit.snapshot(locked, ["team", "objective", "text"])
            audit.record(actor=actor, verb="removed", subject=locked, before=before)
        return locked


def restore_kudos(*, actor: Actor, kudos: Kudos) -> Kudos:
    """Bring kudos back that were removed moments ago; Refused when it is too late.

    Side effects: one audit entry; those for whom it was taken back are told after all.
    """
    with transaction.atomic():
        locked = Kudos.objects.select_for_update(of=("self",)).get(pk=kudos.pk)
        if locked.removed_at is not None:
            if locked.removed_at < timezone.now() - UNDO_WITHIN:
                raise Refused(_("It is too late to take this back."))
            locked.removed_at = None
            locked.save(update_fields=["removed_at"])
            _tell(actor, locked, list(Membership.objects.filter(pk__in=locked.people.values("membership"))))
            audit.record(actor=actor, verb="restored", subject=locked)
        return locked


def _tell(actor: Actor, kudos: Kudos, people: list[Membership]) -> None:
    tell_of_kudos(actor=actor, kudos=kudos, people=people)
    announce_kudos(kudos, people, kudos.author.display_name if kudos.author is not None else "")
