"""Who may do what at the desk."""

from django.contrib.auth.models import Group, Permission
from django.db.models import Q

from directory.models import CONTENT

EDITOR, PUBLISHER, ADMINISTRATOR = ROLES = ("Editor", "Publisher", "Administrator")

CONTENT_MODELS = [model._meta.label_lower for model in CONTENT]
# From which role on, what may be done to what. What there is no permission for is passed over.
TABLE = (
    (EDITOR, "view add change", CONTENT_MODELS),
    (EDITOR, "view", ["directory.formerslug", "directory.loadedrecord"]),
    (EDITOR, "view change", ["directory.correction"]),
    (PUBLISHER, "delete publish import", CONTENT_MODELS),
    (PUBLISHER, "delete", ["directory.formerslug", "directory.loadedrecord", "directory.correction"]),
    (ADMINISTRATOR, "view add change delete", ["auth.user"]),
    (ADMINISTRATOR, "view", ["auth.group"]),
    (ADMINISTRATOR, "view delete", ["mfa.authenticator", "axes.accessattempt"]),
)


def make_role(role: str) -> bool:
    """Make or mend a role's group; whether that changed anything."""
    group, is_new = Group.objects.get_or_create(name=role)
    wanted = set(permissions_of(role))
    is_right = set(group.permissions.all()) == wanted
    group.permissions.set(wanted)
    return is_new or not is_right


def permissions_of(role: str) -> list[Permission]:
    """All that a role may do: its own lines of the table, and those of the roles before it."""
    so_far = ROLES[: ROLES.index(role) + 1]
    asked = Q(pk=None)
    for first, actions, models in TABLE:
        if first in so_far:
            for app, model in (label.split(".") for label in models):
                names = [f"{action}_{model}" for action in actions.split()]
                asked |= Q(content_type__app_label=app, content_type__model=model, codename__in=names)
    return list(Permission.objects.filter(asked))
