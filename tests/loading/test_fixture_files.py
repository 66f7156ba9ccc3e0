import pytest
from django.core.management import CommandError

from directory.models import Source
from tests.loading.steps import load, rewrite

pytestmark = pytest.mark.django_db


def test_a_file_that_is_not_utf8_is_named(fixtures):
    (fixtures / "news.yaml").write_bytes(b"\xff\xfe")
    with pytest.raises(CommandError, match=r"news\.yaml is not UTF-8"):
        load(fixtures)


@pytest.mark.parametrize(
    ("file", "old", "new", "complaint"),
    [
        (
            "cities.yaml",
            'latitude: "54.59682"',
            'latitude: "5.459682"',
            "cities.yaml, record 1 (city “belfast”)",
        ),
        (
            "cities.yaml",
            'latitude: "54.59682"',
            'latitude: "north"',
            "cities.yaml, record 1 (city “belfast”)",
        ),
        ("cities.yaml", "nation: wales", "nation: cymru", "record 2 (city “swansea”): nation:"),
        ("cities.yaml", "nation: wales", "county: glamorgan", "record 2: city has no “county”"),
        ("key_facts.yaml", "city: [wolverhampton]", "city: [atlantis]", "there is no city “atlantis”."),
        ("news.yaml", "directory.newsitem", "directory.rumour", "there is no model “directory.rumour”"),
        ("news.yaml", "directory.newsitem", "auth.user", "“auth.user” cannot be loaded"),
        ("news.yaml", "  fields:", "  felds:", "a record needs a model and fields"),
        (
            "news.yaml",
            "- model",
            "- pk: 3\n  model",
            "a record needs a model and fields, and has nothing else",
        ),
        ("guides.yaml", "- model", "- model: [", "guides.yaml is not YAML"),
        ("key_facts.yaml", "city: [wolverhampton]", "city: 5", "city must name its records in brackets"),
        ("key_facts.yaml", "city: [wolverhampton]", "city: {a: b}", "city must name its records in brackets"),
        ("news.yaml", "cities: [[", "cities: [5, [", "cities must name its records in brackets"),
        ("cities.yaml", "status: published", "sections: [[wales]]", "city has no “sections”"),
        ("memberships.yaml", "precision: day", "precision: unknown", "Enter a date and select how"),
    ],
)
def test_a_broken_fixture_is_named_with_its_record_and_loads_nothing(fixtures, file, old, new, complaint):
    rewrite(fixtures, file, old, new)
    with pytest.raises(CommandError, match="Nothing was loaded") as refused:
        load(fixtures)
    assert complaint in str(refused.value)
    assert not Source.objects.exists()


def test_a_missing_file_is_named(fixtures):
    (fixtures / "guides.yaml").unlink()
    with pytest.raises(CommandError, match=r"guides\.yaml cannot be read: No such file"):
        load(fixtures)


def test_a_record_that_is_there_twice_is_refused_with_both_places(fixtures):
    path = fixtures / "priorities.yaml"
    path.write_text(path.read_text() * 2)
    with pytest.raises(CommandError, match=r"is there twice: it is also priorities\.yaml, record 1"):
        load(fixtures)
