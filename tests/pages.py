"""Every kind of page the public sees, by a real address of each."""

PAGES = {
    "home": "/",
    "directory": "/cities/",
    "filtered directory": "/cities/?priority=fair-access-and-inclusion&nation=wales&nation=england",
    "empty directory": "/cities/?priority=health-and-wellbeing&nation=wales",
    "city": "/cities/wolverhampton/",
    "city without initiative": "/cities/manchester/",
    "priorities": "/priorities/",
    "priority": "/priorities/skills-and-work/",
    "partners": "/partners/",
    "partner": "/partners/university-of-wolverhampton/",
    "networks": "/networks/",
    "network": "/networks/unesco-global-network-of-learning-cities/",
    "network without members": "/networks/cities-of-learning/",
    "guides": "/guides/",
    "guide": "/guides/how-a-city-joins/",
    "news": "/news/",
    "news item": "/news/manchester-and-wakefield-district-join/",
    "search form": "/search/",
    "search": "/search/?q=learning",
    "search without results": "/search/?q=zebra",
    "search for a place that is not here": "/search/?q=Leeds",
    "sources": "/sources/",
    "about": "/about/",
    "accessibility": "/accessibility/",
    "privacy": "/privacy/",
}

# One form, which sets a cookie, and what came of it: `make_correction(token=RECEIPT)`.
RECEIPT = "a-receipt"
FORM_PAGES = {
    "correction form": "/cities/wolverhampton/correction/",
    "correction receipt": f"/corrections/{RECEIPT}/",
}

ERROR_PAGES = {
    "unknown priority": "/cities/?priority=nonsense",
    "search with too many words": "/search/?q=a+b+c+d+e+f+g+h+i",
    "not found": "/cities/atlantis/",
}
