"""Personal tokens for other programs."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from okrapp.web.htmx import UNPROCESSABLE, go_to, toast
from organizations.domain import api_token as domain
from organizations.enums import Scope
from organizations.errors import Refused
from organizations.forms.api_token import TokenForm
from organizations.models import ApiToken
from organizations.requests import OrganizationRequest
from organizations.views.posted import posted


@never_cache
@require_http_methods(["GET", "POST"])
def tokens(request: OrganizationRequest, slug: str) -> HttpResponse:
    """One's own tokens, and a form for a new one, whose secret is shown in the answer and never again."""
    form = TokenForm(posted(request))
    created, secret = None, ""
    if request.method == "POST" and form.is_valid():
        try:
            created, secret = domain.create_token(
                actor=request.actor,
                membership=request.membership,
                name=form.cleaned_data["name"],
                scopes=form.cleaned_data["scopes"],
                expires_at=form.expires_at(),
            )
        except Refused as refusal:
            form.add_error(None, refusal.messages)
        else:
            form = TokenForm()
    rows = ApiToken.objects.filter(membership=request.membership, revoked_at=None).order_by("-created_at", "-pk")
    now = timezone.now()
    names = dict(Scope.choices)
    context = {
        "form": form,
        "created": created,
        "secret": secret,
        "tokens": [
            (
                token,
                [names.get(scope, scope) for scope in token.scopes],
                token.expires_at is not None and token.expires_at <= now,
            )
            for token in rows[:200]
        ],
        "api_url": request.build_absolute_uri(f"/api/v1/o/{slug}/"),
    }
    return render(request, "organizations/api_token/list.html", context, status=UNPROCESSABLE if form.is_bound else 200)


@require_POST
def token_revoke(request: OrganizationRequest, slug: str, token_id: UUID) -> HttpResponse:
    """Make one of one's own tokens useless at once."""
    token = get_object_or_404(ApiToken, pk=token_id, membership=request.membership)
    domain.revoke_token(actor=request.actor, token=token)
    undo = reverse("organizations:token_restore", args=[slug, token.pk])
    toast(request, _("“{name}” was revoked.").format(name=token.name), undo_url=undo)
    return go_to(request, reverse("organizations:tokens", args=[slug]))


@require_POST
def token_restore(request: OrganizationRequest, slug: str, token_id: UUID) -> HttpResponse:
    """Take a revocation back while it is fresh."""
    token = get_object_or_404(ApiToken, pk=token_id, membership=request.membership)
    try:
        domain.restore_token(actor=request.actor, token=token)
    except Refused as refusal:
        toast(request, " ".join(refusal.messages), tone="bad")
    else:
        toast(request, _("“{name}” works again.").format(name=token.name))
    return go_to(request, reverse("organizations:tokens", args=[slug]))
