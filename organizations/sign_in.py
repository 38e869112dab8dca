"""How people get in: allauth, with our own user."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context as allauth_context
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from organizations.mail import Mail, send_soon
from organizations.models import User


def person(request: HttpRequest) -> User:
    """Return who is signed in; for views that nobody else can reach."""
    assert isinstance(request.user, User)
    return request.user


class AccountAdapter(DefaultAccountAdapter):
    """Keeps the name given at sign-up, and the language in which the person signed up; mails in the background."""

    # In the words of the rest of the product; allauth's own German and Swedish sound different.
    error_messages = DefaultAccountAdapter.error_messages | {
        "account_inactive": _("This account is switched off. Ask the operator of this installation."),
        "email_password_mismatch": _("Address and password do not fit together."),
        "email_taken": _("Somebody has signed up with this address already. Sign in instead."),
        "duplicate_email": _("This address is yours already."),
        "enter_current_password": _("This is not your present password."),
        "incorrect_password": _("This is not your password."),
        "invalid_password_reset": _("This link does not work any more. Ask for a new one."),
        "too_many_login_attempts": _("Too many attempts. Wait five minutes and try again."),
        "unverified_primary_email": _("Confirm the address first: we have sent you a mail."),
        "cannot_remove_primary_email": _("You sign in with this address. Choose another one for that first."),
        "rate_limited": _("That was too fast. Wait a moment and try again."),
    }

    def save_user(self, request: HttpRequest, user: User, form: Any, commit: bool = True) -> User:
        """Return the new user, with name and language."""
        user = super().save_user(request, user, form, commit=False)
        user.name = form.cleaned_data.get("name", "")
        user.language = request.LANGUAGE_CODE if hasattr(request, "LANGUAGE_CODE") else ""
        if commit:
            user.save()
        return user

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Render a mail in the language of the request, and have it sent once the request is committed.

        A mail server is neither waited for in a transaction nor able to tell, by its slowness, which address has
        an account.
        """
        request = allauth_context.request
        message = self.render_mail(template_prefix, email, {"request": request, "email": email, **context})
        html = next((str(body) for body, kind in getattr(message, "alternatives", []) if kind == "text/html"), "")
        text = "" if message.content_subtype == "html" else str(message.body)
        send_soon(Mail(to=list(message.to), subject=str(message.subject), text=text, html=html))

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        """Back to the profile, where the way to the password began."""
        return reverse("profile")
