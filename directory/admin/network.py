"""Networks, with their features, figures and texts."""

from django.contrib import admin

from directory.admin.desk import DeskAdmin
from directory.admin.partner import PartnershipOfOwnerInline
from directory.admin.parts import StackedParts
from directory.admin.slugged import SluggedAdmin
from directory.models import Network, NetworkFeature, NetworkFigure, NetworkSection


class FeatureInline(StackedParts):
    model = NetworkFeature
    autocomplete_fields = ("source",)
    fields = (("title", "order"), "text", "source")


class FigureInline(StackedParts):
    model = NetworkFigure
    autocomplete_fields = ("source",)
    fields = (
        ("counted", "as_of", "order"),
        ("cities_qualifier", "cities", "countries_qualifier", "countries"),
        "source",
    )


class SectionInline(StackedParts):
    model = NetworkSection
    autocomplete_fields = ("source",)
    fields = (("heading", "order"), "body", "source")


@admin.register(Network)
class NetworkAdmin(SluggedAdmin):
    list_display = ("name", "short_name", "founded", "source")
    list_filter = ("source",)
    list_select_related = ("source",)
    search_fields = ("name", "short_name", "summary")
    prepopulated_fields = {"slug": ("name",)}
    autocomplete_fields = ("source",)
    inlines = (FeatureInline, FigureInline, SectionInline, PartnershipOfOwnerInline)
    fields = (
        ("name", "slug"),
        ("short_name", "founded", "order"),
        "summary",
        "features_heading",
        "members_note",
        "source",
    )


class OfNetworkAdmin(DeskAdmin):
    """What belongs to a network, for those who look across networks."""

    list_filter = ("network", "source")
    list_select_related = ("network", "source")
    autocomplete_fields = ("network", "source")

    def view_on_site(self, record: NetworkFeature | NetworkFigure | NetworkSection) -> str:
        """The page that it stands on."""
        return record.network.get_absolute_url()


@admin.register(NetworkFeature)
class NetworkFeatureAdmin(OfNetworkAdmin):
    list_display = ("title", "network", "order", "source")
    search_fields = ("title", "text")


@admin.register(NetworkFigure)
class NetworkFigureAdmin(OfNetworkAdmin):
    list_display = ("__str__", "counted", "as_of", "network", "source")
    search_fields = ("counted", "as_of", "source__title")


@admin.register(NetworkSection)
class NetworkSectionAdmin(OfNetworkAdmin):
    list_display = ("heading", "network", "order", "source")
    search_fields = ("heading", "body")
