"""Django's admin for the operator: global tables only. It knows no tenant and no domain function."""

from allauth.account.models import EmailAddress, EmailConfirmation
from django.contrib import admin, messages
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.contrib.auth.forms import AdminUserCreationForm, UserChangeForm
from django.contrib.auth.models import Group
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from organizations.models import Dispatch, Organization, User

admin.site.site_header = admin.site.site_title = "okrapp"

# Permissions inside organizations never hang on Django's groups; the confirmations of addresses need no hand.
for model in (Group, EmailAddress, EmailConfirmation):
    if admin.site.is_registered(model):
        admin.site.unregister(model)


@admin.register(Organization)
class OrganizationAdmin(admin.ModelAdmin):
    """Opening and closing organizations. They are founded in the browser, and deleted by a command of their own."""

    list_display = ("name", "slug", "is_open", "created_at")
    list_filter = ("is_open",)
    search_fields = ("name", "slug")
    ordering = ("-created_at",)
    fields = ("name", "slug", "is_open", "created_at")
    readonly_fields = ("slug", "created_at")
    actions = ("open_organizations", "close_organizations")

    @admin.action(description=_("Open the chosen organizations"))
    def open_organizations(self, request: HttpRequest, queryset: QuerySet[Organization]) -> None:
        """Let their members in."""
        self._set_open(request, queryset, True)

    @admin.action(description=_("Close the chosen organizations"))
    def close_organizations(self, request: HttpRequest, queryset: QuerySet[Organization]) -> None:
        """Answer 404 to everybody; nothing is lost."""
        self._set_open(request, queryset, False)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Founding takes more than a directory entry."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Organization | None = None) -> bool:
        """Deleting takes rows that the application role may not touch."""
        return False

    def _set_open(self, request: HttpRequest, queryset: QuerySet[Organization], value: bool) -> None:
        changed = list(queryset.exclude(is_open=value))
        for organization in changed:
            organization.is_open = value
            organization.save(update_fields=["is_open"])
            self.log_change(request, organization, [{"changed": {"fields": ["is_open"]}}])
        text = ngettext("%(count)d organization changed.", "%(count)d organizations changed.", len(changed))
        self.message_user(request, text % {"count": len(changed)}, messages.SUCCESS)


class _NewUserForm(AdminUserCreationForm):
    class Meta:
        model = User
        fields = ("email", "name")


class _UserForm(UserChangeForm):
    class Meta:
        model = User
        fields = "__all__"


@admin.register(User)
class UserAdmin(DjangoUserAdmin):
    """People who can sign in: new ones, new passwords, switching accounts off. Never their memberships."""

    form = _UserForm
    add_form = _NewUserForm
    list_display = ("email", "name", "is_active", "is_superuser", "last_login")
    list_filter = ("is_active", "is_superuser")
    search_fields = ("email", "name")
    ordering = ("email",)
    filter_horizontal = ()
    readonly_fields = ("last_login", "date_joined")
    fieldsets = (
        (None, {"fields": ("email", "password", "name")}),
        (_("Preferences"), {"fields": ("language", "time_zone", "theme", "single_key_shortcuts")}),
        (_("Rights on the installation"), {"fields": ("is_active", "is_staff", "is_superuser")}),
        (_("Dates"), {"fields": ("last_login", "date_joined")}),
    )
    add_fieldsets = (
        (None, {"classes": ("wide",), "fields": ("email", "name", "usable_password", "password1", "password2")}),
    )

    def has_delete_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        """Memberships point at users; switch the account off instead."""
        return False


@admin.register(Dispatch)
class DispatchAdmin(admin.ModelAdmin):
    """What the sweeper will hand out next; to look at."""

    list_display = ("organization", "kind", "due_at")
    list_filter = ("kind",)
    ordering = ("due_at",)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Made by the product alone."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Dispatch | None = None) -> bool:
        """Changed by the product alone."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Dispatch | None = None) -> bool:
        """Deleted by the product alone."""
        return False
