"""Who may ask, read, answer, pass on and close questions to coaches and the Program Lead Office, and why not."""

from django.utils.translation import gettext_lazy as _

from okrapp.web.decisions import Decision
from organizations.actor import Actor
from organizations.models import Team
from organizations.rights import Place, decide, permission, who_could
from roles import policy
from roles.models import CoachQuestion


@permission(_("Ask a question for it"), about=Team)
def ask_question(actor: Actor, team: Team | None) -> Decision:
    """Ask for a team: its members ask their coach, its coaches the Program Lead Office. Without a team: coaches."""
    if team is None:
        return decide(actor, policy.ASK_FOR_NONE)
    return decide(actor, policy.ASK, Place(team_id=team.pk))


@permission(_("Ask a coach or the Program Lead Office"))
def ask_somewhere(actor: Actor) -> Decision:
    """Ask something at all."""
    return decide(actor, policy.ASK_SOMEWHERE)


@permission(_("Read it"), about=CoachQuestion, is_sight=True)
def see_question(actor: Actor, question: CoachQuestion) -> Decision:
    """Read a question with all that was said to it; as CoachQuestionQuerySet.visible_to() says."""
    return decide(actor, policy.SEE_QUESTION, _place(question))


@permission(_("Answer it, ask back"), about=CoachQuestion)
def answer_question(actor: Actor, question: CoachQuestion) -> Decision:
    """Answer, or ask back: a coach of the team and the Program Lead Office, but not whoever asked."""
    return decide(actor, policy.ANSWER_QUESTION, _place(question))


@permission(_("Write on"), about=CoachQuestion)
def reply_to_question(actor: Actor, question: CoachQuestion) -> Decision:
    """Answer a question back, or ask further: whoever asked."""
    return decide(actor, policy.REPLY, _place(question))


@permission(_("Pass it on to the Program Lead Office"), about=CoachQuestion)
def pass_question_on(actor: Actor, question: CoachQuestion) -> Decision:
    """Pass a team's question on to the Program Lead Office: a coach of the team, but not whoever asked."""
    return decide(actor, policy.PASS_ON, _place(question))


@permission(_("Pass it back to the coach"), about=CoachQuestion)
def pass_question_back(actor: Actor, question: CoachQuestion) -> Decision:
    """Give a question to the team's coach: the Program Lead Office, but not whoever asked."""
    return decide(actor, policy.PASS_BACK, _place(question))


@permission(_("Close it and open it again"), about=CoachQuestion)
def close_question(actor: Actor, question: CoachQuestion) -> Decision:
    """Close a question, and open it again: whoever asked, and the lead of the team.

    The Program Lead Office does it for those who have left. Team and asker are read where they are not loaded.
    """
    return decide(actor, policy.CLOSE_QUESTION, _closing(question))


def who_closes(question: CoachQuestion) -> list[str]:
    """Return the names of some who may close a question and open it again, with what they are; at most six queries."""
    return [str(one) for one in who_could(policy.CLOSE_QUESTION, _closing(question))]


def _closing(question: CoachQuestion) -> Place:
    return Place(
        team_id=question.team_id,
        lead_id=question.team.lead_id if question.team is not None else None,
        owner_id=question.asked_by_id,
        about=question,
    )


def _place(question: CoachQuestion) -> Place:
    return Place(team_id=question.team_id, owner_id=question.asked_by_id)
