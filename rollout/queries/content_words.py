"""What a version keeps, in words: people, teams and phases by name, days and amounts as they are written here."""

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any, cast

from django.db.models import DateField, DecimalField, Field
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from okrapp.web.numbers import MISSING, format_number
from okrapp.web.wording import in_own_label
from organizations.models import Membership, Team
from rollout.enums import BudgetCategory, PhaseKind
from rollout.models import Criterion, RolloutPlan
from rollout.money import money_text
from rollout.queries.criterion import words_of
from rollout.queries.plan_content import BUDGET, PARTS

Fields = Mapping[str, Any]
_PEOPLE, _TEAM = ("owner", "sponsor"), "team"


class Words:
    """Names for what some contents of one plan point at; two queries, one less without people or without teams."""

    def __init__(self, contents: Iterable[Mapping[str, Any]]) -> None:
        people: set[str] = set()
        teams: set[str] = set()
        self._phases: dict[str, str] = {}
        for content in contents:
            for pk, fields in content.get("phases", {}).items():
                self._phases[pk] = fields["own_name"] or str(PhaseKind(fields["kind"]).label)
            for kind in ("plan", "tasks", "risks", "waves"):
                for fields in content.get(kind, {}).values():
                    people |= {fields[name] for name in _PEOPLE if fields.get(name)}
                    people |= set(fields.get("officers", ()))
                    teams |= {one["team"] for one in fields.get("teams", ())}
                    teams |= {fields[_TEAM]} if fields.get(_TEAM) else set()
        self._people = _names(Membership.objects.filter(pk__in=people), "display_name") if people else {}
        self._teams = _names(Team.objects.filter(pk__in=teams), "name") if teams else {}

    def title(self, kind: str, fields: Fields) -> str:
        """Return what a part is called."""
        if kind == "criteria":
            return self.criterion(fields)
        for name in ("title", "own_name", "name", "note"):
            if fields.get(name):
                return str(fields[name])
        if "category" in fields:
            return str(BudgetCategory(fields["category"]).label)
        return str(PhaseKind(fields["kind"]).label)

    def criterion(self, fields: Fields) -> str:
        """Return a criterion as a sentence."""
        return words_of(Criterion(**{name: fields.get(name) for name in ("measure", "text", "percent", "weeks")}))

    def label(self, kind: str, name: str) -> str:
        """Return what a field is called."""
        if name == "teams":
            return _("Teams")
        if name in ("officers", "sponsor"):
            return in_own_label(_("Program Lead Office") if name == "officers" else _("Sponsor"))
        return capfirst(str(_field(kind, name).verbose_name))

    def text(self, kind: str, name: str, fields: Fields, currency: str) -> str:
        """Return a value as people read it; a dash for none."""
        value = fields.get(name)
        if kind == "plan" and name == _TEAM:
            return self._teams.get(value, MISSING) if value else _("The whole organization")
        if name == "teams":
            return ", ".join(self._team(one) for one in value or ()) or MISSING
        if name == "officers":
            return ", ".join(self._people.get(one, MISSING) for one in value or ()) or MISSING
        if value in (None, ""):
            return MISSING
        if name in _PEOPLE:
            return self._people.get(value, MISSING)
        if name == "phase":
            return self._phases.get(value, MISSING)
        return _written(_field(kind, name), value, fields, currency)

    def _team(self, one: Fields) -> str:
        name = self._teams.get(one["team"], MISSING)
        return name if one["below"] else _("%(team)s without those below") % {"team": name}


def total_of(content: Mapping[str, Any]) -> Decimal:
    """Return what the budget of a content comes to as planned."""
    return sum((Decimal(line["planned"]) for line in content.get(BUDGET, {}).values()), Decimal("0.00"))


def currency_of(content: Mapping[str, Any], otherwise: str = "") -> str:
    """Return the currency of a content."""
    return next(
        (str(fields["currency"]) for fields in content.get("plan", {}).values() if "currency" in fields), otherwise
    )


def day_text(value: str) -> str:
    """Return a day as it is written here."""
    return date_format(date.fromisoformat(value), "SHORT_DATE_FORMAT")


def _written(field: "Field[Any, Any]", value: Any, fields: Fields, currency: str) -> str:
    if field.choices:
        return str(dict(field.flatchoices).get(value, value))
    if isinstance(field, DateField):
        return day_text(value)
    if isinstance(field, DecimalField):
        return format_number(value, fields["unit"]) if "unit" in fields else money_text(Decimal(value), currency)
    return f"{value} %" if field.name == "percent" else str(value)


def _field(kind: str, name: str) -> "Field[Any, Any]":
    model = RolloutPlan if kind == "plan" else PARTS[kind][0]
    found: Any = model._meta.get_field(name)
    return cast("Field[Any, Any]", found)


def _names(rows: Any, name: str) -> dict[str, str]:
    return {str(pk): text for pk, text in rows.order_by().values_list("pk", name)}
