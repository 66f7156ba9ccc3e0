"""Deletion: what is deleted with a record, what stays, and what somebody typed into it meanwhile."""

import re
from collections.abc import Iterator
from http import HTTPStatus
from typing import Any

from django.apps import apps
from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db.models import SET_NULL, Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.text import capfirst

# The fields of a form that nobody types into.
UNTYPED = re.compile(r"^(csrfmiddlewaretoken|version_token|overwrite|_.*)$|_FORMS$|-(id|order)$")


class DeletionAdmin(admin.ModelAdmin):
    """An admin that says what a deletion changes, before and after it."""

    def changeform_view(
        self, request: HttpRequest, object_id: str | None = None, *args: Any, **kwargs: Any
    ) -> HttpResponse:
        """Render what was typed if somebody deleted the record meanwhile."""
        if request.method == "POST" and object_id and self.get_object(request, unquote(object_id)) is None:
            return self._deleted_meanwhile(request)
        return super().changeform_view(request, object_id, *args, **kwargs)

    def _deleted_meanwhile(self, request: HttpRequest) -> HttpResponse:
        if not self.has_change_permission(request):
            raise PermissionDenied
        typed = [(name, text) for name, text in request.POST.items() if text and not UNTYPED.search(name)]
        context = self.admin_site.each_context(request) | {
            "title": f"This {self.opts.verbose_name} has been deleted",
            "typed": [(capfirst(re.sub("[-_]+", " ", name)), text) for name, text in typed],
            "opts": self.opts,
        }
        return render(request, "admin/content/deleted_meanwhile.html", context, status=HTTPStatus.GONE)

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> tuple[Any, ...]:
        """Return what is deleted too, without the rows of relations, and what loses its relation to it."""
        found, counts, *rest = super().get_deleted_objects(objs, request)
        models = apps.get_app_config("directory").get_models(include_auto_created=True)
        joins = [model._meta for model in models if model._meta.auto_created]
        for join in joins:
            counts.pop(str(join.verbose_name_plural), None)
        listed = _without(found, tuple(f"{capfirst(join.verbose_name)}: " for join in joins))
        if unlinked := list(_unlinked(self.model, list(objs))):
            listed.append(f"Not deleted, but will lose their link to this: {', '.join(unlinked)}.")
        return listed, counts, *rest


def _without(nested: list[Any], prefixes: tuple[str, ...]) -> list[Any]:
    """Return a nested list without the items that begin with a prefix, and without empty lists."""
    others = [item for item in nested if not str(item).startswith(prefixes)]
    return [rest for item in others if (rest := _without(item, prefixes) if isinstance(item, list) else item)]


def _unlinked(model: type[Model], records: list[Model]) -> Iterator[str]:
    """Yield the number of records of each kind that lose their relation to these."""
    for relation in model._meta.related_objects:
        if relation.on_delete is SET_NULL:
            other: Any = relation.related_model
            count = other._base_manager.filter(**{f"{relation.field.name}__in": records}).count()
            if count:
                names = other._meta.verbose_name if count == 1 else other._meta.verbose_name_plural
                yield f"{count} {names}"
