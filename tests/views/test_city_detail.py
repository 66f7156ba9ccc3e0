import re

import pytest

from directory.models import City
from tests.factories import make_city, make_city_priority, make_membership, make_network, make_priority

pytestmark = pytest.mark.django_db


def read(client, url):
    return " ".join(client.get(url).text.split())


def rows(text, table):
    """Return the cells of each row of a table, without markup."""
    (found,) = re.findall(f'<table class="{table}">(.*?)</table>', text)
    body = found.split("<tbody>")[1]
    cells = [re.findall("<t[hd][^>]*>(.*?)</t[hd]>", row) for row in body.split("</tr>")[:-1]]
    return [[" ".join(re.sub("<[^>]+>", " ", cell).split()) for cell in row] for row in cells]


def facts(text, heading):
    """Return the values under a heading by their labels, without markup."""
    (found,) = re.findall(f"<h2[^>]*>{heading}</h2>.*?<dl[^>]*>(.*?)</dl>", text)
    pairs = re.findall("<dt>(.*?)</dt>(.*?)</div>", found)
    return {label: " ".join(re.sub("<sup.*?</sup>|<[^>]+>", " ", value).split()) for label, value in pairs}


@pytest.mark.usefixtures("content")
class TestRealContent:
    def test_headings_are_plain_nouns_in_the_order_of_the_page(self, client):
        text, _, _ = client.get("/cities/wolverhampton/").text.partition("</main>")
        assert re.findall("<h2[^>]*>(.*?)</h2>", text) == [
            "At a glance",
            "Figures",
            "Partners",
            "Priorities",
            "Background",
            "Other cities",
            "What our sources do not say",
            "Sources",
        ]
        assert re.findall("<h3>(.*?)</h3>", text)[5:7] == ["How it began", "Why a ‘City Region’"]

    def test_a_long_page_has_contents_and_a_short_one_has_none(self, client):
        text = client.get("/cities/wolverhampton/").text
        (contents,) = re.findall(r'<nav class="contents.*?</nav>', text, re.DOTALL)
        assert re.findall(">([A-Z][^<]+)</a>", contents) == [
            "Figures",
            "Partners",
            "Priorities",
            "Background",
            "Other cities",
            "Sources",
        ]
        assert "On this page" not in client.get("/cities/belfast/").text

    def test_the_nation_leads_to_the_cities_in_it(self, client):
        text = client.get("/cities/swansea/").text
        assert '<li><a href="/cities/?nation=wales">Wales</a></li>' in text

    def test_formal_priorities_are_counted_and_come_before_those_of_a_description(self, client):
        text = client.get("/cities/wolverhampton/").text
        formal, described = text.split("Three formal priorities")[1].split(
            "Also described, though not formal"
        )
        assert formal.count("<h3>") == 3
        assert described.split("</section>")[0].count("<h3>") == 2

    def test_a_city_without_formal_priorities_says_so_once(self, client):
        text = client.get("/cities/belfast/").text
        assert text.count("our sources name no formal priorities") == 1
        assert "Also described" not in text

    def test_a_priority_leads_to_the_shared_ones_that_it_belongs_to(self, client):
        text = client.get("/cities/wolverhampton/").text
        assert (
            'Grouped under: <a href="/priorities/raising-aspirations/">Raising aspirations</a>, '
            '<a href="/priorities/families-and-communities/">Families and communities</a>'
        ) in text

    def test_partners_of_the_same_role_share_a_row(self, client):
        table = rows(read(client, "/cities/wolverhampton/"), "city-partners")
        assert [role for role, _ in table] == [
            "Launched the initiative",
            "Took part in the launch",
            "Regional skills work",
            "Governance",
        ]
        assert table[1][1] == (
            "Wolverhampton Learning Platform City of Wolverhampton College Local Enterprise Partnerships "
            "Employers Schools and colleges"
        )
        assert "The initiative is one of this board’s core work streams." in table[3][1]

    def test_names_and_dates_are_at_a_glance_and_the_rest_are_figures(self, client):
        text = read(client, "/cities/wolverhampton/")
        assert facts(text, "At a glance")["Launched"] == "2017"
        assert facts(text, "At a glance")["Also called"] == "City of Wolverhampton Learning Region"
        assert facts(text, "Figures")["Population"] == "259,000"
        assert "Launched" not in facts(text, "Figures")

    def test_a_membership_says_when_or_that_nobody_says_when_and_what_the_network_is(self, client):
        wakefield = facts(read(client, "/cities/wakefield/"), "At a glance")["Network"]
        bristol = facts(read(client, "/cities/bristol/"), "At a glance")["Network"]
        assert "Joined on 14 February 2024." in wakefield
        assert "Joining date not published." in bristol
        assert bristol.endswith(
            "UNESCO is the United Nations organisation for education, science and culture."
        )

    def test_the_position_is_shown_and_leads_to_how_printed_coordinates_were_checked(self, client):
        position = facts(read(client, "/cities/belfast/"), "At a glance")["Position"]
        assert "54.59682° N, 5.92541° W" in position
        assert "One source prints 53.2424°N 2.5940°W." in position
        assert "Liverpool" not in position
        assert (
            'href="/sources/#coordinates-belfast">How we checked it</a>'
            in client.get("/cities/belfast/").text
        )

    def test_a_city_without_a_printed_pair_leads_to_none(self, client):
        text = client.get("/cities/manchester/").text
        assert "#coordinates-manchester" not in text
        assert "One source prints" not in text

    def test_the_position_can_be_opened_elsewhere(self, client):
        text = client.get("/cities/swansea/").text
        assert 'href="geo:51.62079,-3.94323"' in text
        assert "https://www.openstreetmap.org/?mlat=51.62079&amp;mlon=-3.94323" in text

    def test_other_cities_come_by_priorities_in_common_and_then_by_distance(self, client):
        assert rows(read(client, "/cities/manchester/"), "other-cities") == [
            ["Wakefield", "34 miles (54 km)", "Skills and work, A culture of learning"],
            ["Wolverhampton", "62 miles (100 km)", "Skills and work, A culture of learning"],
            ["Bristol", "141 miles (227 km)", "A culture of learning"],
            ["Belfast", "169 miles (272 km)", "A culture of learning"],
            ["Swansea", "147 miles (237 km)", "No priorities in common"],
        ]

    def test_what_our_sources_do_not_say_is_listed_with_a_link_to_tell_us(self, client):
        text = client.get("/cities/manchester/").text
        (_, section) = text.split('<h2 id="gaps">What our sources do not say</h2>')
        section = section.split("</section>")[0]
        assert re.findall("<li>(.*)</li>", section) == [
            "Whether the city has a named learning city initiative",
            "The initiative’s website",
            "A contact address",
        ]
        assert '<a href="/cities/manchester/correction/" rel="nofollow">If you know, tell us</a>' in section
        assert "<li>When the city joined UNESCO’s network</li>" in client.get("/cities/belfast/").text

    def test_a_city_of_which_everything_is_known_has_no_such_section(self, client):
        known = {"initiative": "Learn Manchester", "website": "https://m.example", "contact": "m@m.example"}
        City.objects.filter(slug="manchester").update(**known)
        text = read(client, "/cities/manchester/")
        assert "What our sources do not say" not in text
        assert facts(text, "At a glance")["Website"] == "Website of the initiative"
        assert facts(text, "At a glance")["Contact"] == "m@m.example"

    def test_news_of_the_city_is_linked_both_ways(self, client):
        news = "/news/manchester-and-wakefield-district-join/"
        assert news in client.get("/cities/manchester/").text
        assert "/cities/manchester/" in client.get(news).text

    def test_the_page_says_when_it_was_last_reviewed(self, client):
        assert "26 November 2026" in client.get("/cities/bristol/").text

    def test_a_field_that_nobody_filled_in_leaves_no_empty_line(self, client):
        text = client.get("/cities/manchester/").text
        assert "Website of the initiative" not in text
        assert "mailto:" not in text


def test_a_draft_has_no_page(client):
    make_city(slug="draft", status="draft")
    assert client.get("/cities/draft/").status_code == 404


def test_a_renamed_city_redirects_for_ever(client):
    city = make_city(slug="old")
    city.slug = "new"
    city.save()
    response = client.get("/cities/old/")
    assert response.status_code == 301
    assert response.url == "/cities/new/"


def test_a_renamed_draft_does_not_give_itself_away(client):
    city = make_city(slug="old", status="draft")
    city.slug = "new"
    city.save()
    assert client.get("/cities/old/").status_code == 404


def test_markup_in_an_editors_text_is_shown_and_not_run(client):
    city = make_city(slug="bath", summary="<script>alert(1)</script>")
    make_city_priority(city, text="<img src=x onerror=alert(1)> and [a link](javascript:alert(1))")
    text = client.get("/cities/bath/").text
    assert "<script>alert" not in text
    assert "<img" not in text
    assert 'href="javascript' not in text


def test_a_city_of_which_little_is_known_has_no_empty_groups(client):
    make_city(slug="bath")
    text = client.get("/cities/bath/").text
    for heading in ("Figures", "Partners", "Background", "Other cities", "News"):
        assert f">{heading}</h2>" not in text
    assert "No source lists any priorities." in text
    assert "<li>Whether the city belongs to a network of learning cities</li>" in text


def fill(number_of_cities):
    network, priorities = make_network(), [make_priority() for _ in range(3)]
    for number in range(number_of_cities):
        city = make_city()
        make_city_priority(city, *priorities[: number % 3 + 1])
        make_membership(city, network)


def test_a_city_page_needs_as_many_queries_beside_200_cities_as_beside_6(
    client, django_assert_max_num_queries
):
    fill(6)
    address = City.objects.first().get_absolute_url()
    with django_assert_max_num_queries(15) as few:
        client.get(address)
    fill(194)
    with django_assert_max_num_queries(15) as many:
        client.get(address)
    assert len(many) <= len(few)


def test_after_an_edit_of_a_text_a_city_page_asks_for_no_other_city_again(
    client, django_assert_max_num_queries
):
    fill(6)
    city = City.objects.first()
    client.get(city.get_absolute_url())
    City.objects.update(summary="Another text.")
    with django_assert_max_num_queries(10):
        response = client.get(city.get_absolute_url())
    assert "Another text." in response.text
    assert "Other cities" in response.text


def test_the_table_of_other_cities_has_the_nearest_and_those_with_the_most_in_common(client):
    priority = make_priority(name="Diving")
    here = make_city(slug="here", latitude="52.0")
    make_city_priority(here, priority)
    for number in range(1, 21):
        other = make_city(name=f"City {number:02}", latitude=f"52.{number:02}")
        if number > 10:
            make_city_priority(other, priority)
    table = rows(read(client, "/cities/here/"), "other-cities")
    assert [name for name, _, _ in table] == [f"City {n:02}" for n in (*range(11, 17), *range(1, 5))]
    assert {shared for _, _, shared in table[:6]} == {"Diving"}
    assert "nearest cities in this directory are compared" not in client.get("/cities/here/").text


def test_only_the_nearest_cities_are_compared_and_the_page_says_so(client):
    for number in range(61):
        make_city(slug=f"city-{number}", latitude=f"52.{number:02}")
    assert "Only the 60 nearest cities in this directory are compared." in client.get("/cities/city-0/").text
