"""The migration that gives published cities a standfirst, on a site whose content came from the fixtures."""

import json

import pytest
from django.conf import settings

from directory.loading.fixture_files import read_fixtures
from directory.models import City
from tests.servers import ask, manage, production_environment

BEFORE = ("directory", "0014_plain_labels")
# SQL, because the current models have a field that these tables do not.
EDIT = """
from django.db import connection
with connection.cursor() as cursor:
    cursor.execute("UPDATE directory_city SET summary = 'Ours.' WHERE slug = 'bristol'")
    cursor.execute("UPDATE directory_city SET summary = '' WHERE slug = 'swansea'")
    cursor.execute("UPDATE directory_city SET status = 'draft' WHERE slug = 'wakefield'")
    cursor.execute("UPDATE directory_loadedrecord SET fixture_digest = 'of a fixture without a standfirst'")
"""
STANDFIRSTS = "import json; print(json.dumps(dict(City.objects.values_list('slug', 'standfirst'))))"
REVERT = """
from directory.history.restore import revert
city = City.objects.get(slug="belfast")
before = city.history.last()
city.summary = "Another."
city.save()
revert(City, city.pk, before.change_set, [])
city.refresh_from_db()
print(before.standfirst == city.standfirst, city.summary == before.summary)
"""


@pytest.fixture(scope="module")
def migrated(own_database):
    """A site as it was before the migration, with edits by staff, brought to the newest schema."""
    environment = production_environment(own_database)
    manage(environment, "prepare")
    manage(environment, "migrate", *BEFORE)
    ask(environment, EDIT)
    manage(environment, "migrate")
    return environment


@pytest.fixture(scope="module")
def migrated_standfirsts(migrated):
    return json.loads(ask(migrated, STANDFIRSTS))


def test_published_cities_and_no_drafts_have_a_standfirst_from_their_summary(migrated, migrated_standfirsts):
    summary = ask(migrated, "print(City.objects.get(slug='belfast').summary)")
    beginning = migrated_standfirsts["belfast"].removesuffix("…")
    assert len(beginning) < 110 < len(summary)
    assert summary.startswith(beginning)
    assert not summary[len(beginning)].isalnum(), "a word is cut"
    assert migrated_standfirsts["bristol"] == "Ours."
    assert migrated_standfirsts["swansea"] == "Swansea is a learning city."
    assert migrated_standfirsts["wakefield"] == ""


def test_a_version_from_before_can_be_restored(migrated, migrated_standfirsts):
    assert ask(migrated, REVERT) == "True True"


def test_the_fixtures_standfirsts_are_loaded_for_cities_that_staff_did_not_edit(
    migrated, migrated_standfirsts
):
    manage(migrated, "load_content")
    loaded = json.loads(ask(migrated, STANDFIRSTS))
    edited = ("bristol", "swansea", "wakefield")
    assert {slug: loaded[slug] for slug in edited} == {slug: migrated_standfirsts[slug] for slug in edited}
    unedited = ("belfast", "manchester", "wolverhampton")
    fixtures = [record.fields for record in read_fixtures(settings.FIXTURES_DIR) if record.model is City]
    written = {fields["slug"]: fields["standfirst"] for fields in fixtures}
    assert {slug: loaded[slug] for slug in unedited} == {slug: written[slug] for slug in unedited}
