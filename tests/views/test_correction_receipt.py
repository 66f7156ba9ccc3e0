import pytest
from django.utils import timezone

from directory.models import Correction
from tests.factories import make_city, make_correction

pytestmark = pytest.mark.django_db


@pytest.fixture
def leeds():
    return make_city(name="Leeds", slug="leeds")


def test_it_shows_the_city_the_day_and_the_state_and_nothing_of_the_sender(client, leeds):
    correction = make_correction(leeds, email="reader@example.org")
    text = client.get(correction.get_absolute_url()).text
    assert "Your correction to the page about Leeds" in text
    assert "We have received your correction, and will look into it." in text
    assert f"{timezone.localdate():%-d %B %Y}" in text
    assert 'href="/cities/leeds/"' in text
    for value in (correction.wrong, correction.right, "The council", correction.email):
        assert value not in text


def test_it_shows_its_own_url_to_save(client, leeds):
    receipt = make_correction(leeds).get_absolute_url()
    assert f"http://testserver{receipt}" in client.get(receipt).text


@pytest.mark.parametrize(
    ("status", "sentence"),
    [
        ("accepted", "You were right"),
        ("declined", "decided not to change the page"),
        ("answered", "We have an answer for you."),
    ],
)
def test_it_shows_the_outcome_and_the_answer(client, leeds, status, sentence):
    correction = make_correction(leeds, answer="We asked <b>the</b> library.")
    correction.decide(status, by=None)
    correction.save()
    text = client.get(correction.get_absolute_url()).text
    assert sentence in text
    assert "We asked &lt;b&gt;the&lt;/b&gt; library." in text


def test_an_answer_shows_only_once_it_is_decided(client, leeds):
    correction = make_correction(leeds, answer="Half a thou")
    assert "Half a thou" not in client.get(correction.get_absolute_url()).text


def test_it_outlives_the_city(client, leeds):
    receipt = make_correction(leeds).get_absolute_url()
    leeds.delete()
    response = client.get(receipt)
    assert response.status_code == 200
    assert "Your correction to the page about Leeds" in response.text
    assert 'href="/cities/leeds/"' not in response.text


def test_it_does_not_lead_to_a_city_that_is_a_draft_again(client, leeds):
    receipt = make_correction(leeds).get_absolute_url()
    leeds.status = "draft"
    leeds.save()
    assert "/cities/leeds/" not in client.get(receipt).text


def test_nobody_caches_it_and_no_other_page_learns_its_url(client, leeds):
    response = client.get(make_correction(leeds).get_absolute_url())
    assert "no-store" in response.headers["Cache-Control"]
    assert response.headers["Referrer-Policy"] == "no-referrer"
    assert 'rel="canonical"' not in response.text


@pytest.mark.parametrize("token", ["nonsense", "1", "-", "a" * 500])
def test_no_other_url_leads_to_one(client, leeds, token):
    make_correction(leeds)
    assert client.get(f"/corrections/{token}/").status_code == 404


def test_no_two_have_the_same_url(leeds):
    assert len({make_correction(leeds).token for _ in range(20)}) == 20
    assert all(len(token) >= 32 for token in Correction.objects.values_list("token", flat=True))
