import pytest
from django.core.management import call_command
from django.db import connection
from django.db.models.signals import m2m_changed, post_delete, post_save, pre_delete, pre_save
from django.test.utils import CaptureQueriesContext

from directory import search
from directory.models import CONTENT, City, ContentVersion, KeyFact, Partner, Partnership, SearchEntry
from directory.models.folding import fold
from directory.search import rebuild, refreshed_once, searchable_models
from tests.factories import (
    make_city,
    make_city_priority,
    make_guide,
    make_membership,
    make_network,
    make_news_item,
    make_partner,
    make_priority,
    make_source,
)

# How a statement begins that writes entries.
WRITING = f'INSERT INTO "{SearchEntry._meta.db_table}"'


@pytest.mark.django_db
@pytest.mark.usefixtures("content")
@pytest.mark.parametrize(
    ("words", "cities"),
    [
        ("wales", ["Swansea"]),
        ("2017", ["Wolverhampton"]),
        ("languages", ["Wolverhampton"]),
        ("259,000", ["Wolverhampton"]),
        ("Education 2030", ["Wolverhampton"]),
        ("District's ambition", ["Wakefield"]),
        ("District’s ambition", ["Wakefield"]),
        ("libraries MANCHESTER", ["Manchester"]),
        ("northern", ["Belfast"]),
        ("2024", ["Manchester", "Wakefield"]),
        ("14 February 2024", ["Manchester", "Wakefield"]),
        ("February 14", ["Manchester", "Wakefield"]),
        ("https", []),
        ("zebra", []),
    ],
)
def test_a_search_finds_the_cities_whose_pages_say_it(words, cities):
    assert [city.name for city in City.objects.matching(words)] == cities


@pytest.mark.django_db
def test_a_word_is_found_by_its_beginning_and_not_by_its_middle():
    make_city(name="Leeds", summary="Lifelong learning with partners.")
    assert City.objects.matching("learn").exists()
    assert not City.objects.matching("art").exists()


@pytest.mark.django_db
@pytest.mark.parametrize("words", ["Бристоль", "ブリストル", "Bristol Бристоль", "!", "–", "😀", "%", "_"])
def test_a_word_in_another_script_and_mere_punctuation_find_nothing(words):
    make_city(name="Bristol", summary="100% learning_city!")
    assert not City.objects.matching(words).exists()


@pytest.mark.django_db
def test_punctuation_between_words_is_ignored():
    make_city(name="Bristol", summary="Skills and work.")
    assert City.objects.matching("skills & (work)").exists()


@pytest.mark.django_db
@pytest.mark.usefixtures("content")
def test_every_member_of_a_network_is_found_by_its_name():
    members = City.objects.filter(memberships__network__name__contains="UNESCO")
    assert {*City.objects.matching("unesco")} >= {*members}


@pytest.mark.django_db
def test_every_page_of_every_kind_has_an_entry_with_its_title():
    records = [
        make_city(name="Leeds"),
        make_priority(name="Quilting"),
        make_network(name="Guild"),
        make_partner(name="Weavers"),
        make_guide(title="How to join"),
        make_news_item(title="Leeds joins"),
    ]
    assert {type(record) for record in records} == {*searchable_models()}
    for record in records:
        entry = SearchEntry.objects.of(type(record)).get(object_id=record.pk)
        assert entry.title == f" {fold(str(record))}"
        assert SearchEntry.objects.containing(str(record)).filter(pk=entry.pk).exists()


@pytest.mark.django_db
class TestFollowingChanges:
    def found(self, word):
        return [city.name for city in City.objects.matching(word)]

    @pytest.fixture
    def city(self):
        return make_city(name="Leeds")

    def test_what_is_added_to_a_city_is_found_and_what_is_removed_is_not(self, city):
        fact = KeyFact.objects.create(city=city, label="River", value="Aire", source=city.source)
        assert self.found("aire") == ["Leeds"]
        fact.delete()
        assert self.found("aire") == []

    def test_a_renamed_priority_partner_or_network_is_found_under_its_new_name(self, city):
        priority, network, partner = make_priority(), make_network(), make_partner()
        make_city_priority(city, priority)
        make_membership(city, network)
        Partnership.objects.create(partner=partner, city=city, role="Partner", source=city.source)
        for shared, name in ((priority, "Quilting"), (network, "Guild"), (partner, "Weavers")):
            shared.name = name
            shared.save()
            assert self.found(name) == ["Leeds"]

    def test_a_priority_added_to_a_citys_is_found_until_it_is_taken_away(self, city):
        city_priority = make_city_priority(city)
        city_priority.priorities.add(make_priority(name="Quilting"))
        assert self.found("quilting") == ["Leeds"]
        city_priority.priorities.clear()
        assert self.found("quilting") == []

    def test_a_deleted_priority_is_found_nowhere(self, city):
        quilting = make_priority(name="Quilting")
        make_city_priority(city, quilting)
        quilting.delete()
        assert self.found("quilting") == []

    def test_a_priority_that_drops_all_its_cities_is_found_at_none(self, city):
        quilting = make_priority(name="Quilting")
        make_city_priority(city, quilting)
        quilting.city_priorities.clear()
        assert self.found("quilting") == []

    def test_a_partnership_that_moves_to_another_city_is_found_there_alone(self, city):
        make_partner(), make_partner()
        partnership = Partnership.objects.create(
            partner=make_partner(), city=city, role="Weavers", source=city.source
        )
        partnership.city = make_city(name="Bath")
        partnership.save()
        assert self.found("weavers") == ["Bath"]

    def test_a_deleted_city_leaves_no_entry(self, city):
        city.delete()
        assert not SearchEntry.objects.of(City).exists()

    def test_a_change_that_is_rolled_back_leaves_the_entry(self, city):
        with pytest.raises(ZeroDivisionError), refreshed_once():  # noqa: PT012
            city.summary = "Weaving."
            city.save()
            raise ZeroDivisionError
        assert self.found("weaving") == []
        assert self.found("learns") == ["Leeds"]

    def test_many_changes_at_once_refresh_the_entry_once(self, city, django_assert_max_num_queries):
        facts = [KeyFact(city=city, label=f"River {n}", value="Aire", source=city.source) for n in range(9)]
        with django_assert_max_num_queries(9 * 4 + 15), refreshed_once():
            for fact in facts:
                fact.save()
        assert self.found("aire") == ["Leeds"]

    def test_a_block_within_another_refreshes_with_the_outer_one(self, city):
        with CaptureQueriesContext(connection) as queries, refreshed_once():
            for number in range(2):
                with refreshed_once():
                    KeyFact.objects.create(
                        city=city, label=f"River {number}", value="Aire", source=city.source
                    )
        assert sum(sql["sql"].startswith(WRITING) for sql in queries) == 1
        assert self.found("aire") == ["Leeds"]

    def test_what_bypasses_the_signals_is_found_after_rebuild_search(self, city, capsys):
        City.objects.update(summary="Weaving.")
        SearchEntry.objects.create(kind="city", object_id=city.pk + 1, title=" gone", text=" gone")
        SearchEntry.objects.create(kind="dragon", object_id=1, title=" gone", text=" gone")
        call_command("rebuild_search")
        assert self.found("weaving") == ["Leeds"]
        assert capsys.readouterr().out == "Wrote 1 search entries.\n"
        assert not SearchEntry.objects.containing("gone").exists()


@pytest.mark.django_db
def test_postgresql_has_an_index_for_parts_of_texts():
    with connection.cursor() as cursor:
        constraints = connection.introspection.get_constraints(cursor, "directory_searchentry")
    assert ("search_entry_text" in constraints) is (connection.vendor == "postgresql")


@pytest.mark.django_db
class TestEntries:
    def test_a_change_refreshes_only_the_entries_of_the_pages_that_show_it(self):
        leeds, bath = make_city(name="Leeds"), make_city(name="Bath")
        SearchEntry.objects.update(text=" stale")
        KeyFact.objects.create(city=leeds, label="River", value="Aire", source=leeds.source)
        assert SearchEntry.objects.of(City).get(object_id=bath.pk).text == " stale"
        assert " aire" in SearchEntry.objects.of(City).get(object_id=leeds.pk).text

    def test_a_source_is_on_no_page_of_its_own(self):
        make_source(title="Weaving")
        assert not SearchEntry.objects.exists()

    def test_loading_rows_as_they_are_writes_no_entry(self):
        city = make_city(name="Leeds")
        SearchEntry.objects.update(text=" stale")
        city.save_base(raw=True)
        assert SearchEntry.objects.of(City).get().text == " stale"

    def test_rebuilding_leaves_entries_that_are_right(self):
        make_city(name="Leeds"), make_priority()
        before = [*SearchEntry.objects.order_by("pk").values_list("pk", "text")]
        with CaptureQueriesContext(connection) as queries:
            rebuild()
        assert [sql["sql"] for sql in queries if sql["sql"].startswith(WRITING)] == []
        assert [*SearchEntry.objects.order_by("pk").values_list("pk", "text")] == before

    def test_rebuilding_needs_as_many_queries_for_many_related_records_as_for_few(self):
        numbers = []
        for _ in range(2):
            for _ in range(3):
                city = make_city()
                make_city_priority(city, make_priority())
                make_membership(city, make_network())
                Partnership.objects.create(partner=make_partner(), city=city, role="Host", source=city.source)
            SearchEntry.objects.update(text=" stale")
            with CaptureQueriesContext(connection) as queries:
                rebuild()
            numbers.append(len(queries))
        assert numbers[0] == numbers[1]

    def test_a_city_with_more_than_a_thousand_partners_is_found_by_each(self):
        city = make_city(name="Leeds")
        partners = Partner.objects.bulk_create(
            Partner(name=f"Partner {n}", slug=f"partner-{n}", source=city.source) for n in range(1, 1102)
        )
        Partnership.objects.bulk_create(
            Partnership(partner=partner, city=city, role="Host", source=city.source) for partner in partners
        )
        rebuild()
        assert [*City.objects.matching("partner 1101")] == [city]

    def test_migrate_writes_entries_where_there_are_none_yet(self):
        make_city(name="Leeds", summary="Weaving.")
        SearchEntry.objects.all().delete()
        call_command("migrate", verbosity=0)
        assert City.objects.matching("weaving").exists()

    def test_migrate_leaves_entries_that_are_there(self):
        make_city(name="Leeds")
        SearchEntry.objects.update(text=" stale")
        call_command("migrate", verbosity=0)
        assert SearchEntry.objects.get().text == " stale"


@pytest.fixture
def set_up_again():
    """The app, set up as when it is loaded, and not more."""
    for model in CONTENT:
        for signal, receiver in (
            (pre_save, search._before_change),
            (pre_delete, search._before_change),
            (post_save, search._after_change),
            (post_delete, search._after_change),
        ):
            assert signal.disconnect(receiver, sender=model)
        for field in model._meta.many_to_many:
            assert m2m_changed.disconnect(search._on_relation_change, sender=field.remote_field.through)
    search.follow_changes()


@pytest.mark.django_db
@pytest.mark.usefixtures("set_up_again")
def test_once_the_app_is_set_up_changes_of_content_are_followed_and_nothing_else(django_assert_num_queries):
    city, weaving = make_city(name="Leeds"), make_priority(name="Weaving")
    city_priority = make_city_priority(city, weaving)
    assert City.objects.matching("weaving").exists()
    weaving.delete()
    assert not City.objects.matching("weaving").exists()
    city_priority.priorities.add(make_priority(name="Quilting"))
    assert City.objects.matching("quilting").exists()
    with django_assert_num_queries(1):
        SearchEntry.objects.all().delete()


@pytest.mark.django_db(transaction=True)
def test_a_save_outside_a_transaction_locks_the_content_before_it_reads_an_entry():
    city = make_city()
    with CaptureQueriesContext(connection) as queries:
        city.save()
    statements = [query["sql"] for query in queries]
    lock = next(n for n, sql in enumerate(statements) if f'FROM "{ContentVersion._meta.db_table}"' in sql)
    read = next(n for n, sql in enumerate(statements) if f'FROM "{SearchEntry._meta.db_table}"' in sql)
    assert lock < read
    assert connection.vendor == "sqlite" or "FOR UPDATE" in statements[lock]
