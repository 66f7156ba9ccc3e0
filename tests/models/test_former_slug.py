import pytest
from django.core.exceptions import ValidationError

from directory.models import City, FormerSlug
from tests.factories import make_city, make_priority

pytestmark = pytest.mark.django_db


def rename(city, slug):
    city = City.objects.get(pk=city.pk)
    city.slug = slug
    city.save()
    return city


def test_a_new_record_has_no_former_slug():
    make_city()
    assert not FormerSlug.objects.exists()


def test_a_renamed_city_is_found_under_its_old_slug():
    city = rename(make_city(slug="old"), "new")
    assert City.objects.formerly("old").get() == city
    assert City.objects.get_by_natural_key("old") == city


def test_renaming_twice_keeps_both_former_slugs():
    city = rename(rename(make_city(slug="one"), "two"), "three")
    assert City.objects.formerly("one").get() == city
    assert City.objects.formerly("two").get() == city


def test_renaming_back_frees_the_former_slug_again():
    rename(rename(make_city(slug="one"), "two"), "one")
    assert list(FormerSlug.objects.values_list("slug", flat=True)) == ["two"]


def test_renaming_the_record_just_made_is_remembered_too():
    city = make_city(slug="one")
    city.slug = "two"
    city.save()
    assert City.objects.formerly("one").get() == city


def test_a_slug_that_still_redirects_is_refused_to_another_city():
    rename(make_city(slug="old", name="Bath"), "new")
    other = make_city()
    other.slug = "old"
    with pytest.raises(ValidationError, match="redirects to Bath, which had it before"):
        other.full_clean()


def test_saving_other_fields_alone_remembers_no_slug():
    city = make_city(slug="one")
    city.slug = "two"
    city.save(update_fields=["name"])
    assert not FormerSlug.objects.exists()


def test_a_record_that_took_anothers_old_slug_can_be_renamed_in_its_turn():
    rename(make_city(slug="old"), "new")
    other = rename(make_city(slug="other"), "old")
    rename(other, "third")
    assert City.objects.formerly("old").get() == other


def test_a_priority_may_have_the_old_slug_of_a_city():
    rename(make_city(slug="old"), "new")
    make_priority(slug="old").full_clean()


def test_a_deleted_city_takes_its_former_slugs_with_it():
    rename(make_city(slug="old"), "new").delete()
    assert not FormerSlug.objects.exists()
