"""The same questions about every network, each answered once."""

import pytest
from django.db import IntegrityError

from directory.models import NetworkAnswer, Question
from directory.models.network_answer import IN_ORDER_OF_QUESTIONS
from tests.factories import make_network, make_network_answer

pytestmark = pytest.mark.django_db


def test_answers_come_in_the_order_of_the_questions():
    network = make_network()
    for question in ("benefits", "joining", "audience", "duration", "operator"):
        make_network_answer(network, question)
    assert [answer.question for answer in network.answers.all()] == list(Question)
    assert [answer.question for answer in NetworkAnswer.objects.order_by(IN_ORDER_OF_QUESTIONS.desc())] == [
        *reversed(Question)
    ]


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
