"""The page of networks, with the table that compares them."""

import re

import pytest

from directory.models import Question
from tests.factories import make_city, make_membership, make_network, make_network_answer, make_source
from tests.references import cited_on

pytestmark = pytest.mark.django_db


def cells(text, tag):
    """The texts of the table's cells of a kind, without markup."""
    found = re.findall(rf"<{tag}(?: [^>]*)?>(.*?)</{tag}>", text, re.S)
    return [" ".join(re.sub("<[^>]+>", " ", cell).split()) for cell in found]


@pytest.mark.usefixtures("content")
class TestRealContent:
    def test_the_networks_are_compared_by_five_questions(self, client):
        text = client.get("/networks/").text
        assert cells(text, "th") == [
            "Question",
            "UNESCO’s network",
            "RSA Cities of Learning",
            "Who is it for?",
            "Who runs it?",
            "How does a place join?",
            "How long does it take?",
            "What does a place get?",
            "More about it",
        ]
        assert text.count('<th scope="col">') == 3
        assert text.count('<th scope="row">') == 6
        assert len(cells(text, "td")) == 12

    def test_each_column_ends_in_a_link_to_its_network(self, client):
        last = client.get("/networks/").text.rpartition("<tr>")[2]
        assert re.findall(r'<td><a href="([^"]+)">', last) == [
            "/networks/unesco-global-network-of-learning-cities/",
            "/networks/cities-of-learning/",
        ]

    def test_the_members_are_listed_by_the_year_in_which_they_joined(self, client):
        text = client.get("/networks/unesco-global-network-of-learning-cities/").text
        members = text.partition('id="members-heading"')[2]
        joined, undated = members.split("<dt>")[1:]
        assert joined.startswith("Joined in 2024</dt>")
        assert re.findall(r'href="/cities/([a-z]+)/"', joined) == ["manchester", "wakefield"]
        assert ", on 14 February 2024" in joined
        assert undated.startswith("Joining date not published</dt>")
        assert re.findall(r'href="/cities/([a-z]+)/"', undated) == [
            "belfast",
            "bristol",
            "swansea",
            "wolverhampton",
        ]

    def test_the_organisations_behind_a_network_are_listed_by_role(self, client):
        text = client.get("/networks/cities-of-learning/").text.partition('id="partners-heading"')[2]
        assert cells(text, "dt") == ["Runs the programme", "Delivery partner", "Funder"]
        assert cells(text, "dd")[:2] == ["RSA", "Badge Nation"]

    def test_every_answer_names_its_network_and_cites_its_source(self, client):
        text = client.get("/networks/").text
        for cell, network in zip(
            cells(text, "td")[:10], ["UNESCO’s network", "RSA Cities of Learning"] * 5, strict=True
        ):
            assert cell.startswith(f"{network} ")
        assert len(cited_on(text).citations) == 10
        assert {*cited_on(text).slugs.values()} == {
            "learning-cities",
            "become-a-city-of-lifelong-learning",
            "about-wolverhampton-city-learning-region",
            "cities-of-learning",
        }

    def test_what_a_source_does_not_say_is_said_to_be_so(self, client):
        assert cells(client.get("/networks/").text, "td")[7].startswith(
            "RSA Cities of Learning The RSA’s page does not say."
        )

    def test_the_page_leads_to_the_guides(self, client):
        text = client.get("/networks/").text
        for url in ("/guides/", "/guides/how-a-city-joins/", "/guides/cities-of-learning/"):
            assert f'<a href="{url}">' in text.partition('id="comparison"')[2]
            assert client.get(url).status_code == 200

    def test_two_names_that_are_alike_are_told_apart_before_the_list(self, client):
        head = client.get("/networks/").text.partition('<ul class="index')[0]
        assert "‘UK Cities of Learning’" in head
        assert "The RSA’s programme ‘Cities of Learning’ is separate." in head

    def test_the_page_of_a_network_has_its_answers_and_leads_to_the_table(self, client):
        text = client.get("/networks/cities-of-learning/").text
        (_, section) = text.split('id="answers-heading"')
        assert cells(section, "dt")[:5] == list(Question.labels)
        assert cells(section, "dd")[3] == "The RSA’s page does not say."
        assert '<a href="/networks/#comparison">Compare the networks</a>' in section
        assert '<section class="page band" id="comparison"' in client.get("/networks/").text


def test_the_earliest_year_comes_first_and_within_a_year_the_cities_are_by_name(client):
    network = make_network(slug="divers")
    for name, date in (
        ("Leeds", None),
        ("York", "2019-05-01"),
        ("Bath", "2019-12-24"),
        ("Derby", "2015-01-01"),
    ):
        precision = "year" if date else "unknown"
        make_membership(make_city(name=name), network, date=date, precision=precision)
    text = client.get("/networks/divers/").text
    assert cells(text, "dt") == ["Joined in 2015", "Joined in 2019", "Joining date not published"]
    assert [re.split("[ ,]", cell)[0] for cell in cells(text, "dd")] == ["Derby", "Bath", "York", "Leeds"]


def test_a_large_network_names_some_members_and_leads_to_all(client):
    network = make_network(slug="divers")
    for _ in range(30):
        make_membership(make_city(), network)
    text = client.get("/networks/divers/").text
    assert '<a href="/cities/?network=divers">All 30, on the map and by date</a>' in text
    assert len(cells(text, "dd")) == 24


def test_the_page_of_a_network_answers_in_the_order_of_the_questions(client):
    network = make_network()
    for question in ("benefits", "audience", "joining"):
        make_network_answer(network, question)
    questions = re.findall("<dt>(.*?)</dt>", client.get(network.get_absolute_url()).text)
    assert questions == ["Who is it for?", "How does a place join?", "What does a place get?"]


def test_networks_without_answers_are_not_compared(client):
    network = make_network(slug="divers")
    assert "Which network is right for you" not in client.get("/networks/").text
    assert "In brief" not in client.get("/networks/divers/").text
    make_network(short_name="Climbers")
    make_network_answer(network, text="Places with [water](/cities/).")
    text = client.get("/networks/").text
    assert cells(text, "th")[:3] == ["Question", network.short_name, "Who is it for?"]
    assert 'Places with <a href="/cities/">water</a>.' in text


def test_a_question_that_a_network_does_not_answer_says_so(client):
    one, other = make_network(), make_network()
    make_network_answer(one, "audience")
    make_network_answer(other, "operator")
    answers = cells(client.get("/networks/").text, "td")
    assert answers[1] == f"{other.short_name} We have not found an answer."


def test_the_page_needs_as_many_queries_for_twenty_networks_as_for_one(client, django_assert_max_num_queries):
    make_network_answer(make_network())
    with django_assert_max_num_queries(4) as few:
        client.get("/networks/")
    for _ in range(20):
        make_network_answer(make_network(), source=make_source())
    with django_assert_max_num_queries(4) as many:
        client.get("/networks/")
    assert len(many) == len(few)
