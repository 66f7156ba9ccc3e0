"""One column to search in: all that a city's page says, folded so that both databases find the same.

The column is written again whenever something on the page is saved or deleted. What goes round Django's
signals (`update()`, raw SQL, fixtures) calls `refresh` itself, and so does what changes many records at once.
"""

import re
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING, Any

from django.db.models import Model, QuerySet
from django.db.models.signals import m2m_changed, post_delete, post_save

if TYPE_CHECKING:
    from directory.models.city import City

# What belongs to one city, and how to get from what many share to the cities whose pages say it.
OF_ONE_CITY = {"citysection", "keyfact", "citypriority", "membership", "partnership"}
OF_MANY = {
    "city": "pk",
    "priority": "city_priorities__priorities",
    "partner": "partnerships__partner",
    "network": "memberships__network",
}

# Cities that are loaded and written at a time: SQLite takes no longer questions.
BATCH = 100

_APOSTROPHES = re.compile(r"['’‘ʼ`]")
_GAPS = re.compile(r"[^0-9a-z]+")

_put_off: ContextVar[set[int] | None] = ContextVar("put_off", default=None)


def fold(text: str) -> str:
    """The text without case, accents, apostrophes and punctuation, its words one space apart."""
    decomposed = unicodedata.normalize("NFKD", _APOSTROPHES.sub("", text))
    letters = "".join(character for character in decomposed if not unicodedata.combining(character))
    return _GAPS.sub(" ", letters.casefold()).strip()


def refresh(cities: "QuerySet[City]") -> None:
    """Write the search text of these cities again."""
    loaded = cities.prefetch_related(
        "city_priorities__priorities",
        "sections",
        "key_facts",
        "memberships__network",
        "partnerships__partner",
    )
    changed = []
    for city in loaded.iterator(chunk_size=BATCH):
        text = fold(" ".join(_words_of(city)))
        if text != city.search_text:
            city.search_text = text
            changed.append(city)
    cities.model._default_manager.bulk_update(changed, ["search_text"], batch_size=BATCH)


@contextmanager
def put_off() -> Iterator[set[int]]:
    """Refresh nothing meanwhile; gives the keys of the cities for which the caller does so afterwards."""
    cities: set[int] = set()
    token = _put_off.set(cities)
    try:
        yield cities
    finally:
        _put_off.reset(token)


def _words_of(city: "City") -> Iterator[str]:
    yield from (city.name, city.initiative, city.get_nation_display(), city.summary)
    for own in city.city_priorities.all():
        yield from (own.title, own.text, *(priority.name for priority in own.priorities.all()))
    for section in city.sections.all():
        yield from (section.heading, section.body)
    for fact in city.key_facts.all():
        yield from (fact.label, fact.value)
    for membership in city.memberships.all():
        yield from (membership.network.name, membership.network.short_name, membership.note)
    for partnership in city.partnerships.all():
        yield from (partnership.partner.name, partnership.role, partnership.description)


def _follow(sender: type[Model], instance: Any, *, raw: bool = False, **kwargs: Any) -> None:
    from directory.models.city import City  # noqa: PLC0415 – City itself uses `fold`

    name = instance._meta.model_name
    if raw:
        return
    if name in OF_ONE_CITY:
        cities = City.objects.filter(pk=instance.city_id)
    elif name in OF_MANY:
        cities = City.objects.filter(**{OF_MANY[name]: instance.pk}).distinct()
    else:
        return
    later = _put_off.get()
    if later is None:
        refresh(cities)
    else:
        later.update(cities.values_list("pk", flat=True))


def follow_changes() -> None:
    """Have every change of what a city's page says refresh its search text."""
    for signal in (post_save, post_delete, m2m_changed):
        signal.connect(_follow, dispatch_uid="search_text")
