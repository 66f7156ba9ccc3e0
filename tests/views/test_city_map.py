import re

import pytest

from tests.city_lists import card_names, headings, hollow_pin_names, pin_names
from tests.factories import make_city

pytestmark = pytest.mark.django_db


@pytest.mark.usefixtures("content")
class TestRealContent:
    def test_a_sentence_says_what_the_map_shows(self, client):
        assert (
            "The map shows four cities in England (Bristol, Manchester, Wakefield, Wolverhampton), "
            "one in Northern Ireland (Belfast) and one in Wales (Swansea). None is in Scotland."
        ) in client.get("/cities/").text
        assert (
            "The map shows one city in Wales (Swansea). None is in England, Northern Ireland or Scotland."
        ) in client.get("/cities/?nation=wales").text

    def test_the_map_is_framed_to_all_cities_whatever_the_filter(self, client):
        def frame(url):
            return re.search(r'viewBox="[^"]+"|transform="[^"]+"', client.get(url).text)[0]

        assert frame("/cities/") == frame("/cities/?nation=wales")
        assert 'viewBox="0 0 640 680"' in client.get("/cities/").text

    def test_the_whole_country_is_one_link_away_and_so_is_the_way_back(self, client):
        response = client.get("/cities/?nation=wales")
        assert (
            '<a href="/cities/?nation=wales&amp;area=uk#map">Show the whole United Kingdom</a>'
            in response.text
        )
        whole = client.get("/cities/?nation=wales&area=uk")
        assert 'viewBox="0 0 764 1280"' in whole.text
        assert card_names(whole) == ["Swansea"]
        assert '<a href="/cities/?nation=wales#map">Show the part with the cities</a>' in whole.text

    def test_where_no_city_is_found_the_map_shows_those_outside_the_filter(self, client):
        response = client.get("/cities/?q=nowhere")
        assert pin_names(response) == []
        assert len(hollow_pin_names(response)) == 6


def test_more_cities_than_a_sentence_can_name_are_counted(client):
    for number in range(61):
        make_city(name=f"Town {number}", latitude="51.62079", longitude="-3.94323", nation="wales")
    assert "The map shows 61 cities in Wales." in client.get("/cities/").text


class TestPartsOfTheMap:
    @pytest.fixture(autouse=True)
    def crowd(self):
        make_city(name="Manchester", latitude="53.48095", longitude="-2.23743")
        make_city(name="Salford", latitude="53.48300", longitude="-2.29", nation="wales")
        make_city(name="Bristol", latitude="51.45523", longitude="-2.59665")

    AREA = "/cities/?area=53.48095,-2.29,53.483,-2.23743"

    def test_pins_that_would_overlap_are_one_cluster_with_a_count_and_a_link_to_its_area(self, client):
        response = client.get("/cities/")
        assert pin_names(response) == ["Bristol"]
        assert f'href="{self.AREA}#map" aria-label="2 cities here: zoom in"' in response.text
        assert card_names(response) == ["Bristol", "Manchester", "Salford"]

    def test_an_area_narrows_list_and_map_and_the_sentence_says_so(self, client):
        response = client.get(self.AREA)
        assert card_names(response) == ["Manchester", "Salford"]
        assert headings(response, 1) == ["Learning cities in one part of the map"]
        assert headings(response, 2) == ["2 of 3 cities, A to Z"]
        assert 'href="/cities/"><span class="visually-hidden">Remove </span>Part of the map' in response.text

    def test_an_area_keeps_the_other_filters_and_they_keep_it(self, client):
        response = client.get(f"{self.AREA}&nation=wales")
        assert card_names(response) == pin_names(response) == ["Salford"]
        assert (
            'href="/cities/?nation=wales"><span class="visually-hidden">Remove </span>Part of'
            in response.text
        )
        assert '<input type="hidden" name="area" value="53.48095,-2.29,53.483,-2.23743">' in response.text

    def test_choices_are_counted_within_the_area(self, client):
        assert re.search(r'value="england".*?filter__count">1<', client.get(self.AREA).text, re.S)

    def test_a_cluster_that_no_zoom_takes_apart_is_not_a_link(self, client):
        make_city(name="Trafford", latitude="51.45523", longitude="-2.59665")
        response = client.get("/cities/?area=51.45523,-2.59665,51.45523,-2.59665")
        assert 'aria-label="2 cities in one place: the list has them"' in response.text
        assert card_names(response) == ["Bristol", "Trafford"]

    def test_what_is_not_an_area_is_named(self, client):
        response = client.get("/cities/?area=here")
        assert response.status_code == 400
        assert "“here” is not part of the map" in response.text

    def test_an_area_without_cities_offers_a_suggestion(self, client):
        assert "Part of the map</a> (then 3 cities)" in client.get("/cities/?area=58,-5,59,-4").text
