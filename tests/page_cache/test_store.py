import gzip

import brotli
import pytest

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
