"""What no source says about a city, although every city's page should say it."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from directory.models.city import City

# The relations that `missing_from` reads.
GAP_RELATIONS = ("partnerships", "memberships__network")


def missing_from(city: "City") -> Iterator[str]:
    """Yield a phrase for each missing fact, in the order of the page.

    Runs no query if the relations are prefetched.
    """
    if not city.initiative:
        yield "whether the city has a named learning city initiative"
    if not city.partnerships.all():
        yield "who runs the initiative, and who its partners are"
    if not city.memberships.all():
        yield "whether the city belongs to a network of learning cities"
    for membership in city.memberships.all():
        if not membership.date:
            yield f"when the city joined {membership.network.short_name}"
    if not city.website:
        yield "the initiative’s website"
    if not city.contact:
        yield "a contact address"
