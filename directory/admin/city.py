"""Cities, with all that belongs to them on one form."""

from django.contrib import admin, messages
from django.forms import ModelForm
from django.http import HttpRequest
from django.urls import URLPattern, path

from directory.admin.desk import DeskAdmin
from directory.admin.partner import PartnershipOfOwnerInline
from directory.admin.parts import StackedParts
from directory.admin.position import CityForm, position_view
from directory.admin.publication import PublishableAdmin
from directory.admin.review import ReviewedAdmin, ReviewFilter
from directory.admin.slugged import SluggedAdmin
from directory.admin.spreadsheet import SpreadsheetAdmin
from directory.geography.position_check import warning
from directory.models import City, CityPriority, CitySection, KeyFact, Membership
from directory.views.city import CityDetailView


class CityPriorityInline(StackedParts):
    model = CityPriority
    autocomplete_fields = ("priorities", "source")
    fields = (("title", "order", "basis"), "text", "priorities", "source")


class CitySectionInline(StackedParts):
    model = CitySection
    autocomplete_fields = ("source",)
    fields = (("heading", "order"), "body", "source")


class KeyFactInline(StackedParts):
    model = KeyFact
    autocomplete_fields = ("source",)
    fields = (("label", "value", "order"), "source")


class MembershipInline(StackedParts):
    model = Membership
    autocomplete_fields = ("network", "source")
    fields = ("network", ("date", "precision"), "note", "source")


@admin.register(City)
class CityAdmin(SpreadsheetAdmin, PublishableAdmin, ReviewedAdmin, SluggedAdmin):
    page = CityDetailView
    form = CityForm
    change_form_template = "admin/desk/city_change_form.html"
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
                    "summary",
                    "source",
                )
            },
        ),
        (
            "How to reach it, and how fresh the page is",
            {"fields": ("website", "contact", ("last_reviewed", "review_months"))},
        ),
        (
            "Where it is",
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
        """The address that draws a position, before Django's, which take everything for a key."""
        view = self.admin_site.admin_view(position_view)
        return [path("position/", view, name="directory_city_position"), *super().get_urls()]

    def save_model(self, request: HttpRequest, obj: City, form: ModelForm, change: bool) -> None:  # noqa: FBT001 – Django's signature
        """Save, and ask for a second look at a position that is allowed but odd."""
        super().save_model(request, obj, form, change)
        if obj.position is not None and (question := warning(obj.position, obj.nation)):
            messages.warning(request, question)


class OfCityAdmin(DeskAdmin):
    """What belongs to a city, for those who look across cities."""

    def view_on_site(self, record: CityPriority | CitySection | KeyFact | Membership) -> str | None:
        """The city's page; none while the city is a draft."""
        return record.city.get_absolute_url() if record.city.is_published else None

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
    list_display = ("label", "value", "city", "source")
    search_fields = ("label", "value", "city__name")


@admin.register(Membership)
class MembershipAdmin(SpreadsheetAdmin, OfCityAdmin):
    list_display = ("city", "network", "joined", "source")
    list_filter = ("network", "precision", "source")
    list_select_related = ("city", "network", "source")
    search_fields = ("city__name", "network__name", "note")
    autocomplete_fields = ("city", "network", "source")
