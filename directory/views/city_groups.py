"""The statements of a city's page, in the groups in which the page shows them."""

from typing import Any

from directory.models import City, CitySection, KeyFact, Partnership

# A page with fewer sections is short enough to do without contents.
MIN_SECTIONS_FOR_CONTENTS = 3


def city_groups(city: City) -> dict[str, Any]:
    """Return the groups by the names that the template has for them; no query if they are loaded."""
    sections: list[CitySection] = list(city.sections.all())
    facts: list[KeyFact] = list(city.key_facts.all())
    priorities = list(city.city_priorities.all())
    return {
        "sections": sections,
        "has_contents": len(sections) >= MIN_SECTIONS_FOR_CONTENTS,
        "glance": [*city.memberships.all(), *(fact for fact in facts if fact.at_a_glance)],
        "facts_at_a_glance": [fact for fact in facts if fact.at_a_glance],
        "figures": [fact for fact in facts if not fact.at_a_glance],
        "formal_priorities": [one for one in priorities if one.is_adopted],
        "described_priorities": [one for one in priorities if not one.is_adopted],
        "partnerships_by_role": partnerships_by_role(city),
    }


def partnerships_by_role(city: City) -> dict[str, list[Partnership]]:
    """Return the city's partnerships by role, the roles in the order in which they first come."""
    found: dict[str, list[Partnership]] = {}
    for partnership in city.partnerships.all():
        found.setdefault(partnership.role, []).append(partnership)
    return found
