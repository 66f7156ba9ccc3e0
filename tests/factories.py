"""The smallest valid records: required fields only, everything else by name."""

from decimal import Decimal
from itertools import count

from directory.models import (
    City,
    CityPriority,
    Correction,
    Guide,
    Membership,
    Nation,
    Network,
    NetworkAnswer,
    NewsItem,
    Partner,
    Priority,
    Source,
    SourceKind,
    Status,
)

_numbers = count(1)


def make_source(**fields):
    number = next(_numbers)
    defaults = {
        "title": f"Document {number}",
        "slug": f"document-{number}",
        "publisher": "A publisher",
        "kind": SourceKind.WEB_PAGE,
    }
    return Source.objects.create(**defaults | fields)


def make_city(**fields):
    number = next(_numbers)
    source = fields.get("source") or make_source()
    defaults = {
        "name": f"City {number:04}",
        "slug": f"city-{number:04}",
        "nation": Nation.ENGLAND,
        "standfirst": "Learning for everyone.",
        "summary": "A city that learns.",
        "status": Status.PUBLISHED,
        "latitude": Decimal("52.48"),
        "longitude": Decimal("-1.90"),
        "position_source": source,
        "source": source,
    }
    return City.objects.create(**defaults | fields)


def make_priority(**fields):
    number = next(_numbers)
    defaults = {
        "name": f"Priority {number}",
        "slug": f"priority-{number}",
        "summary": "What it gathers.",
        "icon": "scale",
    }
    return Priority.objects.create(**defaults | fields)


def make_city_priority(city, *priorities, **fields):
    defaults = {"title": f"Aim {next(_numbers)}", "text": "What the city says.", "source": city.source}
    own = CityPriority.objects.create(city=city, **defaults | fields)
    own.priorities.set(priorities)
    return own


def make_network(**fields):
    number = next(_numbers)
    defaults = {
        "name": f"Network {number}",
        "slug": f"network-{number}",
        "short_name": f"N{number}",
        "summary": "What it is.",
    }
    return Network.objects.create(**{"source": fields.get("source") or make_source()} | defaults | fields)


def make_network_answer(network, question="audience", **fields):
    defaults = {"text": "Towns and cities.", "source": network.source}
    return NetworkAnswer.objects.create(network=network, question=question, **defaults | fields)


def make_membership(city, network, **fields):
    return Membership.objects.create(**{"city": city, "network": network, "source": city.source} | fields)


def make_partner(**fields):
    number = next(_numbers)
    defaults = {"name": f"Partner {number}", "slug": f"partner-{number}"}
    return Partner.objects.create(**{"source": fields.get("source") or make_source()} | defaults | fields)


def make_correction(city=None, **fields):
    city = city or make_city()
    defaults = {"wrong": "It says 2014.", "right": "It was 2015.", "evidence": "The council's minutes."}
    return Correction.objects.create(city=city, city_name=city.name, **defaults | fields)


def make_guide(**fields):
    number = next(_numbers)
    defaults = {
        "title": f"Guide {number}",
        "slug": f"guide-{number}",
        "summary": "Whom it is for.",
        "status": Status.PUBLISHED,
    }
    return Guide.objects.create(**{"source": fields.get("source") or make_source()} | defaults | fields)


def make_news_item(**fields):
    number = next(_numbers)
    defaults = {
        "title": f"News {number}",
        "slug": f"news-{number}",
        "summary": "What happened.",
        "body": "All that happened.",
        "happened_on": "2024-02-14",
        "status": Status.PUBLISHED,
    }
    return NewsItem.objects.create(**{"source": fields.get("source") or make_source()} | defaults | fields)
