"""The permissions of the roles Editor, Publisher and Administrator."""

from django.contrib.auth.models import Group, Permission
from django.db.models import Q

from directory.models import CONTENT

EDITOR, PUBLISHER, ADMINISTRATOR = ROLES = ("Editor", "Publisher", "Administrator")

CONTENT_MODELS = [model._meta.label_lower for model in CONTENT]
# The lowest role, the actions, and the models. A combination that has no permission is ignored.
PERMISSIONS = (
    (EDITOR, "view add change", CONTENT_MODELS),
    (EDITOR, "view", ["directory.formerslug", "directory.loadedrecord"]),
    (EDITOR, "view change", ["directory.correction"]),
    (PUBLISHER, "delete publish import", CONTENT_MODELS),
    (PUBLISHER, "delete", ["directory.formerslug", "directory.loadedrecord", "directory.correction"]),
    (ADMINISTRATOR, "view add change delete", ["auth.user"]),
    (ADMINISTRATOR, "view", ["auth.group"]),
    (ADMINISTRATOR, "view delete", ["mfa.authenticator", "axes.accessattempt"]),
)


def update_role(role: str) -> bool:
    """Create or update the group of a role; return whether that changed anything."""
    group, is_new = Group.objects.get_or_create(name=role)
    permissions = set(permissions_of(role))
    is_changed = set(group.permissions.all()) != permissions
    group.permissions.set(permissions)
    return is_new or is_changed


def permissions_of(role: str) -> list[Permission]:
    """Return the permissions of a role: its own, and those of lower roles."""
    roles = ROLES[: ROLES.index(role) + 1]
    wanted = Q(pk=None)
    for lowest_role, actions, models in PERMISSIONS:
        if lowest_role in roles:
            for app, model in (label.split(".") for label in models):
                codenames = [f"{action}_{model}" for action in actions.split()]
                wanted |= Q(content_type__app_label=app, content_type__model=model, codename__in=codenames)
    return list(Permission.objects.filter(wanted))
