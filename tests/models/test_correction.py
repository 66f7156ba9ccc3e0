import pytest
from django.db import IntegrityError
from django.utils import timezone

from directory.models import Correction
from tests.factories import make_city, make_correction

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "fields",
    [
        {"status": "accepted"},
        {"decided_at": timezone.now()},
        {"status": "answered", "decided_at": timezone.now()},
    ],
    ids=["decided at no time", "open and decided", "answered without an answer"],
)
def test_the_database_refuses_a_state_that_cannot_be(fields):
    with pytest.raises(IntegrityError):
        make_correction(**fields)


def test_it_is_called_by_city_and_day_and_nothing_that_the_sender_wrote():
    correction = make_correction(make_city(name="Leeds"), sent_at="2026-11-21T23:30:00Z")
    assert str(Correction.objects.get(pk=correction.pk)) == "Leeds, 21 November 2026"
