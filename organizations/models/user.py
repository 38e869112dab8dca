"""Who can sign in."""

from typing import Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from organizations.enums import Theme


class UserManager(BaseUserManager["User"]):
    """Makes users; addresses are kept in small letters, which is how signing in looks for them."""

    @classmethod
    def normalize_email(cls, email: str | None) -> str:
        """Return an address in small letters, without blanks around it."""
        return (email or "").strip().lower()

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """Return a new, saved user; without a password they cannot sign in by one."""
        user = self.model(email=self.normalize_email(email), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """Return a new operator of the installation, who may use Django's admin."""
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)

    def get_by_natural_key(self, username: str | None) -> "User":
        """Return the user with an address, whatever its case."""
        return self.get(email__iexact=username)


class User(AbstractBaseUser):
    """A person on this installation, in any number of organizations. Global: data of OKRs points at memberships.

    Permissions inside organizations never hang on users, so Django's groups and permissions are left out.
    """

    email = models.EmailField(_("e-mail address"), unique=True)
    name = models.CharField(_("name"), max_length=150)
    language = models.CharField(_("language"), max_length=8, blank=True, default="")
    time_zone = models.CharField(_("time zone"), max_length=64, blank=True, default="")
    theme = models.CharField(_("theme"), max_length=8, choices=Theme.choices, blank=True, default=Theme.SYSTEM)
    single_key_shortcuts = models.BooleanField(_("single-key shortcuts"), default=True)
    is_active = models.BooleanField(default=True)
    is_staff = models.BooleanField(_("operator of the installation"), default=False)
    is_superuser = models.BooleanField(default=False)
    date_joined = models.DateTimeField(default=timezone.now, editable=False)

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    class Meta:
        constraints = [models.UniqueConstraint(Lower("email"), name="organizations_user_email")]

    def __str__(self) -> str:
        return self.name or self.email

    @classmethod
    def normalize_username(cls, username: str) -> str:
        """Return the address as it is kept; Django calls this when a form is validated."""
        return UserManager.normalize_email(username)

    def get_full_name(self) -> str:
        """Return the name, as Django's admin asks for it."""
        return self.name

    def has_perm(self, perm: str, obj: object = None) -> bool:
        """Return whether an operator may use Django's admin; says nothing about organizations."""
        return self.is_active and self.is_superuser

    def has_module_perms(self, app_label: str) -> bool:
        """Return whether an operator sees an app in Django's admin."""
        return self.is_active and self.is_superuser
