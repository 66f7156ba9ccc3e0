"""Receipts for robots that filled in the hidden field: like anybody's for a day, with nothing stored."""

from django.core import signing
from django.utils.http import urlsafe_base64_decode, urlsafe_base64_encode

from directory.models import City, Correction

SALT = "directory.correction.honeypot"
SECONDS = 24 * 60 * 60


def honeypot_token(city: City) -> str:
    """Return the token of a receipt without a stored correction."""
    return urlsafe_base64_encode(signing.dumps(city.pk, salt=SALT).encode())


def honeypot_correction(token: str) -> Correction | None:
    """Return what such a receipt shows, or None if the token is not one of these."""
    try:
        number = signing.loads(urlsafe_base64_decode(token).decode(), salt=SALT, max_age=SECONDS)
    except (ValueError, signing.BadSignature):
        return None
    city = City.objects.filter(pk=number).first()
    return None if city is None else Correction(city=city, city_name=city.name)
