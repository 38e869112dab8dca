"""Proposals and the backlog."""

from django.urls import URLPattern, URLResolver, path

from okrs.views import comment, proposal

_ONE = "proposals/<uuid:proposal_id>"

urlpatterns: list[URLPattern | URLResolver] = [
    path("proposals/", proposal.proposal_list, name="proposals"),
    path("proposals/new/", proposal.proposal_create, name="proposal_create"),
    path(f"{_ONE}/", proposal.proposal, name="proposal"),
    path(f"{_ONE}/edit/", proposal.proposal_edit, name="proposal_edit"),
    path(f"{_ONE}/adopt/", proposal.proposal_adopt, name="proposal_adopt"),
    path(f"{_ONE}/decline/", proposal.proposal_decline, name="proposal_decline"),
    path(f"{_ONE}/reopen/", proposal.proposal_reopen, name="proposal_reopen"),
    path(f"{_ONE}/archive/", proposal.proposal_archive, name="proposal_archive"),
    path(f"{_ONE}/restore/", proposal.proposal_restore, name="proposal_restore"),
    path(f"{_ONE}/react/", proposal.proposal_react, name="proposal_react"),
    path(f"{_ONE}/talk/", comment.proposal_talk, name="proposal_talk"),
    path("objectives/<uuid:objective_id>/set-aside/", proposal.objective_set_aside, name="objective_set_aside"),
]
