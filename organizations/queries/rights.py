"""What somebody may do, and because of what: for the page that shows it and the operator's command."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Model
from django.utils.functional import Promise

from okrapp.web.decisions import ALLOWED, Allowed, Decision
from organizations.actor import Actor
from organizations.rights import (
    ADMINISTRATOR,
    COACH,
    EVERYBODY,
    LEAD,
    LEADERSHIP,
    MEMBER,
    OWNER,
    PLO,
    SPONSOR,
    Action,
    Rule,
    Standing,
    directory,
)

# The columns of the table of rules, in the order of the product's own; all other ways are told in words.
COLUMNS = (PLO, COACH, SPONSOR, LEADERSHIP, LEAD, MEMBER, OWNER, ADMINISTRATOR)


@dataclass(frozen=True, slots=True)
class Answer:
    """What is said about one action: `sentence` tells because of what, or why not."""

    action: Action
    decision: Decision

    @property
    def sentence(self) -> str | Promise:
        """Return why, or why not."""
        return self.decision.because if isinstance(self.decision, Allowed) else self.decision.reason


@dataclass(frozen=True, slots=True)
class Line:
    """One rule as a row of the table: which columns have it, and who else in words."""

    rule: Rule
    marks: tuple[bool, ...]
    others: tuple[Standing, ...]


def answers(actor: Actor, about: Model | None = None) -> list[Answer]:
    """Return what an actor may do in the organization, or with one thing, those allowed first."""
    found = [_answer(actor, action, about) for action in directory.about(type(about) if about is not None else None)]
    return sorted(found, key=lambda answer: not answer.decision)


def explain(actor: Actor, action: Action, about: Model | None) -> Answer:
    """Return what is said about one action."""
    return _answer(actor, action, about)


def find(actor: Actor, kind: str, key: str) -> Model | None:
    """Return a thing by its type and id ("objective", "0190…"); teams also by slug.

    None where there is none, and where the actor does not see it: nothing is told about what is not theirs to know.
    """
    row = find_unseen(kind, key)
    return row if row is not None and sight(actor, row) else None


def find_unseen(kind: str, key: str) -> Model | None:
    """Return a thing as `find` does, whoever may see it: for those who operate the installation."""
    model = directory.types().get(kind.lower())
    if model is None:
        return None
    row: Model | None = model._default_manager.filter(**_key(model, key)).first()
    return row


def sight(actor: Actor, row: Model) -> Decision:
    """Return whether an actor sees a thing at all."""
    action = directory.sight_of(type(row))
    return action.ask(actor, row) if action is not None else ALLOWED


def table() -> Iterator[tuple[str | Promise, list[Line]]]:
    """Yield every section of rules, each rule with the columns that have it."""
    for section in sorted(directory.sections, key=lambda section: section.order):
        yield section.title, [_line(rule) for rule in section.rules]


def _answer(actor: Actor, action: Action, about: Model | None) -> Answer:
    return Answer(action, action.ask(actor) if about is None else action.ask(actor, about))


def _line(rule: Rule) -> Line:
    everybody = EVERYBODY in rule.ways
    # A lead is always also in the team.
    marks = tuple(everybody or way in rule.ways or (way is LEAD and MEMBER in rule.ways) for way in COLUMNS)
    return Line(rule, marks, tuple(way for way in rule.ways if way not in COLUMNS))


def _key(model: type[Model], key: str) -> dict[str, Any]:
    try:
        return {"pk": UUID(key)}
    except ValueError:
        return {"slug": key} if any(field.name == "slug" for field in model._meta.fields) else {"pk__in": ()}
