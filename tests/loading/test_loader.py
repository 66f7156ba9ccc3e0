import pytest
from django.apps import apps
from django.conf import settings
from django.core.management.base import CommandError

from directory.loading.fixture_files import FILES, read_fixtures
from directory.models import (
    CONTENT,
    City,
    CityPriority,
    KeyFact,
    LoadedRecord,
    NewsItem,
    Partner,
    Priority,
    Source,
)
from tests.factories import make_source
from tests.loading.steps import load, rewrite

pytestmark = pytest.mark.django_db


NUMBER = 14  # of records in tests/loading/fixtures


def every_row():
    models = apps.get_app_config("directory").get_models(include_auto_created=True)
    return {model: list(model.objects.order_by("pk").values()) for model in models}


def test_an_empty_database_gets_all_the_content():
    load(settings.FIXTURES_DIR)
    assert City.objects.published().count() == 6
    assert Priority.objects.count() == 9
    assert Source.objects.count() == 6
    assert LoadedRecord.objects.count() > 150


def test_every_kind_of_content_has_its_fixtures_and_every_file_is_read():
    assert {path.name for path in settings.FIXTURES_DIR.glob("*.yaml")} == set(FILES)
    models = [record.model for record in read_fixtures(settings.FIXTURES_DIR)]
    assert list(dict.fromkeys(models)) == list(CONTENT), "in the order of CONTENT"


def test_a_second_run_changes_nothing(fixtures):
    load(fixtures)
    before = every_row()
    assert "0 created, 0 updated" in load(fixtures)
    assert every_row() == before


def test_check_says_what_would_be_done_and_writes_nothing(fixtures):
    assert f"{NUMBER} created" in load(fixtures, "--check")
    assert not City.objects.exists()
    assert not LoadedRecord.objects.exists()


def test_check_tells_what_staff_changed_and_deleted(fixtures):
    load(fixtures)
    City.objects.filter(slug="belfast").update(summary="What staff wrote.")
    KeyFact.objects.get(label="Population").delete()
    report = load(fixtures, "--check")
    assert "cities.yaml, record 1 (city “belfast”): changed here, left alone." in report
    assert "key_facts.yaml, record 1 (key fact “wolverhampton / Population”): deleted here" in report
    assert report.endswith(
        f"Would be: 0 created, 0 updated, {NUMBER - 2} unchanged; "
        "1 changed here, left alone; 1 deleted here, left alone.\n"
    )


def test_a_load_counts_as_the_check_does(fixtures):
    load(fixtures)
    City.objects.filter(slug="belfast").update(summary="What staff wrote.")
    KeyFact.objects.get(label="Population").delete()
    checked, loaded = load(fixtures, "--check"), load(fixtures)
    assert checked.splitlines()[-1].removeprefix("Would be") == loaded.splitlines()[-1].removeprefix(
        "Content"
    )


def test_loading_needs_one_query_a_model_when_there_is_nothing_to_do(fixtures, django_assert_max_num_queries):
    load(fixtures)
    with django_assert_max_num_queries(len(CONTENT) + 8):
        load(fixtures)


def test_a_published_city_without_a_standfirst_is_not_loaded_and_the_error_says_why(fixtures):
    rewrite(fixtures, "cities.yaml", "    standfirst: Learning for everyone.\n", "")
    with pytest.raises(CommandError, match=r"belfast.*A published city needs a standfirst"):
        load(fixtures)
    assert not City.objects.exists()


def test_what_staff_changed_stays(fixtures):
    load(fixtures)
    City.objects.filter(slug="belfast").update(summary="What staff wrote.")
    load(fixtures)
    assert City.objects.get(slug="belfast").summary == "What staff wrote."


def test_what_staff_deleted_stays_deleted_with_all_that_belonged_to_it(fixtures):
    load(fixtures)
    City.objects.get(slug="wolverhampton").delete()
    load(fixtures)
    assert not City.objects.filter(slug="wolverhampton").exists()
    assert not KeyFact.objects.filter(label="Population").exists()


def test_a_deleted_record_stays_deleted_even_when_its_fixture_changes(fixtures):
    load(fixtures)
    KeyFact.objects.get(label="Population").delete()
    rewrite(fixtures, "key_facts.yaml", "259,000", "260,000")
    assert "deleted here, left alone" in load(fixtures)
    assert not KeyFact.objects.filter(label="Population").exists()


def test_what_the_fixture_changed_and_staff_did_not_is_updated(fixtures):
    load(fixtures)
    before = KeyFact.objects.get(label="Population")
    rewrite(fixtures, "key_facts.yaml", "259,000", "260,000")
    assert "0 created, 1 updated" in load(fixtures)
    after = KeyFact.objects.get(label="Population")
    assert (after.pk, after.value) == (before.pk, "260,000")
    assert after.history.count() == 2
    assert f"0 created, 0 updated, {NUMBER} unchanged.\n" in load(fixtures)


def test_search_finds_what_was_loaded_and_what_was_updated(fixtures):
    load(fixtures)
    assert City.objects.matching("proud").get().slug == "belfast"
    rewrite(fixtures, "city_priorities.yaml", "proud", "delighted")
    assert "0 created, 1 updated" in load(fixtures)
    assert City.objects.matching("delighted").get().slug == "belfast"


def test_what_a_fixture_no_longer_says_has_its_default_again(fixtures):
    rewrite(
        fixtures, "cities.yaml", "    status: published\n", "    status: published\n    label_side: left\n"
    )
    load(fixtures)
    assert City.objects.get(slug="belfast").label_side == "left"
    rewrite(fixtures, "cities.yaml", "    label_side: left\n", "")
    assert "1 updated" in load(fixtures)
    assert City.objects.get(slug="belfast").label_side == "right"


def test_check_lists_what_would_be_created_and_updated(fixtures):
    load(fixtures)
    rewrite(fixtures, "key_facts.yaml", "259,000", "260,000")
    report = load(fixtures, "--check")
    assert "key_facts.yaml, record 1 (key fact “wolverhampton / Population”): would be updated." in report
    assert f"Would be: 0 created, 1 updated, {NUMBER - 1} unchanged.\n" in report
    assert KeyFact.objects.get(label="Population").value == "259,000"
    assert "would be" not in load(fixtures)


def test_a_record_that_names_what_staff_deleted_before_it_changed_is_not_updated(fixtures):
    load(fixtures)
    Priority.objects.get(slug="a-culture-of-learning").delete()
    own = CityPriority.objects.get(title="Proud to learn")
    own.priorities.set([])
    rewrite(fixtures, "city_priorities.yaml", "Everyone should", "All should")
    assert "kept as it is here" in load(fixtures)
    assert "1 deleted here" in load(fixtures)


def test_what_staff_made_with_the_same_key_is_linked_to_by_later_records(fixtures):
    source = make_source(slug="learning-cities")
    load(fixtures)
    assert City.objects.get(slug="belfast").source == source
    rewrite(fixtures, "sources.yaml", "title: Learning Cities", "title: Cities that learn")
    assert "kept as it is here" in load(fixtures)
    source.refresh_from_db()
    assert source.title != "Cities that learn"


def test_a_change_of_many_to_many_priorities_counts_as_a_change_by_staff(fixtures):
    load(fixtures)
    own = CityPriority.objects.get(title="Proud to learn")
    own.priorities.add(Priority.objects.get(slug="skills-and-work"))
    rewrite(fixtures, "city_priorities.yaml", "Everyone should", "All should")
    assert "kept as it is here" in load(fixtures)
    own.refresh_from_db()
    assert own.text.startswith("Everyone")


def test_what_both_changed_stays_and_is_reported_by_name(fixtures):
    load(fixtures)
    KeyFact.objects.filter(label="Population").update(value="About 260,000")
    rewrite(fixtures, "key_facts.yaml", "259,000", "261,000")
    report = load(fixtures)
    assert "key_facts.yaml, record 1 (key fact “wolverhampton / Population”)" in report
    assert "changed here and in the fixture, kept as it is here" in report
    assert KeyFact.objects.get(label="Population").value == "About 260,000"


def test_what_staff_created_before_the_fixture_had_it_stays_and_is_reported(fixtures):
    source = make_source()
    Partner.objects.create(name="UNESCO", slug="unesco", summary="Ours.", source=source)
    assert "made here before the fixture had it" in load(fixtures)
    assert Partner.objects.get(slug="unesco").summary == "Ours."
    assert "0 created, 0 updated" in load(fixtures)


def test_a_renamed_city_still_gets_new_records_and_is_not_made_again(fixtures):
    load(fixtures)
    city = City.objects.get(slug="belfast")
    city.slug = "belfast-city"
    city.save()
    with (fixtures / "key_facts.yaml").open("a", encoding="utf-8") as file:
        file.write(
            "\n- model: directory.keyfact\n  fields:\n    city: [belfast]\n    label: River\n"
            "    value: Lagan\n    source: [learning-cities]\n"
        )
    assert "1 created" in load(fixtures)
    assert city.key_facts.get().value == "Lagan"
    assert City.objects.count() == 3


@pytest.mark.parametrize(
    ("model", "slug"),
    [(City, "wolverhampton"), (Source, "about-wolverhampton")],
    ids=["city", "source"],
)
def test_what_belongs_to_something_renamed_is_still_updated(fixtures, model, slug):
    load(fixtures)
    renamed = model.objects.get(slug=slug)
    renamed.slug = "another"
    renamed.save()
    rewrite(fixtures, "key_facts.yaml", "259,000", "260,000")
    assert "1 updated" in load(fixtures)
    assert KeyFact.objects.get(label="Population").value == "260,000"


def test_renaming_a_priority_does_not_count_as_a_change_of_what_serves_it(fixtures):
    load(fixtures)
    priority = Priority.objects.get(slug="a-culture-of-learning")
    priority.slug = "culture"
    priority.save()
    rewrite(fixtures, "city_priorities.yaml", "Everyone should", "All should")
    assert "1 updated" in load(fixtures)
    assert CityPriority.objects.get(title="Proud to learn").priorities.get() == priority


def test_what_a_fixture_no_longer_names_is_no_longer_linked(fixtures):
    load(fixtures)
    rewrite(fixtures, "news.yaml", "    cities: [[belfast], [swansea]]\n", "")
    assert "1 updated" in load(fixtures)
    assert not NewsItem.objects.get().cities.exists()


def test_a_new_record_of_a_deleted_city_is_left_out_and_reported(fixtures):
    load(fixtures)
    City.objects.get(slug="belfast").delete()
    with (fixtures / "key_facts.yaml").open("a", encoding="utf-8") as file:
        file.write(
            "\n- model: directory.keyfact\n  fields:\n    city: [belfast]\n    label: River\n"
            "    value: Lagan\n    source: [learning-cities]\n"
        )
    assert "what it belongs to was deleted here" in load(fixtures)


def test_a_change_that_names_what_staff_deleted_is_not_loaded(fixtures):
    load(fixtures)
    Priority.objects.get(slug="skills-and-work").delete()
    rewrite(fixtures, "city_priorities.yaml", "[[a-culture-of-learning]]", "[[skills-and-work]]")
    assert "what it belongs to was deleted here" in load(fixtures)
    assert CityPriority.objects.get().priorities.get().slug == "a-culture-of-learning"


def test_a_fixture_can_name_what_only_staff_made(fixtures):
    source = make_source(slug="of-staff")
    rewrite(fixtures, "key_facts.yaml", "[about-wolverhampton]", "[of-staff]")
    load(fixtures)
    assert KeyFact.objects.get().source == source
