"""The page of all priorities, and the page of one."""

import re

import pytest

from directory.models import City
from tests.factories import make_city, make_city_priority, make_priority, make_source

pytestmark = pytest.mark.django_db


def words(html):
    return " ".join(re.sub("<[^>]+>", " ", html).split())


@pytest.mark.usefixtures("content")
class TestRealContent:
    def test_the_table_of_priorities_has_a_row_a_city_and_a_column_a_priority(self, client):
        text = client.get("/priorities/").text
        assert text.count('<th scope="row">') == 6
        assert text.count('<th scope="col"><a') == 9
        assert text.count("formal priority of the initiative: Skilled Workforce") == 1

    def test_the_table_comes_before_the_entries_which_name_their_cities(self, client):
        table, entries = client.get("/priorities/").text.split('id="priorities-heading"')
        assert '<table class="matrix">' in table
        assert entries.count('<div class="priority-entry">') == 9
        assert "Learning that supports people’s health and wellbeing. Wolverhampton" in words(entries)
        assert '<a href="/cities/wolverhampton/">Wolverhampton</a>' in entries

    def test_more_than_four_cities_are_counted(self, client):
        written = words(client.get("/priorities/").text)
        assert "Belfast , Bristol , Manchester , Wakefield and 1 more : A culture of learning" in written

    def test_a_priority_says_what_each_city_says_of_it(self, client):
        text = client.get("/priorities/skills-and-work/").text
        for title in (
            "Skilled Workforce",
            "Lifelong learning across the city",
            "Learning for work",
        ):
            assert title in text
        assert "Swansea" not in text

    def test_a_priority_of_one_city_says_so_and_leads_to_the_citys_other_priorities(self, client):
        text = client.get("/priorities/health-and-wellbeing/").text
        assert "no other city in this directory has this priority" in text
        related = text.partition('id="related-heading"')[2]
        assert related.startswith(">Other priorities of Wolverhampton</h2>")
        assert re.findall(r'href="/priorities/([a-z-]+)/"', related) == [
            "raising-aspirations",
            "fair-access-and-inclusion",
            "skills-and-work",
            "a-culture-of-learning",
            "families-and-communities",
            "prosperity-and-place",
        ]

    def test_a_priority_of_several_cities_leads_to_those_that_most_of_them_share(self, client):
        text = client.get("/priorities/skills-and-work/").text
        assert "no other city" not in text
        related = words(text.partition('id="related-heading"')[2])
        assert "A culture of learning Manchester, Wakefield, Wolverhampton Families and" in related
        assert "Families and communities Wakefield, Wolverhampton Raising aspirations" in related


def test_a_priority_of_no_city_says_so(client):
    make_priority(slug="diving")
    text = client.get("/priorities/diving/").text
    assert "No city in the directory has this priority." in text
    assert "related-heading" not in text
    assert "No city in this directory" in client.get("/priorities/").text


def test_a_draft_city_is_named_beside_no_priority(client):
    make_city_priority(make_city(name="Atlantis", status="draft"), make_priority())
    assert "Atlantis" not in client.get("/priorities/").text


def test_a_city_is_named_once_beside_a_priority_that_two_of_its_own_belong_to(client):
    city, priority = make_city(name="Leeds"), make_priority()
    make_city_priority(city, priority), make_city_priority(city, priority)
    entries = client.get("/priorities/").text.partition('id="priorities-heading"')[2]
    assert entries.count("Leeds") == 1


def test_what_an_entry_names_changes_with_the_city(client):
    make_city_priority(make_city(name="Leeds", slug="leeds"), make_priority())
    assert "Leeds" in client.get("/priorities/").text
    City.objects.update(name="Loidis")
    assert "Leeds" not in client.get("/priorities/").text


def test_the_table_comes_in_pages(client):
    for _ in range(60):
        make_city()
    assert client.get("/priorities/").text.count('<th scope="row">') == 50
    assert client.get("/priorities/?page=2").text.count('<th scope="row">') == 10
    assert client.get("/priorities/?page=3").status_code == 404


def test_what_cities_say_of_one_priority_comes_in_pages(client):
    source, priority = make_source(), make_priority(slug="diving")
    for _ in range(60):
        make_city_priority(make_city(source=source), priority)
    assert client.get("/priorities/diving/?page=2").text.count('<li class="city-aim">') == 10
    assert client.get("/priorities/diving/?page=3").status_code == 404
