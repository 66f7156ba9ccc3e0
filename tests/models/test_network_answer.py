"""The same questions about every network, each answered once."""

import pytest
from django.db import IntegrityError

from directory.models import Network, NetworkAnswer, Question
from tests.factories import make_network, make_network_answer

pytestmark = pytest.mark.django_db


def test_answers_come_in_the_order_of_the_questions():
    network = make_network()
    for question in ("benefits", "joining", "audience", "duration", "operator"):
        make_network_answer(network, question)
    make_network_answer(make_network(), "audience")
    assert [answer.question for answer in network.answers_in_order()] == list(Question)


def test_a_question_without_an_answer_is_left_out():
    network = make_network()
    make_network_answer(network, "duration")
    assert [answer.question for answer in network.answers_in_order()] == ["duration"]


def test_answers_that_were_loaded_for_a_page_need_no_query(django_assert_num_queries):
    make_network_answer(make_network(), "joining")
    network = Network.objects.with_page_data().get()
    with django_assert_num_queries(0):
        assert [answer.source for answer in network.answers_in_order()]


def test_networks_can_be_ordered_by_their_answers():
    network = make_network()
    make_network_answer(network, "joining")
    assert list(Network.objects.order_by("answers")) == [network]


def test_a_network_answers_a_question_once():
    network, other = make_network(), make_network()
    make_network_answer(network, "joining")
    make_network_answer(other, "joining")
    with pytest.raises(IntegrityError):
        make_network_answer(network, "joining")


def test_an_answer_is_found_by_its_network_and_question():
    answer = make_network_answer(make_network(slug="divers"), "joining")
    assert answer.natural_key() == ("divers", "joining")
    assert NetworkAnswer.objects.get_by_natural_key("divers", "joining") == answer
