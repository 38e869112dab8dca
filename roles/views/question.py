"""Questions to coaches and the Program Lead Office: the list, one of them, and asking."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from okrapp.web.decisions import Decision, authorize
from okrapp.web.htmx import Part, go_to, invalid, is_fragment, partials, respond, toast
from okrapp.web.wording import in_own_label
from organizations.actor import Actor
from organizations.enums import Role
from organizations.errors import Refused
from organizations.requests import OrganizationRequest
from roles import question_permissions as permissions
from roles.domain import question as domain
from roles.enums import Desk, QuestionState
from roles.forms.question import AskForm, MessageForm
from roles.models import CoachQuestion
from roles.queries.question import (
    QuestionRow,
    addressees,
    question_row,
    questions,
    said_to,
    teams_asking,
    usual_answer_time,
)
from roles.views.tabs import coaching_tabs

PAGE, DRAWER, TALK = "roles/question/page.html", "roles/question/drawer.html", "roles/question/_talk.html"
FORM, FORM_DRAWER, ROW = "roles/question/form.html", "roles/question/form_drawer.html", "roles/question/_row.html"
# For how many teams the form says to whom a question goes.
MOST_ADDRESSEES = 10


@require_safe
def question_list(request: OrganizationRequest, slug: str) -> HttpResponse:
    """Show the questions one may read: `?show=`, `?state=`, `?team=` and `?page=` are in the address."""
    actor = request.actor
    url = reverse("roles:questions", args=[slug])
    teams = list(teams_asking(actor))
    show = request.GET.get("show", "")
    show = show if show in ("waiting", "mine") else ""
    state = request.GET.get("state", "")
    state = state if state in QuestionState.values else ""
    team = next((one for one in teams if one.slug == request.GET.get("team", "")), None)
    page = int(number) if (number := request.GET.get("page", "")).isascii() and number.isdigit() else 1
    page = min(max(page, 1), 1000)
    found = questions(actor, show=show, state=state, team=team, page=page)

    def address(**changed: str) -> str:
        query = {"show": show, "state": state, "team": team.slug if team else ""} | changed
        kept = {name: value for name, value in query.items() if value}
        return f"{url}?{urlencode(kept)}" if kept else url

    shown = [("", _("All")), ("waiting", _("Waiting for me")), ("mine", _("Asked by me"))]
    context = {
        "slug": slug,
        "coaching_tabs": coaching_tabs(request, "roles:questions"),
        "found": found,
        "show": show,
        "state": state,
        "states": [("", _("Any state")), *QuestionState.choices],
        "team": team,
        "teams": [("", _("All teams")), *((one.slug, one.name) for one in teams)],
        "tabs": [(label, address(show=value), value == show) for value, label in shown],
        "is_filtered": bool(show or state or team),
        "all_url": url,
        "may_ask": bool(permissions.ask_somewhere(actor)),
        "answer_time": usual_answer_time(actor),
        "previous_url": address(page=str(page - 1)) if page > 1 else "",
        "next_url": address(page=str(page + 1)) if found.has_more else "",
    }
    return render(request, "roles/question/list.html", context)


@require_safe
def question(request: OrganizationRequest, slug: str, question_id: UUID) -> HttpResponse:
    """Show one question with all that was said."""
    row = _row(request, question_id)
    authorize(permissions.see_question(request.actor, row.question))
    return respond(request, PAGE, DRAWER, _context(request, row, MessageForm(auto_id="question-%s")))


@require_http_methods(["GET", "POST"])
def question_ask(request: OrganizationRequest, slug: str) -> HttpResponse:
    """Ask something; `?team=` chooses a team."""
    actor = request.actor
    authorize(permissions.ask_somewhere(actor))
    form = AskForm(request.POST if request.method == "POST" else None, actor=actor)
    teams = form.fields["team"].queryset
    chosen = teams.filter(slug=request.GET["team"]).first() if "team" in request.GET else None
    form.fields["team"].initial = chosen.pk if chosen is not None else None
    own = [chosen] if chosen is not None else [one for one in actor.teams if one.archived_at is None]
    context = {
        "form": form,
        "action": reverse("roles:question_ask", args=[slug]),
        "addressees": addressees(actor, own[:MOST_ADDRESSEES]),
    }
    if request.method != "POST":
        return respond(request, FORM, FORM_DRAWER, context)
    if form.is_valid():
        authorize(permissions.ask_question(actor, form.cleaned_data["team"]))
        try:
            asked = domain.ask_question(actor=actor, **form.cleaned_data)
        except Refused as refused:
            form.refuse(refused)
        else:
            toast(request, _where(actor, asked))
            return go_to(request, reverse("roles:questions", args=[slug]))
    return invalid(request, FORM, FORM_DRAWER, context)


@require_POST
def question_answer(request: OrganizationRequest, slug: str, question_id: UUID) -> HttpResponse:
    """Answer a question."""
    return _written(request, question_id, permissions.answer_question, domain.answer_question, _("Answered"))


@require_POST
def question_ask_back(request: OrganizationRequest, slug: str, question_id: UUID) -> HttpResponse:
    """Ask whoever asked."""
    return _written(request, question_id, permissions.answer_question, domain.ask_back, _("Asked back"))


@require_POST
def question_reply(request: OrganizationRequest, slug: str, question_id: UUID) -> HttpResponse:
    """Say more to one's own question."""
    return _written(request, question_id, permissions.reply_to_question, domain.reply_to_question, _("Sent"))


@require_POST
def question_pass_on(request: OrganizationRequest, slug: str, question_id: UUID) -> HttpResponse:
    """Pass a team's question on to the Program Lead Office."""
    told = in_own_label(_("Passed on to the Program Lead Office"))
    return _written(request, question_id, permissions.pass_question_on, domain.pass_question_on, told)


@require_POST
def question_pass_back(request: OrganizationRequest, slug: str, question_id: UUID) -> HttpResponse:
    """Give a question to the team's coach."""
    told = in_own_label(_("Passed back to the coach"))
    return _written(request, question_id, permissions.pass_question_back, domain.pass_question_back, told)


@require_POST
def question_close(request: OrganizationRequest, slug: str, question_id: UUID) -> HttpResponse:
    """Close a question; the toast opens it again."""
    found = _row(request, question_id).question
    authorize(permissions.close_question(request.actor, found))
    domain.close_question(actor=request.actor, question=found)
    toast(request, _("Question closed"), undo_url=reverse("roles:question_reopen", args=[slug, found.pk]))
    return _redrawn(request, found.pk)


@require_POST
def question_reopen(request: OrganizationRequest, slug: str, question_id: UUID) -> HttpResponse:
    """Open a closed question again."""
    found = _row(request, question_id).question
    authorize(permissions.close_question(request.actor, found))
    domain.reopen_question(actor=request.actor, question=found)
    toast(request, _("Question is open again"))
    return _redrawn(request, found.pk)


def _row(request: OrganizationRequest, question_id: UUID) -> QuestionRow:
    row = question_row(request.actor, question_id)
    if row is None:
        raise Http404
    return row


def _where(actor: Actor, asked: CoachQuestion) -> str:
    """Say plainly to whoever asked where the question waits now."""
    if asked.desk == Desk.COACH:
        return in_own_label(_("Asked: it waits with the coach"))
    if asked.team is None or actor.holds(Role.COACH, asked.team.pk):
        return in_own_label(_("Asked: it waits with the Program Lead Office"))
    return in_own_label(_("Your team has no coach who could answer: the question went to the Program Lead Office"))


def _written(
    request: OrganizationRequest,
    question_id: UUID,
    may: Callable[[Actor, CoachQuestion], Decision],
    write: Callable[..., Any],
    told: str,
) -> HttpResponse:
    """Add what was written to a question, if one may; what is refused stands at the field with the text."""
    found = _row(request, question_id).question
    authorize(may(request.actor, found))
    form = MessageForm(request.POST, auto_id="question-%s")
    if form.is_valid():
        try:
            write(actor=request.actor, question=found, text=form.cleaned_data["text"])
        except Refused as refused:
            form.refuse(refused)
        else:
            toast(request, told)
            return _redrawn(request, found.pk)
    return invalid(request, PAGE, TALK, _context(request, _row(request, question_id), form))


def _context(request: OrganizationRequest, row: QuestionRow, form: MessageForm) -> dict[str, Any]:
    actor, found = request.actor, row.question
    is_open, is_closed = found.state == QuestionState.OPEN, found.state == QuestionState.CLOSED
    return {
        "slug": request.organization.slug,
        "row": row,
        "question": found,
        "said": said_to(found),
        "form": form,
        "may_answer": not is_closed and bool(permissions.answer_question(actor, found)),
        "may_ask_back": is_open and bool(permissions.answer_question(actor, found)),
        "may_reply": not is_closed and bool(permissions.reply_to_question(actor, found)),
        "may_pass_on": is_open and found.desk == Desk.COACH and bool(permissions.pass_question_on(actor, found)),
        "may_pass_back": is_open
        and found.desk == Desk.PLO
        and found.team_id is not None
        and bool(permissions.pass_question_back(actor, found)),
        "may_close": bool(permissions.close_question(actor, found)),
    }


def _redrawn(request: OrganizationRequest, question_id: UUID) -> HttpResponse:
    """Draw a question anew, in the drawer or on its page and in the list."""
    slug = request.organization.slug
    if not is_fragment(request):
        return redirect(reverse("roles:question", args=[slug, question_id]))
    context = _context(request, _row(request, question_id), MessageForm(auto_id="question-%s"))
    return partials(
        request,
        # Anew, not morphed: that would keep what was typed and sent.
        Part(f"#question-talk-{question_id}", TALK, context, swap="outerHTML"),
        Part(f"#question-{question_id}", ROW, context),
        focus=f"#question-talk-{question_id} :is(textarea, button)",
    )
