"""Where pages are kept: in the memory of one process, up to a size, the least used going first."""

import gzip
from collections import OrderedDict
from dataclasses import dataclass
from hashlib import sha256
from threading import Lock

import brotli

from directory.page_cache.address import PageAddress

BROTLI_QUALITY = 4  # on a visitor's time; static files, compressed once, get 11
GZIP_LEVEL = 5

# What Python takes for an entry beside its texts, roughly.
ENTRY_BYTES = 2_000

Headers = list[tuple[str, str]]


@dataclass(frozen=True)
class KeptPage:
    """One page in one encoding, with all the headers that it is sent with."""

    version: str
    etag: str
    headers: Headers
    body: bytes


class PageStore:
    """Pages of one version of the content; the first of another drives out all that were there."""

    def __init__(self, max_bytes: int) -> None:
        self._most_bytes = max_bytes
        self._bytes = 0
        self._pages: OrderedDict[tuple[PageAddress, str], KeptPage] = OrderedDict()
        self._lock = Lock()

    def get(self, address: PageAddress, encoding: str) -> KeptPage | None:
        """The page as it was last kept, whatever its version."""
        with self._lock:
            page = self._pages.get((address, encoding))
            if page is not None:
                self._pages.move_to_end((address, encoding))
            return page

    def keep(self, address: PageAddress, encoding: str, page: KeptPage) -> None:
        """Keep a page, and let go of as many others as its size asks for."""
        with self._lock:
            newest = next(reversed(self._pages.values()), None)
            if newest is not None and newest.version != page.version:
                self._pages.clear()
                self._bytes = 0
            replaced = self._pages.pop((address, encoding), None)
            self._bytes += _size(address, page) - (_size(address, replaced) if replaced else 0)
            self._pages[address, encoding] = page
            while self._bytes > self._most_bytes:
                (oldest, _), dropped = self._pages.popitem(last=False)
                self._bytes -= _size(oldest, dropped)

    @property
    def size(self) -> int:
        """Bytes that all pages take, with their names and headers."""
        return self._bytes


def _size(address: PageAddress, page: KeptPage) -> int:
    texts = (*address, *(text for header in page.headers for text in header))
    return ENTRY_BYTES + len(page.body) + sum(map(len, texts))


def etag_of(address: PageAddress, encoding: str, build: str, version: str) -> str:
    """The strong validator of a page: what it is called, in which build of the site, on which content."""
    named = "\n".join((*address, encoding, build, version))
    return f'"{sha256(named.encode()).hexdigest()[:32]}"'


def accepted_encoding(accept: str) -> str:
    """The best of br, gzip and identity that an Accept-Encoding header allows."""
    offered = {}
    for item in accept.split(","):
        name, _, weight = item.partition(";")
        offered[name.strip().lower()] = weight.replace(" ", "") not in ("q=0", "q=0.0", "q=0.00", "q=0.000")
    return next((name for name in ("br", "gzip") if offered.get(name)), "identity")


def encode(body: bytes, encoding: str) -> bytes:
    """The body as it goes over the wire."""
    if encoding == "br":
        return brotli.compress(body, quality=BROTLI_QUALITY)
    if encoding == "gzip":
        return gzip.compress(body, GZIP_LEVEL, mtime=0)
    return body
