"""The feed of the coach community, and one post of it."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from okrapp.web.decisions import authorize
from okrapp.web.htmx import Part, go_to, invalid, is_fragment, partials, respond, toast
from organizations.errors import Refused
from organizations.requests import OrganizationRequest
from roles import community_permissions as permissions
from roles.domain import post as domain
from roles.domain import post_comment as comments
from roles.enums import PostKind
from roles.forms.post import PostCommentForm, PostForm
from roles.models import Post, PostComment
from roles.queries.post import PostRow, comments_of, feed, post_row
from roles.views.tabs import coaching_tabs

PAGE, DRAWER = "roles/community/page.html", "roles/community/drawer.html"
FORM, FORM_DRAWER = "roles/community/form.html", "roles/community/form_drawer.html"
TALK, REACT, ADOPTED = (f"roles/community/_{name}.html" for name in ("talk", "useful", "adopted"))


@require_safe
def community(request: OrganizationRequest, slug: str) -> HttpResponse:
    """Show the feed: `?kind=`, `?q=` and the cursor `?before=` are in the address."""
    authorize(permissions.read_community(request.actor))
    kind, search = request.GET.get("kind", ""), request.GET.get("q", "").strip()
    kind = kind if kind in PostKind.values else ""
    found = feed(request.actor, slug=slug, kind=kind, search=search, before=request.GET.get("before", ""))
    url = reverse("roles:community", args=[slug])

    def address(**query: str) -> str:
        kept = {name: value for name, value in query.items() if value}
        return f"{url}?{urlencode(kept)}" if kept else url

    context = {
        "slug": slug,
        "coaching_tabs": coaching_tabs(request, "roles:community"),
        "found": found,
        "kind": kind,
        "search": search,
        "kinds": PostKind.choices,
        "tabs": [
            (label, address(kind=value, q=search), value == kind)
            for value, label in [("", _("All")), *PostKind.choices]
        ],
        "all_url": url,
        "newest_url": address(kind=kind, q=search) if request.GET.get("before") else "",
        "older_url": address(kind=kind, q=search, before=found.older) if found.older else "",
        "create_url": reverse("roles:post_create", args=[slug]) + (f"?kind={kind}" if kind else ""),
    }
    return render(request, "roles/community/list.html", context)


@require_safe
def post(request: OrganizationRequest, slug: str, post_id: UUID) -> HttpResponse:
    """Show one post with its comments."""
    row = _row(request, post_id)
    return respond(request, PAGE, DRAWER, _post_context(request, row, PostCommentForm(auto_id="post-%s")))


@require_http_methods(["GET", "POST"])
def post_create(request: OrganizationRequest, slug: str) -> HttpResponse:
    """Share something; `?kind=` says what."""
    authorize(permissions.read_community(request.actor))
    kind = request.POST.get("kind") or request.GET.get("kind", "")
    kind = kind if kind in PostKind.values else PostKind.INSIGHT
    form = PostForm(request.POST if request.method == "POST" else None, kind=kind)
    url = reverse("roles:post_create", args=[slug])
    context = {
        "form": form,
        "kind": kind,
        "title": _("Share something"),
        "button": _("Share"),
        "action": f"{url}?kind={kind}",
        "kinds": [(label, f"{url}?kind={value}", value == kind) for value, label in PostKind.choices],
    }
    if request.method != "POST":
        return respond(request, FORM, FORM_DRAWER, context)
    if form.is_valid():
        try:
            written = domain.write_post(actor=request.actor, kind=kind, **form.cleaned_data)
        except Refused as refused:
            form.refuse(refused)
        else:
            toast(request, _("Shared"), undo_url=reverse("roles:post_remove", args=[slug, written.pk]))
            return go_to(request, reverse("roles:community", args=[slug]))
    return invalid(request, FORM, FORM_DRAWER, context)


@require_http_methods(["GET", "POST"])
def post_edit(request: OrganizationRequest, slug: str, post_id: UUID) -> HttpResponse:
    """Change one's own post."""
    found = _standing(post_id)
    authorize(permissions.edit_post(request.actor, found))
    form = PostForm(request.POST if request.method == "POST" else None, kind=found.kind, post=found)
    context = {
        "form": form,
        "kind": found.kind,
        "title": _("Edit post"),
        "button": _("Save"),
        "action": reverse("roles:post_edit", args=[slug, found.pk]),
    }
    if request.method != "POST":
        return respond(request, FORM, FORM_DRAWER, context)
    if form.is_valid():
        try:
            domain.edit_post(actor=request.actor, post=found, changes=form.changes(), seen=form.seen)
        except Refused as refused:
            form.refuse(refused)
        else:
            toast(request, _("Post saved"))
            return go_to(request, reverse("roles:post", args=[slug, found.pk]))
    return invalid(request, FORM, FORM_DRAWER, context)


@require_POST
def post_remove(request: OrganizationRequest, slug: str, post_id: UUID) -> HttpResponse:
    """Take a post away; the toast brings it back."""
    found = get_object_or_404(Post, pk=post_id)
    authorize(permissions.remove_post(request.actor, found))
    domain.remove_post(actor=request.actor, post=found)
    toast(request, _("Post removed"), undo_url=reverse("roles:post_restore", args=[slug, found.pk]))
    return go_to(request, reverse("roles:community", args=[slug]))


@require_POST
def post_restore(request: OrganizationRequest, slug: str, post_id: UUID) -> HttpResponse:
    """Bring back a post that was removed moments ago."""
    found = get_object_or_404(Post, pk=post_id)
    authorize(permissions.restore_post(request.actor, found))
    _told(request, lambda: domain.restore_post(actor=request.actor, post=found), _("Post is back"))
    return go_to(request, reverse("roles:community", args=[slug]))


@require_POST
def post_useful(request: OrganizationRequest, slug: str, post_id: UUID) -> HttpResponse:
    """Say that a post is useful, or with `withdraw` that it is not any more."""
    found = _standing(post_id)
    authorize(permissions.see_post(request.actor, found))
    write = domain.find_useful_no_more if request.POST.get("withdraw") else domain.find_useful
    _told(request, lambda: write(actor=request.actor, post=found))
    return _redrawn(request, found, REACT, "useful")


@require_POST
def post_adopt(request: OrganizationRequest, slug: str, post_id: UUID) -> HttpResponse:
    """Mark an insight as adopted into the playbook, or with `withdraw` take it out again."""
    authorize(permissions.adopt_post(request.actor))
    found = _standing(post_id)
    if request.POST.get("withdraw"):
        _told(
            request, lambda: domain.withdraw_adoption(actor=request.actor, post=found), _("Taken out of the playbook")
        )
    else:
        _told(request, lambda: domain.adopt_post(actor=request.actor, post=found), _("Adopted into the playbook"))
    return _redrawn(request, found, ADOPTED, "adopted")


@require_POST
def post_comment(request: OrganizationRequest, slug: str, post_id: UUID) -> HttpResponse:
    """Say something to a post."""
    row = _row(request, post_id)
    form = PostCommentForm(request.POST, auto_id="post-%s")
    if form.is_valid():
        try:
            comments.write_post_comment(actor=request.actor, post=row.post, text=form.cleaned_data["text"])
        except Refused as refused:
            form.refuse(refused)
        else:
            return _commented(request, row.post)
    return invalid(request, PAGE, TALK, _post_context(request, row, form))


@require_POST
def post_comment_remove(request: OrganizationRequest, slug: str, post_comment_id: UUID) -> HttpResponse:
    """Take a comment away; the toast brings it back."""
    found = _comment(post_comment_id)
    authorize(permissions.remove_post_comment(request.actor, found))
    comments.remove_post_comment(actor=request.actor, comment=found)
    toast(request, _("Comment removed"), undo_url=reverse("roles:post_comment_restore", args=[slug, found.pk]))
    return _commented(request, found.post)


@require_POST
def post_comment_restore(request: OrganizationRequest, slug: str, post_comment_id: UUID) -> HttpResponse:
    """Bring back a comment that was removed moments ago."""
    found = _comment(post_comment_id)
    authorize(permissions.restore_post_comment(request.actor, found))
    _told(request, lambda: comments.restore_post_comment(actor=request.actor, comment=found), _("Comment is back"))
    return _commented(request, found.post)


def _standing(post_id: UUID) -> Post:
    found: Post = get_object_or_404(Post.objects.standing().select_related("team"), pk=post_id)
    return found


def _comment(comment_id: UUID) -> PostComment:
    found: PostComment = get_object_or_404(PostComment.objects.select_related("post"), pk=comment_id)
    return found


def _row(request: OrganizationRequest, post_id: UUID) -> PostRow:
    authorize(permissions.read_community(request.actor))
    row = post_row(request.actor, post_id, slug=request.organization.slug)
    if row is None:
        raise Http404
    return row


def _post_context(request: OrganizationRequest, row: PostRow, form: PostCommentForm) -> dict[str, Any]:
    return {
        "slug": request.organization.slug,
        "row": row,
        "post": row.post,
        "said": comments_of(request.actor, row.post),
        "form": form,
    }


def _told(request: OrganizationRequest, write: Callable[[], Any], done: str = "") -> None:
    """Do a small write and say so; what the domain refuses is told in a toast."""
    try:
        write()
    except Refused as refused:
        toast(request, " ".join(refused.messages), tone="warn")
    else:
        if done:
            toast(request, done)


def _redrawn(request: OrganizationRequest, found: Post, template: str, place: str) -> HttpResponse:
    """Draw a part of a post anew, where it stands in the feed and where it stands by itself."""
    slug = request.organization.slug
    row = post_row(request.actor, found.pk, slug=slug) if is_fragment(request) else None
    if row is None:
        return go_to(request, reverse("roles:post", args=[slug, found.pk]))
    context = {"row": row, "slug": slug}
    return partials(
        request,
        *(
            Part(f"#{where}{place}-{found.pk}", template, context | {"where": where, "in_post": where == "post-"})
            for where in ("", "post-")
        ),
    )


def _commented(request: OrganizationRequest, found: Post) -> HttpResponse:
    slug = request.organization.slug
    row = post_row(request.actor, found.pk, slug=slug) if is_fragment(request) else None
    if row is None:
        return redirect(reverse("roles:post", args=[slug, found.pk]))
    context = _post_context(request, row, PostCommentForm(auto_id="post-%s"))
    # Anew, not morphed: that would keep what was typed and sent.
    talk = Part(f"#post-talk-{found.pk}", TALK, context, swap="outerHTML")
    return partials(request, talk, focus=f"#post-talk-{found.pk} textarea")
