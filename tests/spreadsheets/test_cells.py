from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from directory.models import City, Membership, Partner, Partnership, Priority
from tests.factories import make_city, make_membership, make_network, make_partner
from tests.spreadsheets.steps import (
    a_file,
    errors,
    exported_rows,
    import_file,
    preview_of,
    statuses,
)

pytestmark = pytest.mark.django_db

MODELS = [City, Priority, Partner, Partnership, Membership]


@pytest.mark.parametrize(
    ("written", "stored"),
    [
        ("2024-02-14", date(2024, 2, 14)),
        ("14/02/2024", date(2024, 2, 14)),
        ("", None),
    ],
)
def test_a_date_may_come_back_as_a_british_spreadsheet_writes_it(written, stored):
    make_city(slug="leeds", last_reviewed="2020-01-01")
    import_file(City, a_file(["Slug", "Last reviewed"], ["leeds", written]))
    assert City.objects.get().last_reviewed == stored


@pytest.mark.parametrize("second", [0, 30])
def test_a_moment_is_exported_to_the_second_where_it_has_one_and_comes_back(second):
    live_from = datetime(2026, 2, 14, 9, 30, second, tzinfo=UTC)
    make_city(slug="leeds", live_from=live_from)
    written = exported_rows(City)[0]["Live from"]
    assert written == ("2026-02-14 09:30:30" if second else "2026-02-14 09:30")
    make_city(slug="other")
    import_file(City, a_file(["Slug", "Live from"], ["other", written]))
    assert City.objects.get(slug="other").live_from == live_from


@pytest.mark.parametrize("moment", ["00:30", "01:30"])
def test_both_moments_of_the_hour_that_comes_twice_go_out_and_back(moment):
    live_from = datetime.fromisoformat(f"2026-10-25T{moment}:00+00:00")
    make_city(live_from=live_from)
    row = exported_rows(City)[0]
    assert row["Live from"] == {"00:30": "2026-10-25 01:30+01:00", "01:30": "2026-10-25 01:30+00:00"}[moment]
    make_city(slug="other")
    import_file(City, a_file(["Slug", "Live from"], ["other", row["Live from"]]))
    assert City.objects.get(slug="other").live_from == live_from


def test_a_moment_is_british_time():
    make_city(slug="leeds")
    import_file(City, a_file(["Slug", "Live from"], ["leeds", "2026-07-01 09:00"]))
    assert City.objects.get().live_from == datetime(2026, 7, 1, 8, tzinfo=UTC)


def test_a_position_is_rounded_to_the_metre_and_the_same_number_is_no_change():
    make_city(slug="leeds")
    same = a_file(["Slug", "Latitude", "Longitude"], ["leeds", "52.480", "−1.9"])
    assert statuses(preview_of(City, same)) == ["Unchanged"]
    import_file(City, a_file(["Slug", "Latitude"], ["leeds", "52.4812345678"]))
    assert City.objects.get().latitude == Decimal("52.48123")


def test_choices_are_written_in_words_and_read_in_any_case():
    make_partner(slug="open", kind="")
    assert exported_rows(Partner)[0]["Kind"] == "Organisation"
    import_file(Partner, a_file(["Slug", "Kind"], ["open", "trust OR foundation"]))
    assert Partner.objects.get().kind == "foundation"


def test_a_partnership_is_known_by_its_partner_and_whom_it_is_for():
    partner, city, network = make_partner(slug="open"), make_city(slug="leeds"), make_network(slug="gnlc")
    header = ["Partner", "City", "Network", "Role", "Order", "Source"]
    source = partner.source.slug
    new = a_file(
        header, ["open", "leeds", "", "Founder", "1", source], ["open", "", "gnlc", "Host", "", source]
    )
    assert statuses(import_file(Partnership, new)) == ["New", "New"]
    assert Partnership.objects.get(network=network).order == 0
    changed = a_file(["Partner", "City", "Network", "Role"], ["open", "leeds", "", "Patron"])
    assert statuses(import_file(Partnership, changed)) == ["Changed"]
    assert Partnership.objects.get(city=city).role == "Patron"
    make_partner(slug="other")
    both = a_file(header, ["other", "leeds", "gnlc", "Both", "1", source])
    assert errors(preview_of(Partnership, both)) == [
        (2, "City, Network", "leeds, gnlc", "Select a city or a network, but not both.")
    ]


def test_a_membership_stores_no_more_of_its_date_than_is_known():
    city, network = make_city(slug="leeds"), make_network(slug="gnlc")
    make_membership(city, network, date="2024-02-01", precision="month")
    header = ["City", "Network", "Date joined", "Date is known"]
    same = a_file(header, ["leeds", "gnlc", "2024-02-14", "to the month"])
    assert statuses(preview_of(Membership, same)) == ["Unchanged"]
    wrong = a_file(header, ["leeds", "gnlc", "2024-02-14", "not known"])
    assert errors(preview_of(Membership, wrong))[0][1] == "Date joined, Date is known"
    import_file(Membership, a_file(header, ["leeds", "gnlc", "2023-05-06", "to the day"]))
    assert Membership.objects.get().date == date(2023, 5, 6)


def test_a_row_whose_date_is_cut_to_what_is_stored_already_is_not_saved():
    one, two, network = make_city(slug="leeds"), make_city(slug="york"), make_network(slug="gnlc")
    same = make_membership(one, network, date="2024-02-01", precision="month")
    changed = make_membership(two, network)
    data = a_file(
        ["City", "Network", "Date joined", "Date is known"],
        ["leeds", "gnlc", "2024-02-14", "to the month"],
        ["york", "gnlc", "2024-02-14", "to the month"],
    )
    assert statuses(import_file(Membership, data)) == ["Unchanged", "Changed"]
    assert (same.history.count(), changed.history.count()) == (1, 2)


def test_a_formula_is_data_and_judged_by_the_models_rules():
    data = a_file(["Slug", "Name", "Summary", "Icon"], ["sums", "=1+1", "@SUM(A1)", "Book"])
    import_file(Priority, data)
    assert (Priority.objects.get().name, Priority.objects.get().summary) == ("=1+1", "@SUM(A1)")
