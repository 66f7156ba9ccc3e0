"""The cards of cities, the same on every page that shows them."""

from collections.abc import Iterable

from django.http import HttpRequest
from django.template.loader import get_template
from django.utils.safestring import SafeString

from directory.models import City
from directory.page_cache.parts import PartStore

_kept = PartStore[int, SafeString](most=1_000)


def cards(request: HttpRequest, keys: Iterable[int]) -> list[SafeString]:
    """The card of each of these cities, in their order."""
    return list(_kept.each(request, keys, _draw).values())


def _draw(keys: list[int]) -> dict[int, SafeString]:
    template = get_template("directory/includes/city_card.html")
    cities = City.objects.with_card_data().in_bulk(keys)
    return {key: template.render({"city": city}) for key, city in cities.items()}
