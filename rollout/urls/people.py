"""Stakeholders of a plan, what is disclosed to them, and what leaders commit themselves to."""

from django.urls import URLPattern, URLResolver, path

from rollout.views import buy_in, concern, disclosure, stakeholder

urlpatterns: list[URLPattern | URLResolver] = [
    path("rollout/about-me/", disclosure.about_me, name="about_me"),
    path("rollout/about-me/ask/", disclosure.ask_about_me, name="ask_about_me"),
    path("rollout/disclosures/<uuid:disclosure_id>/nothing/", disclosure.disclosure_nothing, name="disclosure_nothing"),
    path("rollout/stakeholders/<uuid:stakeholder_id>/", stakeholder.stakeholder, name="stakeholder"),
    path("rollout/stakeholders/<uuid:stakeholder_id>/edit/", stakeholder.stakeholder_edit, name="stakeholder_edit"),
    path(
        "rollout/stakeholders/<uuid:stakeholder_id>/remove/", stakeholder.stakeholder_remove, name="stakeholder_remove"
    ),
    path(
        "rollout/stakeholders/<uuid:stakeholder_id>/restore/",
        stakeholder.stakeholder_restore,
        name="stakeholder_restore",
    ),
    path(
        "rollout/stakeholders/<uuid:stakeholder_id>/disclose/",
        disclosure.stakeholder_disclose,
        name="stakeholder_disclose",
    ),
    path(
        "rollout/stakeholders/<uuid:stakeholder_id>/conceal/",
        disclosure.stakeholder_conceal,
        name="stakeholder_conceal",
    ),
    path(
        "rollout/stakeholders/<uuid:stakeholder_id>/attitudes/new/", stakeholder.attitude_create, name="attitude_create"
    ),
    path("rollout/attitudes/<uuid:attitude_id>/remove/", stakeholder.attitude_remove, name="attitude_remove"),
    path("rollout/stakeholders/<uuid:stakeholder_id>/concerns/new/", concern.concern_create, name="concern_create"),
    path("rollout/concerns/<uuid:concern_id>/", concern.concern_edit, name="concern_edit"),
    path("rollout/concerns/<uuid:concern_id>/remove/", concern.concern_remove, name="concern_remove"),
    path("rollout/<uuid:plan_id>/stakeholders/", stakeholder.stakeholders, name="stakeholders"),
    path("rollout/<uuid:plan_id>/stakeholders/new/", stakeholder.stakeholder_create, name="stakeholder_create"),
    path("rollout/<uuid:plan_id>/stakeholders/delete/", stakeholder.stakeholders_delete, name="stakeholders_delete"),
    path("rollout/<uuid:plan_id>/buy-in/", buy_in.buy_in, name="buy_in"),
    path("rollout/<uuid:plan_id>/buy-in/invite/", buy_in.leader_invite, name="leader_invite"),
    path("rollout/<uuid:plan_id>/buy-in/invite/<uuid:member_id>/", buy_in.leader_invite_one, name="leader_invite_one"),
    path("rollout/<uuid:plan_id>/buy-in/mine/", buy_in.my_buy_in, name="my_buy_in"),
    path("rollout/<uuid:plan_id>/buy-in/mine/new/", buy_in.commitment_create, name="commitment_create"),
    path("rollout/buy-in/<uuid:buy_in_leader_id>/withdraw/", buy_in.leader_uninvite, name="leader_uninvite"),
    path("rollout/commitments/<uuid:commitment_id>/", buy_in.commitment_edit, name="commitment_edit"),
    path("rollout/commitments/<uuid:commitment_id>/remove/", buy_in.commitment_remove, name="commitment_remove"),
    path("rollout/commitments/<uuid:commitment_id>/restore/", buy_in.commitment_restore, name="commitment_restore"),
]
