"""What the audit trail must not tell: what was done to objectives that are private to others."""

from collections.abc import Callable, Sequence
from typing import Any

from django.apps import apps
from django.db.models import CharField, Q, QuerySet, Value
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast, Coalesce
from django.db.models.lookups import In

from okrs.enums import Visibility
from okrs.models.visibility import readable_by
from organizations.actor import Actor

# Kinds of things that belong to an objective, and the way from each to it.
_PATHS = {
    "okrs.objective": "",
    "okrs.keyresult": "objective",
    "okrs.checkin": "key_result__objective",
    "okrs.milestone": "key_result__objective",
    "okrs.phasedtarget": "key_result__objective",
    "okrs.initiative": "objective",
    "okrs.alignment": "objective",
    "okrs.dependency": "objective",
    "okrs.alignmentrequest": "objective",
    "okrs.comment": "objective",
    "okrs.kudos": "objective",
    "okrs.review": "objective",
}
# What an entry about a row that is gone may say it belonged to.
_BEFORE = {"objective": "okrs.objective", "key_result": "okrs.keyresult"}
# What an open objective supported or depended on is told with its title: it may have become private since.
_TARGETS = ("okrs.objective", "okrs.keyresult")


def hidden_from(actor: Actor) -> Q:
    """Return the condition for entries about objectives an actor may not see, and about all that belongs to them."""
    hidden = {kind: _ids(_hidden_rows(actor, kind, path)) for kind, path in _PATHS.items()}
    condition = Q()
    for kind, ids in hidden.items():
        condition |= Q(object_type=kind, object_id__in=ids)
    for name, kind in _BEFORE.items():
        condition |= Q(In(_said("before", name), hidden[kind]))
    for kind in _TARGETS:
        condition |= Q(In(_said("before", "target"), hidden[kind])) | Q(In(_said("after", "target"), hidden[kind]))
    return condition


def private_ones(kind: str) -> Callable[[Sequence[str]], set[str]]:
    """Return what finds, of ids of a kind, those that belong to private objectives; one query when it is called."""
    path = _PATHS[kind]
    condition = {f"{path}__visibility" if path else "visibility": Visibility.PRIVATE}

    def among(ids: Sequence[str]) -> set[str]:
        rows: Any = apps.get_model(kind)
        return {str(pk) for pk in rows.objects.filter(pk__in=ids, **condition).order_by().values_list("pk", flat=True)}

    return among


def _said(column: str, name: str) -> Coalesce:
    """What an entry says of a field, as text; empty where it says nothing."""
    return Coalesce(KeyTextTransform(name, column), Value(""), output_field=CharField())


def _hidden_rows(actor: Actor, kind: str, path: str) -> QuerySet[Any]:
    model: Any = apps.get_model(kind)
    prefix = f"{path}__" if path else ""
    private = model.objects.filter(**{f"{prefix}visibility": Visibility.PRIVATE})
    return private.exclude(pk__in=model.objects.filter(readable_by(actor, path)).values("pk"))


def _ids(rows: QuerySet[Any]) -> QuerySet[Any]:
    """The ids of rows as the audit trail keeps them: as text."""
    return rows.annotate(id_text=Cast("pk", CharField())).values("id_text")
