"""Networks of learning cities."""

from collections.abc import Iterator
from typing import Self

from django.db import models
from django.db.models import Count, F, Prefetch
from django.urls import reverse

from directory.models.former_slug import SluggedModel, SluggedQuerySet
from directory.models.membership import Membership, MembershipQuerySet
from directory.models.natural_key import NaturalKeyModel
from directory.models.network_answer import NetworkAnswer, Question
from directory.models.partner import Partnership
from directory.models.publication import public
from directory.models.section import ORDER_HELP, Section
from directory.models.source import Sourced


class NetworkQuerySet(SluggedQuerySet):
    """Networks that visitors filter by."""

    def with_city_counts(self) -> Self:
        """Count as `city_count` the published cities in each network."""
        counted = public("memberships__city__")
        # A query that groups forgets the model's own order.
        return self.annotate(city_count=Count("memberships__city", filter=counted, distinct=True)).order_by(
            "order", "name"
        )

    def with_answers(self) -> Self:
        """Prefetch the answers with their sources."""
        return self.prefetch_related(Prefetch("answers", NetworkAnswer.objects.select_related("source")))

    def with_page_data(self) -> Self:
        """Load all that a network's page shows."""
        page = self.with_answers().select_related("source")
        return page.prefetch_related(
            Prefetch("features", NetworkFeature.objects.select_related("source")),
            Prefetch("figures", NetworkFigure.objects.select_related("source")),
            Prefetch("sections", NetworkSection.objects.select_related("source")),
            Prefetch("partnerships", Partnership.objects.select_related("partner", "source")),
        )


class Network(SluggedModel, Sourced):
    """A network or programme that brings learning cities together."""

    name = models.CharField(max_length=120, unique=True)
    short_name = models.CharField(max_length=60, help_text="For lists and filters.")
    summary = models.TextField(help_text="Two or three sentences: what it is and what it is for.")
    explanation = models.CharField(
        max_length=200,
        blank=True,
        help_text=(
            "What the name means, for people who have never heard of the network. Shown beside memberships."
        ),
    )
    founded = models.PositiveSmallIntegerField(
        "year founded", null=True, blank=True, help_text="Leave it empty if no source gives it."
    )
    features_heading = models.CharField(
        max_length=120, default="Features", help_text="The heading above the list of features."
    )
    order = models.PositiveSmallIntegerField(default=0, help_text=ORDER_HELP)
    members_note = models.TextField(
        blank=True,
        help_text="What readers should know about the list of members, for example why it is empty.",
    )

    structure_fields = ("name", "slug", "order")
    search_relations = ("features", "sections", "partnerships__partner", "answers")

    objects = NetworkQuerySet.as_manager()

    class Meta:
        ordering = ["order", "name"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("network_detail", args=[self.slug])

    def search_names(self) -> Iterator[str]:
        """Return its name and its short name."""
        yield from (self.name, self.short_name)

    def search_keywords(self) -> Iterator[str]:
        """Return its partners."""
        yield from map(str, self.partnerships.all())

    def search_words(self) -> Iterator[str]:
        """Return all that its page says of it, without its members and figures."""
        yield from (*self.search_names(), *self.search_keywords())
        yield from (self.explanation, self.summary, self.features_heading, self.members_note)
        if self.founded:
            yield f"Begun in {self.founded}"
        for feature in self.features.all():
            yield from (feature.title, feature.text)
        for section in self.sections.all():
            yield from (section.heading, section.body)
        yield from (partnership.description for partnership in self.partnerships.all())
        for answer in self.answers.all():
            yield from (answer.get_question_display(), answer.text)

    def answers_in_order(self) -> list[NetworkAnswer]:
        """Return its answers in the order of the questions."""
        answers = {answer.question: answer for answer in self.answers.all()}
        return [answers[question] for question in Question if question in answers]

    def search_description(self) -> str:
        """Return its summary."""
        return self.summary

    def published_memberships(self) -> MembershipQuerySet:
        """Return its memberships that the public sees, the earliest first and those without a date last."""
        members = Membership.objects.filter(network=self).published().select_related("city", "source")
        return members.order_by(F("date__year").asc(nulls_last=True), "city__name")


class NetworkSection(NaturalKeyModel, Section):
    """One headed part of a network's page."""

    natural_key_lookups = ("network__slug", "heading")

    network = models.ForeignKey(Network, models.CASCADE, related_name="sections")

    class Meta(Section.Meta):
        constraints = [
            models.UniqueConstraint(fields=["network", "heading"], name="network_section_heading_once")
        ]


class NetworkFeature(NaturalKeyModel, Sourced):
    """One feature of a learning city, as the network defines it."""

    natural_key_lookups = ("network__slug", "title")

    network = models.ForeignKey(Network, models.CASCADE, related_name="features")
    title = models.CharField(max_length=120)
    text = models.TextField(blank=True, help_text="A sentence or two, without formatting.")
    order = models.PositiveSmallIntegerField(default=0, help_text=ORDER_HELP)

    class Meta:
        ordering = ["order", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["network", "title"], name="network_feature_title_once")
        ]

    def __str__(self) -> str:
        return self.title


class Qualifier(models.TextChoices):
    EXACT = "", "exactly"
    AROUND = "around", "around"
    OVER = "over", "over"
    MORE_THAN = "more than", "more than"


class NetworkFigure(NaturalKeyModel, Sourced):
    """How large a network is or was, as one source reports it; several may disagree, and all stay."""

    natural_key_lookups = ("network__slug", "source__slug")

    network = models.ForeignKey(Network, models.CASCADE, related_name="figures")
    counted = models.CharField(max_length=120, help_text="What was counted, for instance “members”.")
    cities = models.PositiveIntegerField()
    cities_qualifier = models.CharField(max_length=10, choices=Qualifier, default=Qualifier.EXACT, blank=True)
    countries = models.PositiveIntegerField()
    countries_qualifier = models.CharField(
        max_length=10,
        choices=Qualifier,
        default=Qualifier.EXACT,
        blank=True,
        help_text="The word that the source puts before the number.",
    )
    as_of = models.CharField(
        max_length=100,
        blank=True,
        help_text="The date as the source gives it. Leave it empty if there is none.",
    )
    order = models.PositiveSmallIntegerField(default=0, help_text=ORDER_HELP)

    class Meta:
        ordering = ["order", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["network", "source"], name="network_figure_once_a_source")
        ]

    def __str__(self) -> str:
        return f"{self.written_cities} cities, {self.written_countries} countries"

    @property
    def written_cities(self) -> str:
        """Return the number of cities as reported, as in “around 200”."""
        return f"{self.cities_qualifier} {self.cities:,}".strip()

    @property
    def written_countries(self) -> str:
        """Return the number of countries as reported."""
        return f"{self.countries_qualifier} {self.countries:,}".strip()
