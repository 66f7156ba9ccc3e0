"""Cities, with all that belongs to them on one form."""

from django.contrib import admin, messages
from django.forms import ModelForm
from django.http import HttpRequest

from directory.admin.addressed import AddressedAdmin
from directory.geography.position_check import warning
from directory.models import City, CityPriority, CitySection, KeyFact, Membership, Partnership


class CityPriorityInline(admin.StackedInline):
    model = CityPriority
    extra = 0
    autocomplete_fields = ("priorities", "source")
    fields = (("title", "order", "basis"), "text", "priorities", "source")


class CitySectionInline(admin.StackedInline):
    model = CitySection
    extra = 0
    autocomplete_fields = ("source",)
    fields = (("heading", "order"), "body", "source")


class KeyFactInline(admin.TabularInline):
    model = KeyFact
    extra = 0
    autocomplete_fields = ("source",)
    fields = ("label", "value", "order", "source")


class MembershipInline(admin.StackedInline):
    model = Membership
    extra = 0
    autocomplete_fields = ("network", "source")
    fields = ("network", ("date", "precision"), "note", "source")


class PartnershipInline(admin.StackedInline):
    model = Partnership
    extra = 0
    autocomplete_fields = ("partner", "source")
    fields = (("partner", "role", "order"), "description", "source")


@admin.register(City)
class CityAdmin(AddressedAdmin):
    list_display = ("name", "nation", "initiative", "status", "last_reviewed")
    list_filter = ("status", "nation", "memberships__network", "own_priorities__priorities")
    search_fields = ("name", "initiative", "summary")
    prepopulated_fields = {"slug": ("name",)}
    autocomplete_fields = ("source", "position_source", "coordinates_source")
    date_hierarchy = "last_reviewed"
    inlines = (
        CityPriorityInline,
        MembershipInline,
        PartnershipInline,
        CitySectionInline,
        KeyFactInline,
    )
    fieldsets = (
        (
            None,
            {"fields": (("name", "slug"), ("nation", "status"), "initiative", "summary", "source")},
        ),
        (
            "Where it is",
            {
                "fields": (
                    ("latitude", "longitude"),
                    "position_source",
                    "label_side",
                    "coordinates_as_published",
                    "coordinates_source",
                    "coordinates_note",
                )
            },
        ),
        (
            "How to reach it, and how fresh the page is",
            {"fields": ("website", "contact", "last_reviewed")},
        ),
    )

    def save_model(self, request: HttpRequest, obj: City, form: ModelForm, change: bool) -> None:  # noqa: FBT001 – Django's signature
        """Save, and ask for a second look at a position that is allowed but odd."""
        super().save_model(request, obj, form, change)
        if obj.position is not None and (question := warning(obj.position, obj.nation)):
            messages.warning(request, question)


class OfCityAdmin(admin.ModelAdmin):
    """What belongs to a city, for those who look across cities."""

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
class MembershipAdmin(OfCityAdmin):
    list_display = ("city", "network", "joined", "source")
    list_filter = ("network", "precision", "source")
    list_select_related = ("city", "network", "source")
    search_fields = ("city__name", "network__name", "note")
    autocomplete_fields = ("city", "network", "source")
