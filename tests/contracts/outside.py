"""Every address outside of organizations, and what it answers, literally.

For each: how a GET is answered to strangers, and to somebody who is signed in and in no organization.
"""

from dataclasses import dataclass, field

# 302 to the sign-in page, which leads back.
SIGN_IN = "to the sign-in page"
Answer = int | str


@dataclass(frozen=True)
class Outside:
    """Answers of one address; `values` fill its variable parts."""

    stranger: Answer
    signed_in: Answer
    values: dict[str, str] = field(default_factory=dict)


OUTSIDE: dict[str, Outside] = {
    # The API: its description is public; what does not exist is answered as the API answers.
    "api_reference": Outside(200, 200),
    "api_schema": Outside(200, 200),
    "api_root": Outside(404, 404),
    "api_nothing_here": Outside(404, 404, {"rest": "nothing/"}),
    # Health, for load balancers and containers.
    "healthz": Outside(200, 200),
    "readyz": Outside(200, 200),
    # For Prometheus, which has a token; without one being set there is no such page.
    "metrics": Outside(404, 404),
    # For operators of the installation; to everybody else who is signed in there is no such page.
    "operations": Outside(SIGN_IN, 404),
    "operations_outbox": Outside(SIGN_IN, 404, {"slug": "acme"}),
    "operations_send_all": Outside(405, 405, {"slug": "acme"}),
    "operations_send": Outside(405, 405, {"slug": "acme", "delivery_id": "01890a5d-ac96-774b-bcce-b302099a8057"}),
    # Start, organizations of a person, profile.
    "home": Outside(200, 200),
    "organization_list": Outside(SIGN_IN, 200),
    "organization_switcher": Outside(SIGN_IN, 200),
    "organization_create": Outside(SIGN_IN, 200),
    "organization_address": Outside(SIGN_IN, 200),
    "profile": Outside(SIGN_IN, 200),
    "set_language": Outside(405, 405),
    # One-click sign-in, in demo mode only.
    "demo": Outside(404, 404),
    # All components on a page, in development and demo only.
    "styleguide": Outside(404, 404),
    "styleguide_drawer": Outside(404, 404),
    "styleguide_undo": Outside(404, 404),
    "styleguide_progress": Outside(404, 404),
    "styleguide_palette": Outside(404, 404),
    # Signing in and what belongs to it.
    "account_login": Outside(200, 302),
    "account_logout": Outside(302, 200),
    "account_inactive": Outside(200, 200),
    "account_signup": Outside(200, 302),
    "account_reauthenticate": Outside(SIGN_IN, 403),
    "account_email": Outside(SIGN_IN, 200),
    "account_email_verification_sent": Outside(200, 200),
    "account_confirm_email": Outside(200, 200, {"key": "unknown"}),
    "account_change_password": Outside(SIGN_IN, 302),
    "account_set_password": Outside(SIGN_IN, 200),
    "account_reset_password": Outside(200, 200),
    "account_reset_password_done": Outside(200, 200),
    "account_reset_password_from_key": Outside(200, 200, {"uidb36": "1", "key": "unknown"}),
    "account_reset_password_from_key_done": Outside(200, 200),
    "account_confirm_login_code": Outside(302, 302),
}

# Tables an operator may look at in Django's admin: global ones, none of an organization.
ADMIN_TABLES = {"organizations_organization", "organizations_user", "organizations_dispatch"}
