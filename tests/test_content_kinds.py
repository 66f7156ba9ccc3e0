"""A new kind of content or a new field is listed, searched and shown, or a test fails by its name."""

import pytest
from django.contrib import admin
from django.contrib.auth.models import Permission
from django.db import connection, models
from django.test.utils import CaptureQueriesContext
from django.urls import resolve, reverse

from directory.current_tokens import SCHEDULED
from directory.models import CONTENT, HISTORY, City, SearchEntry, Source
from directory.models.citations import citing_fields, page_fields
from directory.models.former_slug import SluggedModel
from directory.search import searchable_models
from tests.factories import make_source
from tests.relations import RELATIONS

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("content")]

PAGES = [model for model in CONTENT if issubclass(model, SluggedModel)]
TEXTS = [
    (model, field)
    for model in CONTENT
    for field in model._meta.fields
    if isinstance(field, models.CharField | models.TextField) and not field.choices and field.name != "slug"
]
# Texts that no public page shows.
NOT_SHOWN: set[tuple[str, str]] = set()
# Texts that the page of sources shows, and not the record's own.
SHOWN_WITH_THEIR_SOURCE = {("City", "coordinates_note")}
# Texts by which no page is found.
NOT_SEARCHED = {
    ("City", "coordinates_as_published"),
    ("City", "coordinates_note"),
    ("City", "website"),
    ("City", "contact"),
    ("Partner", "website"),
    ("RelatedResource", "url"),
    *(("Source", field.name) for field in Source._meta.fields),
    *(("NetworkFigure", name) for name in ("counted", "as_of")),
}
# Statements by which the page that they are on is not found.
NOT_SEARCHED_RELATIONS = {
    "City": {"news"},  # has a search entry of its own
    "Network": {"figures", "memberships"},  # are numbers, and the names of cities
    "Priority": {"city_priorities"},  # are in the entries of their cities
}
MARK = "zyxwvut"


def ids(items):
    return [f"{model.__name__}.{field.name}" for model, field in items]


@pytest.mark.parametrize("model", PAGES, ids=lambda model: model.__name__)
class TestEveryKindOfPage:
    def test_is_linked_from_every_page(self, client, model):
        kind = resolve(model._default_manager.with_page().first().get_absolute_url()).url_name
        kind = kind.removesuffix("_detail")
        assert f'href="{reverse(f"{kind}_list")}"' in client.get("/about/").text

    def test_is_in_the_sitemap(self, client, model):
        for record in model._default_manager.with_page():
            assert f"{record.get_absolute_url()}<" in client.get("/sitemap.xml").text

    def test_is_listed(self, client, model):
        kind = resolve(model._default_manager.with_page().first().get_absolute_url()).url_name
        kind = kind.removesuffix("_detail")
        text = client.get(reverse(f"{kind}_list")).text
        assert model._default_manager.with_page().first().get_absolute_url() in text

    def test_is_searchable(self, model):
        assert model in searchable_models()
        assert any(model._default_manager.first().search_words())

    def test_searches_all_that_its_page_states(self, model):
        searched = {relation.split("__")[0] for relation in model.search_relations}
        stated = {name.split(".")[1] for name in RELATIONS if name.startswith(f"{model.__name__}.")}
        fields = {field.name for field in model._meta.fields}
        assert stated - fields - searched == NOT_SEARCHED_RELATIONS.get(model.__name__, set())

    def test_needs_as_many_queries_if_each_statement_has_a_source_of_its_own(
        self, client, model, django_assert_max_num_queries
    ):
        url = model._default_manager.with_page().first().get_absolute_url()
        client.get(url)
        with CaptureQueriesContext(connection) as before:
            client.get(url)
        number = len(before)
        for field in citing_fields():
            statements = field.model._default_manager.filter(**{f"{field.name}__isnull": False})
            for key in list(statements.values_list("pk", flat=True)):
                statements.filter(pk=key).update(**{field.name: make_source()})
        client.get(url)
        with django_assert_max_num_queries(number):
            client.get(url)


@pytest.mark.parametrize("model", CONTENT, ids=lambda model: model.__name__)
class TestEveryKindOfContent:
    def test_is_in_the_admin_with_a_permission_for_each_action(self, model):
        assert admin.site.is_registered(model)
        actions = {name.split("_")[0] for name in permissions_of(model)}
        assert actions >= {"view", "add", "change", "delete"}

    def test_has_a_history(self, model):
        assert model in HISTORY
        assert model.history.model._meta.get_field("change_set")

    def test_can_be_published_by_publishers_if_it_can_be_a_draft(self, model):
        can_be_draft = "status" in {field.name for field in model._meta.fields}
        assert (model in SCHEDULED) is can_be_draft
        assert any(name.startswith("publish_") for name in permissions_of(model)) is can_be_draft


def permissions_of(model):
    return Permission.objects.filter(
        content_type__app_label="directory", content_type__model=model._meta.model_name
    ).values_list("codename", flat=True)


def fullest(model, field):
    """Return the record whose text is longest: one that the public sees."""
    records = model._default_manager.all()
    return max(records, key=lambda record: (bool(getattr(record, field.name)), -record.pk))


def marked(record, field):
    """Put the mark into a text, as far as there is room for it."""
    text = getattr(record, field.name)
    room = (field.max_length or 10_000) - len(MARK) - 1
    value = f"https://{MARK}.example" if isinstance(field, models.URLField) else f"{text[:room]} {MARK}"
    setattr(record, field.name, f"{MARK}@example.org" if isinstance(field, models.EmailField) else value)
    record.save()


def pages_of(record):
    """Return the URLs of the pages that a record is on."""
    if isinstance(record, Source):
        return [reverse("source_list")]
    owners = [getattr(record, name) for name in page_fields(type(record)) if name != "pk"]
    found = [owner for owner in owners if isinstance(owner, SluggedModel)]
    own = [record] if isinstance(record, SluggedModel) else []
    return [page.get_absolute_url() for page in (*own, *found)]


@pytest.mark.parametrize(("model", "field"), TEXTS, ids=ids(TEXTS))
def test_every_text_is_on_a_page_or_known_not_to_be(client, model, field):
    record = fullest(model, field)
    marked(record, field)
    urls = [*pages_of(record), reverse("city_list"), reverse("network_list")]
    if (model.__name__, field.name) in SHOWN_WITH_THEIR_SOURCE:
        urls = [reverse("source_list")]
    is_shown = any(MARK in client.get(url).text for url in urls)
    assert is_shown is ((model.__name__, field.name) not in NOT_SHOWN)


@pytest.mark.parametrize(("model", "field"), TEXTS, ids=ids(TEXTS))
def test_every_text_can_be_searched_or_is_known_not_to_be(model, field):
    marked(fullest(model, field), field)
    is_found = SearchEntry.objects.containing(MARK).exists()
    assert is_found is ((model.__name__, field.name) not in NOT_SEARCHED)


def test_a_city_that_is_a_draft_is_on_no_page(client):
    City.objects.filter(slug="swansea").update(status="draft")
    for url in ("/", "/cities/", "/sitemap.xml", "/priorities/", "/sources/"):
        assert "/cities/swansea/" not in client.get(url).text
