"""How people get in: allauth, with our own user."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest

from organizations.models import User


class AccountAdapter(DefaultAccountAdapter):
    """Keeps the name given at sign-up, and the language in which the person signed up."""

    def save_user(self, request: HttpRequest, user: User, form: Any, commit: bool = True) -> User:
        """Return the new user, with name and language."""
        user = super().save_user(request, user, form, commit=False)
        user.name = form.cleaned_data.get("name", "")
        user.language = request.LANGUAGE_CODE if hasattr(request, "LANGUAGE_CODE") else ""
        if commit:
            user.save()
        return user
