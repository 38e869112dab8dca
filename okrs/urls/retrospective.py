"""Retrospectives."""

from django.urls import URLPattern, URLResolver, path

from okrs.views import retro_action, retrospective

_TEAM = "teams/<slug:team_slug>/retrospectives"
_BOARD = "retrospectives/<uuid:retrospective_id>"
_CARD = "retro-cards/<uuid:card_id>"
_ACTION = "retro-actions/<uuid:action_id>"

urlpatterns: list[URLPattern | URLResolver] = [
    path(f"{_TEAM}/", retrospective.retrospectives, name="retrospectives"),
    path(f"{_TEAM}/open/", retrospective.retrospective_open, name="retrospective_open"),
    path("retrospectives/process/", retrospective.retro_process, name="retro_process"),
    path(f"{_BOARD}/", retrospective.retrospective, name="retrospective"),
    path(f"{_BOARD}/move/", retrospective.retrospective_move, name="retrospective_move"),
    path(f"{_BOARD}/moderator/", retrospective.retrospective_moderator, name="retrospective_moderator"),
    path(f"{_BOARD}/cards/", retrospective.retro_card_create, name="retro_card_create"),
    path(f"{_BOARD}/actions/", retro_action.retro_action_create, name="retro_action_create"),
    path(f"{_CARD}/edit/", retrospective.retro_card_edit, name="retro_card_edit"),
    path(f"{_CARD}/move/", retrospective.retro_card_move, name="retro_card_move"),
    path(f"{_CARD}/remove/", retrospective.retro_card_remove, name="retro_card_remove"),
    path(f"{_CARD}/vote/", retrospective.retro_card_vote, name="retro_card_vote"),
    path(f"{_ACTION}/edit/", retro_action.retro_action_edit, name="retro_action_edit"),
    path(f"{_ACTION}/state/", retro_action.retro_action_state, name="retro_action_state"),
]
