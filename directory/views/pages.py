"""Long lists, a page at a time."""

from typing import Any

from django.core.paginator import InvalidPage, Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest


def page_context(request: HttpRequest, records: QuerySet, size: int, place: str = "") -> dict[str, Any]:
    """What `components/pagination.html` and its page need. Raises Http404 if there is no such page."""
    try:
        page = Paginator(records, size).page(request.GET.get("page") or 1)
    except InvalidPage as error:
        raise Http404 from error
    return {
        "page": page,
        "previous_address": f"?page={page.number - 1}{place}",
        "next_address": f"?page={page.number + 1}{place}",
    }
