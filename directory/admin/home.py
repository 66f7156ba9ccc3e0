"""The work lists on the admin's first page."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from operator import attrgetter

from django.contrib import admin
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.text import capfirst, slugify

from directory.admin.reviewed import ReviewedAdmin
from directory.models import CONTENT, City, CityPriority, Correction, Partner, Status
from directory.models.publication import PublishableModel

MAX_RECORDS = 8


@dataclass(frozen=True)
class WorkList:
    """Records that need somebody's attention for one reason."""

    heading: str
    queryset: QuerySet
    is_due: bool = False

    @property
    def slug(self) -> str:
        """Return a slug of the heading."""
        return slugify(self.heading)

    @cached_property
    def count(self) -> int:
        """Return the number of all records."""
        return self.queryset.count()

    @cached_property
    def records(self) -> list[Model]:
        """Return the first records."""
        return list(self.queryset[:MAX_RECORDS])

    @property
    def more(self) -> int:
        """Return how many records are left out."""
        return self.count - len(self.records)

    @property
    def url(self) -> str:
        """Return the URL of the admin's list of all records."""
        return self._reverse("changelist") + ("?review=due" if self.is_due else "")

    @property
    def mark_reviewed_url(self) -> str:
        """Return the URL to which the records that were ticked are sent."""
        return self._reverse("mark_reviewed")

    def _reverse(self, name: str) -> str:
        return reverse(f"admin:directory_{self.queryset.model._meta.model_name}_{name}")


def work_lists(request: HttpRequest) -> list[WorkList]:
    """Return the lists that have records and that the user may view."""
    corrections = WorkList("Corrections from the public", Correction.objects.open())
    due = sorted(_due(), key=attrgetter("heading"))
    return [
        work_list
        for work_list in (corrections, *due, *_incomplete(), *_drafts())
        if admin.site.get_model_admin(work_list.queryset.model).has_view_permission(request)
        and work_list.count
    ]


def _due() -> Iterator[WorkList]:
    for model in CONTENT:
        model_admin = admin.site.get_model_admin(model)
        if isinstance(model_admin, ReviewedAdmin):
            records = model_admin.due_for_review(model._default_manager.all())
            yield WorkList(model_admin.due_heading, model_admin.with_review_data(records), is_due=True)


def _incomplete() -> list[WorkList]:
    """Return the lists of records that lack something that every record of their kind should have."""
    unfindable = CityPriority.objects.filter(priorities=None).select_related("city")
    return [
        WorkList("Cities without a standfirst", City.objects.filter(standfirst="")),
        WorkList("Cities without a summary", City.objects.filter(summary="")),
        WorkList("Cities without a position", City.objects.filter(latitude=None)),
        WorkList("Cities without priorities", City.objects.filter(city_priorities=None)),
        WorkList("City priorities without a shared priority (visitors cannot filter by them)", unfindable),
        WorkList("Partners without a partnership", Partner.objects.filter(partnerships=None)),
    ]


def _drafts() -> Iterator[WorkList]:
    for model in CONTENT:
        if issubclass(model, PublishableModel):
            heading = f"{capfirst(model._meta.verbose_name_plural)} waiting as drafts"
            yield WorkList(heading, model._default_manager.filter(status=Status.DRAFT))
