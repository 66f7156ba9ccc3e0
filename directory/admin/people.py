"""Staff accounts, roles, second factors and failed sign-ins."""

from typing import Any, cast

import allauth.account.admin  # registers EmailAddress, which is replaced below
import allauth.mfa.admin  # noqa: F401 – registers Authenticator, likewise
from allauth.account.models import EmailAddress
from allauth.mfa.base.internal.flows import delete_dangling_recovery_codes
from allauth.mfa.models import Authenticator
from axes.models import AccessAttempt
from django.apps import apps
from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.models import Group, User
from django.db.models import QuerySet
from django.http import HttpRequest

from directory.admin.read_only import ReadOnlyAdmin
from directory.models import HISTORY, Correction

# The names that the packages give themselves tell staff nothing.
for label, name in {"auth": "People", "axes": "Failed sign-ins", "mfa": "Second factors"}.items():
    apps.get_app_config(label).verbose_name = name

admin.site.unregister([EmailAddress, Authenticator, Group, User])


def _may_change(request: HttpRequest, account: User | None) -> bool:
    """Return whether the user may change an account: only superusers change superusers."""
    return account is None or not account.is_superuser or request.user.is_superuser


def _has_done_anything(person: User) -> bool:
    """Return whether the history, or a decision on a correction, names the account."""
    models = cast("tuple[Any, ...]", HISTORY)
    return (
        any(model.history.filter(history_user=person).exists() for model in models)
        or Correction.objects.filter(decided_by=person).exists()
    )


@admin.register(User)
class PersonAdmin(UserAdmin):
    """Accounts; their permissions come from their roles alone."""

    list_display = ("username", "first_name", "last_name", "is_active", "last_login")
    list_filter = ("groups", "is_active")
    fieldsets = (
        (None, {"fields": ("username", "password")}),
        ("Personal details", {"fields": ("first_name", "last_name", "email")}),
        ("Permissions", {"fields": ("is_active", "is_staff", "is_superuser", "groups")}),
        ("Dates", {"fields": ("last_login", "date_joined")}),
    )
    readonly_fields = ("last_login", "date_joined")

    def get_readonly_fields(self, request: HttpRequest, obj: User | None = None) -> tuple[str, ...]:
        """Let only superusers make superusers."""
        above = () if request.user.is_superuser else ("is_superuser",)
        return (*self.readonly_fields, *above)

    def has_change_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        return super().has_change_permission(request, obj) and _may_change(request, obj)

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> tuple[Any, ...]:
        """Protect accounts that the history names: it could not name them any more."""
        *found, protected = super().get_deleted_objects(objs, request)
        named = [
            f"{person} appears in the history. Untick “Active” instead of deleting the account"
            for person in objs
            if _has_done_anything(person)
        ]
        return *found, [*protected, *named]

    def has_delete_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        return super().has_delete_permission(request, obj) and _may_change(request, obj)


@admin.register(Group)
class RoleAdmin(GroupAdmin):
    """Roles, which `manage.py make_roles` creates."""


@admin.register(Authenticator)
class AuthenticatorAdmin(ReadOnlyAdmin):
    """Second factors, without their secrets; a lost one is deleted here and then added anew."""

    list_display = ("user", "type", "created_at", "last_used_at")
    list_filter = ("type",)
    search_fields = ("user__username",)
    list_select_related = ("user",)
    fields = ("user", "type", "created_at", "last_used_at")

    def has_delete_permission(self, request: HttpRequest, obj: Authenticator | None = None) -> bool:
        return super().has_delete_permission(request, obj) and _may_change(request, obj and obj.user)

    def delete_model(self, request: HttpRequest, obj: Authenticator) -> None:
        """Delete a second factor, and the recovery codes if it was the last."""
        super().delete_model(request, obj)
        delete_dangling_recovery_codes(obj.user)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Authenticator]) -> None:
        """Delete second factors like `delete_model`."""
        people = {authenticator.user for authenticator in queryset.select_related("user")}
        super().delete_queryset(request, queryset)
        for person in people:
            delete_dangling_recovery_codes(person)


@admin.register(AccessAttempt)
class AccessAttemptAdmin(ReadOnlyAdmin):
    """Failed sign-ins of the last hour; deleting a name's unlocks it."""

    list_display = ("username", "failures_since_start", "attempt_time")
    search_fields = ("username",)
    fields = ("username", "failures_since_start", "attempt_time", "ip_address")
