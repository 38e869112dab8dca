"""What coaches of the invented company share with each other, and what teams ask them."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from okrs.demo.objectives import ObjectiveMaker
from organizations.domain import audit
from roles.enums import Desk, PostKind, QuestionState
from roles.models import CoachQuestion, Post, PostComment, PostUseful, QuestionMessage

ANSWER, BACK, REPLY, ON, TO_COACH = "answered", "asked_back", "replied", "passed_on", "passed_back"


@dataclass(frozen=True, slots=True)
class Shared:
    """A post, days ago; `said` are comments by (person, key of the text), each a day after the one before."""

    text: str
    kind: PostKind
    by: str
    days: int
    useful: tuple[str, ...] = ()
    said: tuple[tuple[str, str], ...] = ()
    link: str = ""
    team: str = ""
    adopted_by: str = ""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, days ago; `steps` are (person, what they did, days ago, key of the text)."""

    text: str
    by: str
    team: str
    days: int
    desk: Desk = Desk.COACH
    steps: tuple[tuple[str, str, int, str], ...] = ()
    closed: int | None = None


POSTS = (
    Shared(
        "fewer",
        PostKind.INSIGHT,
        "nora",
        29,
        ("emre", "sofia", "theo", "yara"),
        (("emre", "fewer_sales"), ("nora", "fewer_how")),
        adopted_by="yara",
    ),
    Shared("agenda", PostKind.TEMPLATE, "nora", 27, ("emre", "elif", "sofia", "theo"), (("sofia", "agenda_time"),)),
    Shared("why", PostKind.ARTICLE, "yara", 24, ("nora",), link="https://example.com/objectives-that-say-why"),
    Shared(
        "time", PostKind.RESISTANCE, "emre", 22, ("elif",), (("nora", "time_how"), ("yara", "time_office")), "", "sales"
    ),
    Shared("worst", PostKind.INSIGHT, "emre", 19, ("nora", "elif", "anna")),
    Shared("quarter_hour", PostKind.TEMPLATE, "emre", 17, ("nora", "theo")),
    Shared("bonus", PostKind.RESISTANCE, "nora", 14, ("yara", "emre"), (("anna", "bonus_pay"),)),
    Shared("confidence", PostKind.ARTICLE, "elif", 12, ("emre", "sofia"), link="https://example.com/red-is-good-news"),
    Shared("quiet", PostKind.INSIGHT, "sofia", 10, ("nora", "emre"), (("theo", "quiet_cards"),)),
    Shared("looking_back", PostKind.TEMPLATE, "theo", 8, ("nora", "sofia")),
    Shared("shifts", PostKind.RESISTANCE, "yara", 5, (), (("nora", "shifts_board"),)),
    Shared("school_year", PostKind.INSIGHT, "nora", 3, ("theo", "yara"), (("yara", "school_year_plan"),)),
    Shared("first_week", PostKind.INSIGHT, "anna", 1),
)
QUESTIONS = (
    Asked("same_number", "leonie", "growth", 1),
    Asked("lead_time", "oskar", "devices", 4, steps=(("nora", BACK, 3, "lead_time_back"),)),
    Asked("holidays", "mira", "growth", 6, steps=(("nora", ANSWER, 5, "holidays_answer"),)),
    Asked(
        "renewals",
        "kofi",
        "success",
        20,
        steps=(
            ("emre", BACK, 19, "renewals_back"),
            ("kofi", REPLY, 19, "renewals_reply"),
            ("emre", ANSWER, 17, "renewals_answer"),
        ),
        closed=16,
    ),
    Asked("bonus_rule", "selma", "sales", 8, Desk.PLO, (("emre", ON, 7, "bonus_rule_on"),)),
    Asked("no_computer", "olga", "supply", 3, Desk.PLO),
    Asked("own_weeks", "nora", "", 12, Desk.PLO, (("yara", ANSWER, 10, "own_weeks_answer"),)),
    Asked(
        "on_call",
        "david",
        "platform",
        26,
        steps=(
            ("nora", ON, 25, "on_call_on"),
            ("theo", TO_COACH, 23, "on_call_back"),
            ("nora", ANSWER, 22, "on_call_answer"),
        ),
        closed=21,
    ),
    Asked("payroll", "emil", "people", 15, Desk.PLO, (("anna", ANSWER, 11, "payroll_answer"),), closed=9),
)


def add_community(maker: ObjectiveMaker) -> None:
    """Let coaches share and teams ask. Side effects: rows and audit entries kept in the maker's journal."""
    for shared in POSTS:
        _share(maker, shared)
    for asked in QUESTIONS:
        _ask(maker, asked)


def _share(maker: ObjectiveMaker, shared: Shared) -> None:
    people, texts, at = maker.cast.members, maker.wording.community, _past(maker, shared.days, 10)
    title, text = texts.posts[shared.text]
    adopter, adopted_at = people.get(shared.adopted_by), _past(maker, max(shared.days - 4, 0), 15)
    post = maker.journal.add(
        Post(
            kind=shared.kind,
            title=title,
            text=text,
            link=shared.link,
            team=maker.cast.teams.get(shared.team),
            group=texts.groups.get(shared.text, ""),
            author=people[shared.by],
            adopted_at=adopted_at if adopter else None,
            adopted_by=adopter,
        ),
        at,
    )
    after = audit.snapshot(post, ["kind", "title", "text", "link", "team", "group"])
    maker.journal.note(post.author, "shared", post, at, after=after)
    for number, (by, key) in enumerate(shared.said):
        said = _past(maker, max(shared.days - number - 1, 0), 13) + timedelta(minutes=number)
        comment = maker.journal.add(PostComment(post=post, author=people[by], text=texts.said[key]), said)
        maker.journal.note(people[by], "commented", comment, said, after=audit.snapshot(comment, ["post", "text"]))
    for by in shared.useful:
        maker.journal.add(PostUseful(post=post, membership=people[by]), at + timedelta(hours=1))
    if adopter:
        maker.journal.note(adopter, "adopted", post, adopted_at)


def _ask(maker: ObjectiveMaker, asked: Asked) -> None:
    people, texts, at = maker.cast.members, maker.wording.community, _past(maker, asked.days, 9)
    title, text = texts.questions[asked.text]
    answers = [days for _by, did, days, _key in asked.steps if did == ANSWER]
    passed = [days for _by, did, days, _key in asked.steps if did == ON]
    state = QuestionState.ANSWERED if answers else QuestionState.OPEN
    question = maker.journal.add(
        CoachQuestion(
            team=maker.cast.teams.get(asked.team),
            asked_by=people[asked.by],
            title=title,
            text=text,
            desk=asked.desk,
            state=QuestionState.CLOSED if asked.closed is not None else state,
            asked_at=at,
            passed_on_at=_past(maker, passed[0], 14) if passed else None,
            answered_at=_past(maker, answers[0], 14) if answers else None,
            closed_at=_past(maker, asked.closed, 16) if asked.closed is not None else None,
        ),
        at,
    )
    after = {"team": question.team_id, "desk": Desk.PLO if asked.desk == Desk.PLO and not passed else Desk.COACH}
    maker.journal.note(question.asked_by, "asked", question, at, after=after)
    for number, (by, did, days, key) in enumerate(asked.steps):
        # Two on one day come one after the other.
        said = _past(maker, days, 14) + timedelta(minutes=20 * number)
        message = QuestionMessage(
            question=question,
            author=people[by],
            text=texts.answers[key],
            is_answer=did == ANSWER,
            passed_to={ON: Desk.PLO, TO_COACH: Desk.COACH}.get(did, ""),
        )
        maker.journal.add(message, said)
        maker.journal.note(people[by], did, question, said)
    if question.closed_at is not None:
        maker.journal.note(question.asked_by, "closed", question, question.closed_at, before={"state": state.value})


def _past(maker: ObjectiveMaker, days: int, hour: int) -> datetime:
    """An hour of a day so many days ago; not of the future."""
    return min(maker.moment(maker.now.date() - timedelta(days=days), hour), maker.now - timedelta(minutes=90))
