"""Networks and their related records."""

from django.contrib import admin

from directory.admin.inlines import ContentInline, SectionInline
from directory.admin.partner import PartnershipOfOwnerInline
from directory.admin.slugged import RelatedRecordAdmin, SluggedAdmin
from directory.models import Network, NetworkAnswer, NetworkFeature, NetworkFigure, NetworkSection


class AnswerInline(ContentInline):
    model = NetworkAnswer
    fields = ("question", "text", "source")


class FeatureInline(ContentInline):
    model = NetworkFeature
    fields = (("title", "order"), "text", "source")


class FigureInline(ContentInline):
    model = NetworkFigure
    fields = (
        ("counted", "as_of", "order"),
        ("cities_qualifier", "cities", "countries_qualifier", "countries"),
        "source",
    )


class NetworkSectionInline(SectionInline):
    model = NetworkSection


@admin.register(Network)
class NetworkAdmin(SluggedAdmin):
    list_display = ("name", "short_name", "founded", "source")
    list_filter = ("source",)
    list_select_related = ("source",)
    search_fields = ("name", "short_name", "summary")
    prepopulated_fields = {"slug": ("name",)}
    autocomplete_fields = ("source",)
    inlines = (AnswerInline, FeatureInline, FigureInline, NetworkSectionInline, PartnershipOfOwnerInline)
    fields = (
        ("name", "slug"),
        ("short_name", "founded", "order"),
        "explanation",
        "summary",
        "features_heading",
        "members_note",
        "source",
    )


class OfNetworkAdmin(RelatedRecordAdmin):
    """A kind of record that belongs to a network."""

    owner = "network"
    list_filter = ("network", "source")
    list_select_related = ("network", "source")
    autocomplete_fields = ("network", "source")


@admin.register(NetworkAnswer)
class NetworkAnswerAdmin(OfNetworkAdmin):
    list_display = ("question", "network", "source")
    list_filter = ("question", "network", "source")
    search_fields = ("text", "network__name")


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
