"""Answers to begin from when a stakeholder is worried: our own words, to be made one's own before they are said."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from rollout.enums import ConcernKind

# At least two of each kind. What one would say to somebody, not about them.
ANSWERS: Mapping[ConcernKind, tuple[Promise, ...]] = {
    ConcernKind.CHANGE: (
        _(
            "Nothing changes overnight. One wave of teams begins, we look together at what it brought, and only then "
            "the next one follows. What works well for you today may stay."
        ),
        _(
            "You have a say in how your team works with OKRs. Tell us what must not get lost, and we write it into "
            "the plan."
        ),
        _(
            "A coach is at your side for the first cycle: in drafting, in the first check-ins and in the review. "
            "Nobody has to know it all from the start."
        ),
    ),
    ConcernKind.BUDGET: (
        _(
            "We begin small. The pilot has a budget of its own, and after it you decide with the numbers on the table "
            "whether there is money for more."
        ),
        _(
            "Most of it is time we spend on goals already: OKRs can replace the yearly target papers and a good part "
            "of the status reports. Let us write down together what falls away."
        ),
    ),
    ConcernKind.TIME: (
        _(
            "A check-in takes a few minutes a week, drafting half a day a quarter. Let us look at which meeting can "
            "go in return: there should not be one more."
        ),
        _(
            "If the quarter is too full, your team joins a later wave. Better to begin with room for it than to begin "
            "on paper."
        ),
        _("Few goals save time: what is not among them may wait, and you can say so."),
    ),
    ConcernKind.FAILURE: (
        _(
            "A key result that was missed tells us something about the goal and about our assumptions. We tie it to "
            "nobody's appraisal or pay, and put that down in writing before the first cycle begins."
        ),
        _(
            "The first cycle is for learning. We expect goals that were too high, too low or too many, and we speak "
            "about that openly, beginning with our own."
        ),
    ),
    ConcernKind.EFFECT: (
        _(
            "You are right to ask. That is why the plan has key results of its own: if they do not move, we stop or "
            "do it in another way. Which number would convince you?"
        ),
        _(
            "Talk to somebody from a team that has begun. I gladly bring you together: they will also tell you what "
            "did not work."
        ),
        _(
            "If you tried something like this before and it came to nothing: what was the reason? Let us look at "
            "whether the plan avoids exactly that."
        ),
    ),
    ConcernKind.OWN: (
        _("Thank you for saying so openly. What would have to be different for you to go along?"),
        _("I cannot answer this today. I will find out, and come back to you by the day we agree on."),
    ),
}


def answer_of(key: str) -> str:
    """Return an answer in the reader's language by its key, such as "time-1"; empty for a key there is not."""
    kind, _dash, number = key.partition("-")
    if kind not in ConcernKind.values or not number.isascii() or not number.isdigit():
        return ""
    answers = ANSWERS[ConcernKind(kind)]
    return str(answers[int(number)]) if int(number) < len(answers) else ""


def answers_by_kind(first: str = "") -> list[tuple[ConcernKind, list[tuple[str, str | Promise]]]]:
    """Return the kinds, `first` before the others, each with (key, answer)."""
    kinds = sorted(ANSWERS, key=lambda kind: kind != first)
    return [(kind, [(f"{kind.value}-{number}", text) for number, text in enumerate(ANSWERS[kind])]) for kind in kinds]
