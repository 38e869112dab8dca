"""Questions of a team to its coach, and of a coach to the Program Lead Office."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from organizations.actor import Actor
from organizations.domain import audit
from organizations.errors import Refused
from organizations.models import Team
from roles.domain.question_desk import desk_for, has_coach, keep_coaches, schedule_look
from roles.domain.sent_again import lock_sender, sent_before
from roles.domain.telling import tell_asker, tell_of_question
from roles.enums import Desk, QuestionState
from roles.models import CoachQuestion, QuestionMessage
from roles.naming import in_own_words
from roles.question_permissions import who_closes

LONGEST_TITLE = 200
LONGEST = 10_000


def ask_question(*, actor: Actor, team: Team | None, title: str, text: str = "") -> CoachQuestion:
    """Ask the coach of a team or, where there is none and as a coach, the Program Lead Office. Returns the question.

    Sent twice, it is the same one. Raises Refused for a question without words, one too long, and an archived team.
    Side effects: an audit entry, and the sweeper looks each midnight whether somebody is there to answer.
    """
    title, text = title.strip(), text.strip()
    if not title:
        raise Refused({"title": _("What do you want to know?")})
    if len(title) > LONGEST_TITLE:
        raise Refused({"title": _("At most %(count)d letters.") % {"count": LONGEST_TITLE}})
    if len(text) > LONGEST:
        raise Refused({"text": _("At most %(count)d letters.") % {"count": LONGEST}})
    with transaction.atomic():
        lock_sender(actor)
        keep_coaches()
        if team is not None and Team.objects.filter(pk=team.pk).exclude(archived_at=None).exists():
            raise Refused({"team": _("“{team}” is archived. Choose another team.").format(team=team.name)})
        theirs = CoachQuestion.objects.filter(asked_by=actor.membership).exclude(state=QuestionState.CLOSED)
        same = {"team": team.pk if team else None, "title": title, "text": text}
        if (sent := sent_before(theirs, actor, at="asked_at", by="asked_by", **same)) is not None:
            return sent
        question = CoachQuestion.objects.create(
            team=team, asked_by=actor.membership, title=title, text=text, desk=desk_for(actor, team)
        )
        audit.record(
            actor=actor,
            verb="asked",
            subject=question,
            after={"team": team.pk if team else None, "desk": question.desk},
        )
        _look_after(question)
        tell_of_question(actor=actor, question=question)
        return question


def answer_question(*, actor: Actor, question: CoachQuestion, text: str) -> QuestionMessage:
    """Answer a question; who answers at the same moment is heard too. Returns the answer; sent twice, it is the same.

    Raises Refused for no words, and for a question that was closed meanwhile. Side effects: an audit entry.
    """
    with transaction.atomic():
        locked = _lock_unclosed(question)
        if (sent := _sent(actor, locked, text, is_answer=True)) is not None:
            return sent
        before = {"state": locked.state}
        message = _write(actor, locked, text, is_answer=True)
        locked.state = QuestionState.ANSWERED
        locked.answered_at = locked.answered_at or message.created_at
        locked.save(update_fields=["state", "answered_at"])
        audit.record(actor=actor, verb="answered", subject=locked, before=before, after={"state": locked.state})
        tell_asker(actor=actor, question=locked, message_id=message.pk, is_answer=True)
        return message


def ask_back(*, actor: Actor, question: CoachQuestion, text: str) -> QuestionMessage:
    """Ask whoever asked: the question then waits for them. Returns what was written; sent twice, it is the same.

    Raises Refused for no words, and for a question that was answered or closed. Side effects: an audit entry.
    """
    with transaction.atomic():
        locked = _lock_open(question)
        if (sent := _sent(actor, locked, text)) is not None:
            return sent
        message = _write(actor, locked, text)
        audit.record(actor=actor, verb="asked_back", subject=locked)
        tell_asker(actor=actor, question=locked, message_id=message.pk, is_answer=False)
        return message


def reply_to_question(*, actor: Actor, question: CoachQuestion, text: str) -> QuestionMessage:
    """Say more, as whoever asked: what was asked back, or what the answer left open. Returns what was written.

    Sent twice, it is the same. An answered question waits for an answer again. Raises Refused for no words, and for a
    question that was closed. Side effects: an audit entry.
    """
    with transaction.atomic():
        keep_coaches()
        locked = _lock_unclosed(question)
        if (sent := _sent(actor, locked, text)) is not None:
            return sent
        before = {"state": locked.state}
        message = _write(actor, locked, text)
        if locked.state == QuestionState.ANSWERED:
            _open_again(locked)
        audit.record(actor=actor, verb="replied", subject=locked, before=before, after={"state": locked.state})
        tell_of_question(actor=actor, question=locked, message_id=message.pk)
        return message


def pass_question_on(*, actor: Actor, question: CoachQuestion, text: str) -> QuestionMessage:
    """Pass a question on from the coach to the Program Lead Office, with a word. Returns that word.

    Once: raises Refused where it has been passed on, answered or closed meanwhile, and for no words; sent twice, it is
    the same word. Side effects: an audit entry.
    """
    with transaction.atomic():
        locked = _lock_open(question)
        if (sent := _sent(actor, locked, text, passed_to=Desk.PLO)) is not None:
            return sent
        if locked.desk == Desk.PLO:
            raise Refused(_("This question waits with the Program Lead Office already."))
        return _pass(actor, locked, text, Desk.PLO)


def pass_question_back(*, actor: Actor, question: CoachQuestion, text: str) -> QuestionMessage:
    """Give a question from the Program Lead Office to the team's coach, with a word. Returns that word.

    Raises Refused where nobody but whoever asked coaches the team, where it waits with the coach or was answered or
    closed, and for no words; sent twice, it is the same word. Side effects: an audit entry, and the sweeper as in
    ask_question.
    """
    with transaction.atomic():
        keep_coaches()
        locked = _lock_open(question)
        if (sent := _sent(actor, locked, text, passed_to=Desk.COACH)) is not None:
            return sent
        if locked.desk == Desk.COACH:
            raise Refused(_("This question waits with the coach already."))
        if locked.team is None or not has_coach(locked.team, besides=locked.asked_by):
            raise Refused(_("No coach is there to take it. Answer it here, or find the team a coach first."))
        message = _pass(actor, locked, text, Desk.COACH)
        _look_after(locked)
        return message


def close_question(*, actor: Actor, question: CoachQuestion) -> CoachQuestion:
    """Close a question, answered or not. Returns it. Twice does no harm. Side effects: an audit entry."""
    with transaction.atomic():
        locked = _lock(question)
        if locked.state == QuestionState.CLOSED:
            return locked
        before = {"state": locked.state}
        locked.state, locked.closed_at = QuestionState.CLOSED, timezone.now()
        locked.save(update_fields=["state", "closed_at"])
        audit.record(actor=actor, verb="closed", subject=locked, before=before, after={"state": locked.state})
        return locked


def reopen_question(*, actor: Actor, question: CoachQuestion) -> CoachQuestion:
    """Open a closed question again, as it was: answered, or waiting for somebody who is there. Returns it.

    Nothing happens to one that is not closed. Side effects: an audit entry.
    """
    with transaction.atomic():
        keep_coaches()
        locked = _lock(question)
        if locked.state != QuestionState.CLOSED:
            return locked
        was = audit.last_before(locked, ("closed",)) or {}
        locked.closed_at = None
        if was.get("state") == QuestionState.ANSWERED:
            locked.state = QuestionState.ANSWERED
            locked.save(update_fields=["state", "closed_at"])
        else:
            _open_again(locked)
        audit.record(
            actor=actor,
            verb="reopened",
            subject=locked,
            before={"state": QuestionState.CLOSED.value},
            after={"state": locked.state, "desk": locked.desk},
        )
        return locked


def _lock(question: CoachQuestion) -> CoachQuestion:
    locked: CoachQuestion = (
        CoachQuestion.objects.select_for_update(of=("self",)).select_related("team", "asked_by").get(pk=question.pk)
    )
    return locked


def _lock_unclosed(question: CoachQuestion) -> CoachQuestion:
    locked = _lock(question)
    if locked.state == QuestionState.CLOSED:
        told = _("This question is closed.")
        if people := who_closes(locked):
            told += " " + _("It can be opened again by: {people}.").format(people=in_own_words(", ".join(people)))
        raise Refused(told)
    return locked


def _lock_open(question: CoachQuestion) -> CoachQuestion:
    locked = _lock_unclosed(question)
    if locked.state != QuestionState.OPEN:
        raise Refused(_("This question was answered meanwhile."))
    return locked


def _sent(
    actor: Actor, question: CoachQuestion, text: str, *, is_answer: bool = False, passed_to: str = ""
) -> QuestionMessage | None:
    """Return the last message of a locked question, if it is just what is being written: nobody answered meanwhile."""
    said = QuestionMessage.objects.filter(question=question)
    return sent_before(said, actor, text=text.strip(), is_answer=is_answer, passed_to=passed_to)


def _write(
    actor: Actor, question: CoachQuestion, text: str, *, is_answer: bool = False, passed_to: str = ""
) -> QuestionMessage:
    text = text.strip()
    if not text:
        raise Refused({"text": _("Write something first.")})
    if len(text) > LONGEST:
        raise Refused({"text": _("At most %(count)d letters.") % {"count": LONGEST}})
    return QuestionMessage.objects.create(
        question=question, author=actor.membership, text=text, is_answer=is_answer, passed_to=passed_to
    )


def _pass(actor: Actor, locked: CoachQuestion, text: str, desk: Desk) -> QuestionMessage:
    message = _write(actor, locked, text, passed_to=desk)
    before = {"desk": locked.desk}
    locked.desk = desk
    if desk == Desk.PLO:
        locked.passed_on_at = message.created_at
    locked.save(update_fields=["desk", "passed_on_at"])
    audit.record(
        actor=actor,
        verb="passed_on" if desk == Desk.PLO else "passed_back",
        subject=locked,
        before=before,
        after={"desk": desk.value},
    )
    tell_of_question(actor=actor, question=locked, message_id=message.pk)
    return message


def _open_again(locked: CoachQuestion) -> None:
    """Let a question wait for an answer, with somebody who can give one: its coach may have gone since."""
    locked.state = QuestionState.OPEN
    if locked.desk == Desk.COACH and (locked.team is None or not has_coach(locked.team, besides=locked.asked_by)):
        locked.desk, locked.passed_on_at = Desk.PLO, timezone.now()
        QuestionMessage.objects.create(question=locked, passed_to=Desk.PLO)
    locked.save(update_fields=["state", "closed_at", "desk", "passed_on_at"])
    _look_after(locked)


def _look_after(question: CoachQuestion) -> None:
    if question.desk == Desk.COACH:
        schedule_look()
