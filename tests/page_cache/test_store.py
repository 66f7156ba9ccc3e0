import gzip

import brotli
import pytest

from directory.page_cache.key import CacheKey
from directory.page_cache.store import CachedResponse, ResponseStore, accepted_encoding, encode

# Outside transactions, as pages are read: the cache closes connections that are spent.
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize(
    ("accept", "encoding", "decode"),
    [
        ("gzip, deflate, br, zstd", "br", brotli.decompress),
        ("gzip;q=1.0, br;q=0", "gzip", gzip.decompress),
        ("identity", None, bytes),
        ("", None, bytes),
    ],
)
def test_a_page_is_compressed_as_the_browser_likes(visit, accept, encoding, decode):
    plain = visit("/").body
    answer = visit("/", HTTP_ACCEPT_ENCODING=accept)
    assert answer.headers.get("Content-Encoding") == encoding
    assert answer.headers["Vary"] == "Accept-Encoding"
    assert answer.headers["Content-Length"] == str(len(answer.body))
    assert decode(answer.body) == plain


@pytest.mark.parametrize("target", ["/cities/atlantis/", "/cities/?priority=nonsense"])
def test_errors_are_compressed_too_although_they_are_not_stored(visit, target):
    plain, compressed = visit(target), visit(target, HTTP_ACCEPT_ENCODING="br")
    assert brotli.decompress(compressed.body) == plain.body
    assert compressed.headers["Content-Encoding"] == "br"
    assert compressed.headers["Content-Length"] == str(len(compressed.body))
    for answer in (plain, compressed):
        assert answer.headers["Vary"] == "Accept-Encoding"
    assert "Content-Encoding" not in plain.headers


def test_each_encoding_has_a_validator_of_its_own(visit):
    etags = {visit("/", HTTP_ACCEPT_ENCODING=name).headers["ETag"] for name in ("br", "gzip", "")}
    assert len(etags) == 3


def test_a_pages_key_and_headers_count_as_what_it_takes(application, visit):
    body = visit("/robots.txt").body
    assert application.store.size > len(body) + 2_000


def test_the_store_is_bounded(application, visit):
    application.store.__init__(60_000)
    for number in range(40):
        visit(f"/cities/?q={number}")
        assert application.store.size <= 60_000
    assert application.store.size > 0


def key(path):
    return CacheKey("http://testserver", path, "")


def response(version="1", length=1_000):
    return CachedResponse(version, '"etag"', [], b"x" * length)


@pytest.fixture
def store():
    """A store with room for two responses of a thousand bytes."""
    return ResponseStore(7_000)


def test_the_response_that_was_used_longest_ago_is_dropped_first(store):
    store.set(key("/a/"), "br", response())
    store.set(key("/b/"), "br", response())
    store.get(key("/a/"), "br")
    store.set(key("/c/"), "br", response())
    assert [store.get(key(path), "br") is not None for path in ("/a/", "/b/", "/c/")] == [True, False, True]


def test_the_first_response_of_other_content_drives_out_all_others(store):
    store.set(key("/a/"), "br", response("1"))
    alone = store.size
    store.set(key("/b/"), "br", response("2"))
    assert store.get(key("/a/"), "br") is None
    assert store.size == alone


def test_responses_of_the_same_content_stay_beside_each_other(store):
    store.set(key("/a/"), "br", response())
    store.set(key("/a/"), "gzip", response())
    assert store.get(key("/a/"), "br")
    assert store.get(key("/a/"), "gzip")


def test_a_response_that_replaces_another_counts_alone(store):
    assert store.size == 0
    store.set(key("/a/"), "br", response(length=1_000))
    before = store.size
    store.set(key("/a/"), "br", response(length=1_500))
    assert store.size == before + 500


def test_the_name_of_an_encoding_may_be_in_capitals():
    assert accepted_encoding("GZIP") == "gzip"


def test_the_same_page_is_compressed_to_the_same_bytes_at_any_time():
    assert encode(b"page", "gzip")[4:8] == b"\0\0\0\0"  # where gzip keeps the time
