"""How a page is cited, and under which URL."""

import datetime
from typing import Any, NamedTuple

from django.conf import settings
from django.core.paginator import Page
from django.http import HttpRequest
from django.utils.formats import date_format

from directory.current_tokens import current_tokens

SHORT = 8


class PageCitation(NamedTuple):
    """What a reader needs to cite a page; as a text, the sentence to copy."""

    title: str
    url: str
    reviewed: datetime.date | None
    version: str

    def __str__(self) -> str:
        parts = [f"“{self.title}”", settings.SITE_NAME, self.url]
        if self.reviewed:
            parts.append(f"reviewed on {date_format(self.reviewed, 'j F Y')}")
        if self.version:
            parts.append(f"content version {self.version}")
        return ", ".join(parts) + "."


def citation_context(
    request: HttpRequest, title: str, *, path: str = "", page: Page | None = None, reviewed: Any = None
) -> dict[str, str | PageCitation]:
    """Return what templates need to cite a page: its canonical URL, and its citation."""
    url = canonical_url(request, path, page)
    version = current_tokens().content[:SHORT]
    return {"canonical_url": url, "page_citation": PageCitation(title, url, reviewed, version)}


def canonical_url(request: HttpRequest, path: str = "", page: Page | None = None) -> str:
    """Return the absolute URL of the request's path or another one, and of a later page of a list."""
    query = f"?page={page.number}" if page and page.number > 1 else ""
    return request.build_absolute_uri((path or request.path) + query)
