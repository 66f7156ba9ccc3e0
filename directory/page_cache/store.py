"""Where responses are stored: in the memory of one process, up to a size, as a least recently used cache."""

import gzip
from collections import OrderedDict
from dataclasses import dataclass
from hashlib import sha256
from threading import Lock

import brotli

from directory.page_cache.key import CacheKey

BROTLI_QUALITY = 4  # while a visitor waits; static files, compressed once, get 11
GZIP_LEVEL = 5

# Roughly what Python needs for an entry in addition to its strings.
ENTRY_BYTES = 2_000

Headers = list[tuple[str, str]]


@dataclass(frozen=True)
class CachedResponse:
    """One response in one encoding, with all the headers that it is sent with."""

    version: str
    etag: str
    headers: Headers
    body: bytes


class ResponseStore:
    """Responses of one version of the content; the first of another version drives out all others."""

    def __init__(self, max_bytes: int) -> None:
        self._max_bytes = max_bytes
        self._bytes = 0
        self._responses: OrderedDict[tuple[CacheKey, str], CachedResponse] = OrderedDict()
        self._lock = Lock()

    def get(self, key: CacheKey, encoding: str) -> CachedResponse | None:
        """Return the response as it was last stored, whatever its version."""
        with self._lock:
            response = self._responses.get((key, encoding))
            if response is not None:
                self._responses.move_to_end((key, encoding))
            return response

    def set(self, key: CacheKey, encoding: str, response: CachedResponse) -> None:
        """Store a response, and drop as many others as its size asks for."""
        with self._lock:
            latest_used = next(reversed(self._responses.values()), None)
            if latest_used is not None and latest_used.version != response.version:
                self._responses.clear()
                self._bytes = 0
            replaced = self._responses.pop((key, encoding), None)
            self._bytes += _size(key, response) - (_size(key, replaced) if replaced else 0)
            self._responses[key, encoding] = response
            while self._bytes > self._max_bytes:
                (oldest, _), dropped = self._responses.popitem(last=False)
                self._bytes -= _size(oldest, dropped)

    @property
    def size(self) -> int:
        """Return the bytes that all responses take, with their keys and headers."""
        return self._bytes


def _size(key: CacheKey, response: CachedResponse) -> int:
    texts = (*key, *(text for header in response.headers for text in header))
    return ENTRY_BYTES + len(response.body) + sum(map(len, texts))


def etag_of(key: CacheKey, encoding: str, build: str, version: str) -> str:
    """Return the strong validator of a response to a key, in an encoding, of a build and a version."""
    named = "\n".join((*key, encoding, build, version))
    return f'"{sha256(named.encode()).hexdigest()[:32]}"'


def accepted_encoding(accept: str) -> str:
    """Return the best of br, gzip and identity that an Accept-Encoding header allows."""
    offered = {}
    for item in accept.split(","):
        name, _, weight = item.partition(";")
        offered[name.strip().lower()] = weight.replace(" ", "") not in ("q=0", "q=0.0", "q=0.00", "q=0.000")
    return next((name for name in ("br", "gzip") if offered.get(name)), "identity")


def encode(body: bytes, encoding: str) -> bytes:
    """Return the body as it is sent."""
    if encoding == "br":
        return brotli.compress(body, quality=BROTLI_QUALITY)
    if encoding == "gzip":
        return gzip.compress(body, GZIP_LEVEL, mtime=0)
    return body
