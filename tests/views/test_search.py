import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from directory.models import City, Guide, Partnership
from directory.search import searchable_models
from directory.views.search_results import KINDS
from tests.factories import (
    make_city,
    make_city_priority,
    make_guide,
    make_membership,
    make_network,
    make_news_item,
    make_partner,
    make_priority,
)

pytestmark = pytest.mark.django_db


def search(client, words):
    return client.get("/search/", {"q": words})


def plain(html):
    """Return a part of a page as its readers see it, with the marked words in angle brackets."""
    bracketed = re.sub(r"<mark>(.*?)</mark>", r"‹\1›", html, flags=re.DOTALL)
    return " ".join(re.sub(r"<[^>]+>", "", bracketed).split())


def groups(response):
    """Return the titles of the results by the heading of their group."""
    found = {}
    for section in re.findall(r'<section class="search-group".*?</section>', response.text, re.DOTALL):
        heading = plain(re.search(r"<h2.*?</h2>", section, re.DOTALL)[0])
        found[heading] = [plain(title) for title in re.findall(r"<h3>.*?</h3>", section, re.DOTALL)]
    return found


def result(response, url):
    """Return what the page says of one result: its title, its description and its passage, if any."""
    (item,) = (li for li in re.findall(r"<li>.*?</li>", response.text, re.DOTALL) if f'href="{url}"' in li)
    return [plain(line) for line in re.findall(r"<(?:h3|p)\b.*?</(?:h3|p)>", item, re.DOTALL)]


def title(response):
    return plain(re.search(r"<title>.*?</title>", response.text, re.DOTALL)[0]).split(" – ")[0]


def test_every_kind_of_page_has_its_group():
    assert {*KINDS} == {*searchable_models()}


@pytest.mark.usefixtures("content")
class TestRealContent:
    def test_a_year_finds_the_cards_that_show_it_and_the_news(self, client):
        response = search(client, "2024")
        assert groups(response) == {
            "Cities 2": ["Manchester", "Wakefield"],
            "Networks 1": ["UNESCO Global Network of Learning Cities"],
            "News 1": ["Manchester and Wakefield District join the UNESCO Global Network of Learning Cities"],
        }
        assert result(response, "/cities/manchester/")[2].endswith("on 14 February ‹2024›")
        assert (
            '<p class="search-results__count" role="status"><strong>4 results</strong> for' in response.text
        )
        assert title(response) == "4 results for “2024”"

    def test_a_word_matches_at_its_beginning(self, client):
        assert "Belfast" in groups(search(client, "learn"))["Cities 6"]
        assert "part" not in re.findall(r"<mark>(\w+)</mark>", search(client, "art").text)

    def test_groups_are_in_one_order_with_the_cities_first(self, client):
        headings = [heading.split()[0] for heading in groups(search(client, "learning"))]
        assert headings == ["Cities", "Guides", "Priorities", "Partners", "Networks", "News"]

    def test_a_place_that_is_not_here_is_told_the_nearest_city_and_how_cities_join(self, client):
        response = search(client, "leeds")
        assert (
            "Leeds is not in this directory. Nearest: Wakefield, about 8 miles. How a city joins."
            in plain(response.text)
        )
        assert '<a href="/cities/wakefield/">Wakefield</a>, about 8 miles.' in response.text
        assert '<a href="/guides/how-a-city-joins/">How a city joins</a>' in response.text

    def test_the_guide_is_left_out_when_it_is_not_published(self, client):
        Guide.objects.filter(slug="how-a-city-joins").update(status="draft")
        response = search(client, "Leeds")
        assert "about 8 miles.</p>" in response.text
        assert "how-a-city-joins" not in response.text

    @pytest.mark.parametrize("words", ["Бристоль", "!?", "zebra", "wolverhampton zebra"])
    def test_what_no_page_says_finds_nothing_and_offers_ways_on(self, client, words):
        response = search(client, words)
        assert groups(response) == {}
        assert title(response) == f"No results for “{words}”"
        main = response.text.partition("<main")[2].partition("</main>")[0]
        assert "Check the spelling" in main
        assert '<a href="/cities/">' in main
        assert '<a href="/guides/">' in main


def test_without_words_there_is_only_the_form_and_what_can_be_searched(client):
    for query in ("", "?q=", "?q=+", "?x=learn"):
        response = client.get(f"/search/{query}")
        assert response.status_code == 200
        assert "cities, guides, priorities, partners, networks and news" in plain(response.text)
        assert "result" not in response.text.partition("<main")[2]
        assert "noindex" not in response.text
        assert title(response) == "Search"


@pytest.mark.parametrize("words", ["learning", "zebra"])
def test_robots_are_asked_to_leave_results_out(client, words):
    assert '<meta name="robots" content="noindex">' in search(client, words).text


@pytest.mark.parametrize(
    ("words", "error"),
    [
        ("x" * 101, "Your search has 101 characters. Shorten it to 100."),
        ("a b c d e f g h i", "Your search has 9 words. Shorten it to 8."),
    ],
)
def test_a_search_that_is_too_long_is_refused_and_can_be_shortened(client, words, error):
    make_city()
    response = search(client, words)
    assert response.status_code == 400
    assert error in response.text
    assert f'value="{words}"' in response.text
    assert 'aria-invalid="true" aria-describedby="id_q_error"' in response.text
    assert 'id="id_q_error"' in response.text
    assert title(response) == "Error: Search"
    assert groups(response) == {}


def test_a_search_with_markup_is_shown_and_not_run(client):
    make_city(name="Bath", standfirst="<b>Weaving</b>")
    response = search(client, '<b>"weaving"')
    assert "for “&lt;b&gt;&quot;weaving&quot;”" in response.text
    assert result(response, City.objects.get().get_absolute_url())[1] == "&lt;‹b›&gt;‹Weaving›&lt;/‹b›&gt;"


def test_marked_words_are_those_of_the_text_with_their_accents_and_case(client):
    make_city(name="Ynys Môn", slug="mon", standfirst="MÔN learns.")
    response = search(client, "mon")
    assert result(response, "/cities/mon/") == ["Ynys ‹Môn›", "‹MÔN› learns."]
    assert "<mark>Môn</mark>" in response.text


def test_the_passage_says_what_title_and_description_do_not(client):
    city = make_city(name="Bath", slug="bath", standfirst="Weaving for all.", summary="It has looms.")
    make_city_priority(city, title="Skills", text="First.\n\nIt [lends looms](/about/) to *weavers* in Bath.")
    assert result(search(client, "bath weaving"), "/cities/bath/") == ["‹Bath›", "‹Weaving› for all."]
    assert result(search(client, "looms"), "/cities/bath/")[2] == "It has ‹looms›."
    assert (
        result(search(client, "bath lends looms"), "/cities/bath/")[2]
        == "It ‹lends› ‹looms› to weavers in ‹Bath›."
    )


def test_titles_come_first_then_texts(client):
    make_guide(title="Another", summary="About weaving.")
    make_guide(title="Weaving", order=9)
    assert groups(search(client, "weaving")) == {"Guides 2": ["‹Weaving›", "Another"]}


def test_each_kind_is_found_with_a_line_on_it(client):
    network = make_network(name="Weaving network", slug="w", summary="For weavers.")
    partner = make_partner(name="Weaving college", slug="w", kind="college")
    Partnership.objects.create(partner=partner, network=network, role="Host", source=partner.source)
    make_priority(name="Weaving", slug="w", summary="Looms.")
    make_news_item(title="Weaving begins", slug="w", summary="It began.", happened_on="2025-03-01")
    response = search(client, "weaving")
    assert result(response, "/networks/w/") == ["‹Weaving› network", "For weavers."]
    # An organisation without a page is found where it is named.
    url = "/networks/w/#partner-w"
    assert result(response, url) == ["‹Weaving› college", "College; Host: ‹Weaving› network"]
    assert result(response, "/priorities/w/") == ["‹Weaving›", "Looms."]
    assert result(response, "/news/w/") == ["‹Weaving› begins", "1 March 2025: It began."]
    assert "1 ‹March› ‹2025›: It began." in plain(search(client, "march 2025").text)


def test_more_cities_than_are_shown_are_in_the_directory(client):
    for number in range(12):
        make_city(name=f"Weaving & dyeing {number:02}")
    response = search(client, "weaving & dyeing")
    (titles,) = groups(response).values()
    assert len(titles) == 10
    assert title(response) == "12 results for “weaving &amp; dyeing”"
    (url,) = re.findall(r'<a href="([^"]+)">Show all 12 cities</a>', response.text)
    assert "12 cities, A to Z" in client.get(url).text


def test_of_other_pages_the_first_are_shown_with_how_many_there_are(client):
    network = make_network()
    for number in range(11):
        partner = make_partner(name=f"Weavers {number:02}")
        partner.partnerships.create(network=network, role="Host", source=partner.source)
    assert "These are the first 10 of 11. Add a word to find fewer." in search(client, "weavers").text


def test_drafts_and_scheduled_pages_are_not_found(client):
    tomorrow = timezone.now() + timedelta(days=1)
    for make in (make_city, make_guide, make_news_item):
        named = {"name" if make is make_city else "title": "Weaving"}
        make(status="draft", **named)
        make(live_from=tomorrow, **{name: f"{text} later" for name, text in named.items()})
    news, partner = make_news_item(title="Looms"), make_partner(name="Looms")
    for city in City.objects.all():
        news.cities.add(city)
        Partnership.objects.create(partner=partner, city=city, role="Weaving", source=city.source)
    assert title(search(client, "weaving")) == "No results for “weaving”"
    # An organisation that only drafts name is as little public as they are.
    assert groups(search(client, "looms")) == {"News 1": ["‹Looms›"]}


def fill(number_of_cities):
    network, priority = make_network(summary="Weaving."), make_priority(summary="Weaving.")
    for _ in range(number_of_cities):
        city, partner = make_city(summary="Weaving."), make_partner(summary="Weaving.")
        make_city_priority(city, priority)
        make_membership(city, network)
        Partnership.objects.create(partner=partner, city=city, role="Host", source=city.source)
        make_news_item(summary="Weaving.").cities.add(city)
        make_guide(summary="Weaving.")


def test_a_search_needs_as_many_queries_for_many_results_as_for_few(client):
    numbers = []
    for number_of_cities in (2, 12):
        fill(number_of_cities)
        with CaptureQueriesContext(connection) as queries:
            assert len(groups(search(client, "weaving"))) == 6
        numbers.append(len(queries))
    assert numbers[0] == numbers[1] <= 24
