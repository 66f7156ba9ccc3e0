"""Cities and their related records."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet, prefetch_related_objects
from django.forms import ModelForm
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path

from directory.admin.inlines import ContentInline, SectionInline
from directory.admin.partner import PartnershipOfOwnerInline
from directory.admin.position import CityForm, position_view
from directory.admin.publishable import PublishableAdmin
from directory.admin.reviewed import ReviewedAdmin, ReviewFilter
from directory.admin.slugged import RelatedRecordAdmin, SluggedAdmin
from directory.admin.spreadsheet import SpreadsheetAdmin
from directory.geography.position_check import position_warning
from directory.models import City, CityPriority, CitySection, KeyFact, Membership, Nation
from directory.models.gaps import GAP_RELATIONS
from directory.views.city import CityDetailView


class CityPriorityInline(ContentInline):
    model = CityPriority
    autocomplete_fields = ("priorities", "source")
    fields = (("title", "order", "basis"), "text", "priorities", "source")


class CitySectionInline(SectionInline):
    model = CitySection


class KeyFactInline(ContentInline):
    model = KeyFact
    fields = (("label", "value", "order"), "at_a_glance", "source")


class MembershipInline(ContentInline):
    model = Membership
    autocomplete_fields = ("network", "source")
    fields = ("network", ("date", "precision"), "note", "source")


@admin.register(City)
class CityAdmin(SpreadsheetAdmin, PublishableAdmin, ReviewedAdmin, SluggedAdmin):
    page = CityDetailView
    form = CityForm
    change_form_template = "admin/directory/city/change_form.html"
    review_date = "last_reviewed"
    due_heading = "Cities due for review"
    list_display = ("name", "nation", "initiative", "state", "last_reviewed")
    list_filter = ("status", ReviewFilter, "nation", "memberships__network", "city_priorities__priorities")
    search_fields = ("name", "initiative", "summary")
    prepopulated_fields = {"slug": ("name",)}
    autocomplete_fields = ("source", "position_source", "coordinates_source")
    date_hierarchy = "last_reviewed"
    inlines = (
        CityPriorityInline,
        MembershipInline,
        PartnershipOfOwnerInline,
        CitySectionInline,
        KeyFactInline,
    )
    fieldsets = (
        (
            None,
            {
                "fields": (
                    ("name", "slug"),
                    "nation",
                    ("status", "live_from"),
                    "initiative",
                    "standfirst",
                    "summary",
                    "source",
                )
            },
        ),
        (
            "Contact and review",
            {"fields": ("website", "contact", ("last_reviewed", "review_months"))},
        ),
        (
            "Position",
            {
                "fields": (
                    "pasted_position",
                    ("latitude", "longitude"),
                    "position_source",
                    "label_side",
                    "coordinates_as_published",
                    "coordinates_source",
                    "coordinates_note",
                )
            },
        ),
    )

    def get_urls(self) -> list[URLPattern]:
        """Add the URL that previews a position, before Django's, which match any path."""
        view = self.admin_site.admin_view(position_view)
        return [path("position/", view, name="directory_city_position"), *super().get_urls()]

    def with_review_data(self, records: QuerySet) -> QuerySet:
        """Prefetch the relations that `City.gaps` reads."""
        return records.prefetch_related(*GAP_RELATIONS)

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, obj: Any = None, **kwargs: Any
    ) -> HttpResponse:
        """Prefetch the relations that `City.gaps` reads."""
        if obj is not None:
            prefetch_related_objects([obj], *GAP_RELATIONS)
        return super().render_change_form(request, context, *args, obj=obj, **kwargs)

    def save_model(self, request: HttpRequest, obj: City, form: ModelForm, change: bool) -> None:  # noqa: FBT001 – Django's signature
        """Save, and warn of a position that is allowed but unlikely."""
        super().save_model(request, obj, form, change)
        names = dict(Nation.choices)
        if obj.position is not None and (question := position_warning(obj.position, obj.nation, names)):
            messages.warning(request, question)


class OfCityAdmin(RelatedRecordAdmin):
    """A kind of record that belongs to a city."""

    owner = "city"
    list_filter = ("city", "source")
    list_select_related = ("city", "source")
    autocomplete_fields: tuple[str, ...] = ("city", "source")


@admin.register(CityPriority)
class CityPriorityAdmin(OfCityAdmin):
    list_display = ("title", "city", "basis", "order", "source")
    list_filter = ("basis", "priorities", "city", "source")
    search_fields = ("title", "text", "city__name")
    autocomplete_fields = ("city", "priorities", "source")


@admin.register(CitySection)
class CitySectionAdmin(OfCityAdmin):
    list_display = ("heading", "city", "order", "source")
    search_fields = ("heading", "body", "city__name")


@admin.register(KeyFact)
class KeyFactAdmin(OfCityAdmin):
    list_display = ("label", "value", "city", "at_a_glance", "source")
    search_fields = ("label", "value", "city__name")


@admin.register(Membership)
class MembershipAdmin(SpreadsheetAdmin, OfCityAdmin):
    list_display = ("city", "network", "joined", "source")
    list_filter = ("network", "precision", "source")
    list_select_related = ("city", "network", "source")
    search_fields = ("city__name", "network__name", "note")
    autocomplete_fields = ("city", "network", "source")
