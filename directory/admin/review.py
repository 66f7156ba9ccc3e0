"""The review desk: what waits for somebody, on the admin's first page; and ‘still true’."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any, ClassVar

from django.contrib import admin, messages
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.text import slugify
from django.views.decorators.http import require_POST

from directory.models import City, CityPriority, Correction, Guide, NewsItem, Partner, Source, Status
from directory.models.review import due

MAX = 8


# What says when a record was last looked at.
REVIEWED: dict[type[Model], str] = {City: "last_reviewed", Source: "last_checked"}


@dataclass(frozen=True)
class Waiting:
    """One list of the desk."""

    heading: str
    queryset: QuerySet
    is_due: bool = False

    @property
    def name(self) -> str:
        """A name for the page's own links."""
        return slugify(self.heading)

    @cached_property
    def count(self) -> int:
        """How many there are."""
        return self.queryset.count()

    @cached_property
    def records(self) -> list[Model]:
        """The first of them."""
        return list(self.queryset[:MAX])

    @property
    def more(self) -> int:
        """How many are not shown."""
        return self.count - len(self.records)

    @property
    def address(self) -> str:
        """Where all of them are."""
        return self._at_the_desk("changelist") + ("?review=due" if self.is_due else "")

    @property
    def still_true_address(self) -> str:
        """Where to say that they are still true."""
        return self._at_the_desk("still_true")

    def _at_the_desk(self, name: str) -> str:
        return reverse(f"admin:directory_{self.queryset.model._meta.model_name}_{name}")


def waiting_for(request: HttpRequest) -> list[Waiting]:
    """The lists that this member of staff may see, those with nothing in them left out."""
    corrections = Waiting("Corrections from the public", Correction.objects.open())
    lists = (corrections, *_due(), *_incomplete(), *_drafts())
    return [
        found
        for found in lists
        if admin.site._registry[found.queryset.model].has_view_permission(request) and found.count
    ]


def _due() -> list[Waiting]:
    today = timezone.localdate()
    return [
        Waiting("Cities due for review", due(City.objects.all(), REVIEWED[City], today), is_due=True),
        Waiting("Sources due for a check", due(Source.objects.all(), REVIEWED[Source], today), is_due=True),
    ]


def _incomplete() -> list[Waiting]:
    """What lacks something that every record of its kind should have."""
    aimless = CityPriority.objects.filter(priorities=None).select_related("city")
    return [
        Waiting("Cities without a summary", City.objects.filter(summary="")),
        Waiting("Cities without a position", City.objects.filter(latitude=None)),
        Waiting("Cities without a priority of their own", City.objects.filter(city_priorities=None)),
        Waiting("Cities’ priorities without a shared one, so that no filter finds them", aimless),
        Waiting("Partners without a role anywhere", Partner.objects.filter(partnerships=None)),
    ]


def _drafts() -> list[Waiting]:
    drafts = {"status": Status.DRAFT}
    return [
        Waiting("Cities waiting as drafts", City.objects.filter(**drafts)),
        Waiting("Guides waiting as drafts", Guide.objects.filter(**drafts)),
        Waiting("News waiting as drafts", NewsItem.objects.filter(**drafts)),
    ]


class ReviewFilter(admin.SimpleListFilter):
    """In a list: those due for another look."""

    title = "review"
    parameter_name = "review"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """The one thing to ask."""
        return [("due", "Due")]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        """Those that are due."""
        looked_at = REVIEWED[queryset.model]
        return due(queryset, looked_at, timezone.localdate()) if self.value() else queryset


class ReviewedAdmin(admin.ModelAdmin):
    """Records that are looked at again from time to time."""

    actions: ClassVar = ["still_true"]

    @admin.action(description="Still true: looked at today", permissions=["change"])
    def still_true(self, request: HttpRequest, records: QuerySet) -> None:
        """Note today as the day on which somebody last looked at these."""
        field, today = REVIEWED[self.model], timezone.localdate()
        # Each is saved by itself: the history says who looked.
        changed = list(records.exclude(**{field: today}))
        for record in changed:
            setattr(record, field, today)
            record._change_reason = "Still true"
            record.save()
        messages.success(request, f"Noted as still true today: {len(changed)}.")

    def get_urls(self) -> list[URLPattern]:
        """The review desk's button, before Django's addresses, which take everything for a key."""
        view = self.admin_site.admin_view(self.still_true_view)
        name = f"{self.opts.app_label}_{self.opts.model_name}_still_true"
        return [path("still-true/", view, name=name), *super().get_urls()]

    @method_decorator(require_POST)
    def still_true_view(self, request: HttpRequest) -> HttpResponse:
        """What was ticked on the review desk is still true."""
        if self.has_change_permission(request):
            keys = [key for key in request.POST.getlist("still_true") if key.isdecimal()]
            self.still_true(request, self.model._default_manager.filter(pk__in=keys))
        else:
            messages.error(request, "You may not change these.")
        return redirect("admin:index")
