"""Who works at the desk, what role they have, and how they sign in."""

from typing import Any, cast

from allauth.account.admin import EmailAddress
from allauth.mfa.admin import Authenticator
from allauth.mfa.base.internal.flows import delete_dangling_recovery_codes
from axes.models import AccessAttempt
from django.apps import apps
from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.models import Group, User
from django.db.models import QuerySet
from django.http import HttpRequest

from directory.admin.ledger import ReadOnlyAdmin
from directory.models import HISTORY, Correction

# What the packages call themselves tells staff nothing.
for label, name in {"auth": "People", "axes": "Failed sign-ins", "mfa": "Second factors"}.items():
    apps.get_app_config(label).verbose_name = name

admin.site.unregister([EmailAddress, Authenticator, Group, User])


def _may_touch(request: HttpRequest, account: User | None) -> bool:
    """Whether an account is not above the one that asks."""
    return account is None or not account.is_superuser or request.user.is_superuser


def _has_done_anything(person: User) -> bool:
    """Whether the history of the content, or a decision on a correction, names the account."""
    models = cast("tuple[Any, ...]", HISTORY)
    return (
        any(model.history.filter(history_user=person).exists() for model in models)
        or Correction.objects.filter(decided_by=person).exists()
    )


@admin.register(User)
class PersonAdmin(UserAdmin):
    """Accounts; what each may do comes from its role alone."""

    list_display = ("username", "first_name", "last_name", "is_active", "last_login")
    list_filter = ("groups", "is_active")
    fieldsets = (
        (None, {"fields": ("username", "password")}),
        ("Who it is", {"fields": ("first_name", "last_name", "email")}),
        ("What they may do", {"fields": ("is_active", "is_staff", "is_superuser", "groups")}),
        ("When", {"fields": ("last_login", "date_joined")}),
    )
    readonly_fields = ("last_login", "date_joined")

    def get_readonly_fields(self, request: HttpRequest, obj: User | None = None) -> tuple[str, ...]:
        """Let nobody put an account above their own."""
        above = () if request.user.is_superuser else ("is_superuser",)
        return (*self.readonly_fields, *above)

    def has_change_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        return super().has_change_permission(request, obj) and _may_touch(request, obj)

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> tuple[Any, ...]:
        """Refuse to delete who stands in the history: nobody could tell any more who it was."""
        *found, protected = super().get_deleted_objects(objs, request)
        named = [
            f"What {person} did is in the history: take away “Active” instead"
            for person in objs
            if _has_done_anything(person)
        ]
        return *found, [*protected, *named]

    def has_delete_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        return super().has_delete_permission(request, obj) and _may_touch(request, obj)


@admin.register(Group)
class RoleAdmin(GroupAdmin):
    """The roles, as `manage.py make_roles` makes them."""


@admin.register(Authenticator)
class AuthenticatorAdmin(ReadOnlyAdmin):
    """Second factors, without their secrets; who lost one adds another after it is deleted here."""

    list_display = ("user", "type", "created_at", "last_used_at")
    list_filter = ("type",)
    search_fields = ("user__username",)
    list_select_related = ("user",)
    fields = ("user", "type", "created_at", "last_used_at")

    def has_delete_permission(self, request: HttpRequest, obj: Authenticator | None = None) -> bool:
        return super().has_delete_permission(request, obj) and _may_touch(request, obj and obj.user)

    def delete_model(self, request: HttpRequest, obj: Authenticator) -> None:
        """Delete it, and recovery codes that nothing is left to recover for."""
        super().delete_model(request, obj)
        delete_dangling_recovery_codes(obj.user)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Authenticator]) -> None:
        """Do the same for several."""
        people = {authenticator.user for authenticator in queryset.select_related("user")}
        super().delete_queryset(request, queryset)
        for person in people:
            delete_dangling_recovery_codes(person)


@admin.register(AccessAttempt)
class AccessAttemptAdmin(ReadOnlyAdmin):
    """Failed sign-ins of the last hour; deleting a name's opens it again."""

    list_display = ("username", "failures_since_start", "attempt_time")
    search_fields = ("username",)
    fields = ("username", "failures_since_start", "attempt_time", "ip_address")
