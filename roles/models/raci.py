"""Who is responsible, accountable, consulted, informed: for each activity of the OKR process."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from okrapp.tenancy.fields import TenantForeignKey
from okrapp.tenancy.models import TenantManager, TenantModel, TenantQuerySet
from roles.enums import Letter, Party, RaciPhase


class RaciActivityQuerySet(TenantQuerySet):
    def current(self) -> "RaciActivityQuerySet":
        """Those not archived."""
        return self.filter(archived_at=None)


class RaciActivity(TenantModel):
    """A row of the matrix. `key` names the default it came from, whose title is then shown in the reader's language."""

    phase = models.CharField(_("phase"), max_length=16, choices=RaciPhase.choices)
    key = models.CharField(max_length=60, blank=True, editable=False)
    title = models.CharField(_("activity"), max_length=200, blank=True)
    position = models.PositiveIntegerField(default=0, editable=False)
    archived_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = TenantManager.from_queryset(RaciActivityQuerySet)()

    class Meta:
        ordering = ["position", "id"]
        verbose_name = _("activity")
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "key"], condition=~Q(key=""), name="roles_raciactivity_default"
            ),
            models.CheckConstraint(condition=~Q(key="", title=""), name="roles_raciactivity_named"),
        ]
        indexes = [models.Index(fields=["organization", "position"], name="roles_raciactivity_list")]

    def __str__(self) -> str:
        return self.title or self.key


class RaciPerson(TenantModel):
    """A column of the matrix for one named person."""

    membership = TenantForeignKey("organizations.Membership", on_delete=models.CASCADE, related_name="+")
    position = models.PositiveIntegerField(default=0, editable=False)

    class Meta:
        ordering = ["position", "id"]
        constraints = [models.UniqueConstraint(fields=["organization", "membership"], name="roles_raciperson_once")]

    def __str__(self) -> str:
        return str(self.membership_id)


class RaciEntry(TenantModel):
    """One letter in one cell: a party or a named person has this part in an activity."""

    activity = TenantForeignKey(RaciActivity, on_delete=models.CASCADE, related_name="entries")
    # Not an empty text: exactly one of the two columns is set.
    party = models.CharField(max_length=12, choices=Party.choices, null=True, blank=True)  # noqa: DJ001
    person = TenantForeignKey(RaciPerson, null=True, blank=True, on_delete=models.CASCADE, related_name="entries")
    letter = models.CharField(max_length=1, choices=Letter.choices)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "activity", "party", "person", "letter"],
                nulls_distinct=False,
                name="roles_racientry_once",
            ),
            models.CheckConstraint(
                condition=Q(party=None, person__isnull=False) | Q(party__isnull=False, person=None),
                name="roles_racientry_column",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.letter} {self.party or self.person_id}"
