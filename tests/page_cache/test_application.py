import gzip

import brotli
import pytest
from django.db import OperationalError, connection
from django.urls import clear_script_prefix

from directory.models import City, ContentVersion
from directory.models.content_version import Tokens
from tests.factories import make_city, make_correction

# Outside transactions, as pages are read: the cache closes connections that are spent.
pytestmark = pytest.mark.django_db(transaction=True)


def test_a_page_is_rendered_once_and_then_cached(application, visit):
    make_city(slug="leeds")
    first, second = visit("/cities/leeds/"), visit("/cities/leeds/")
    assert first.status == second.status == 200
    assert first.body == second.body
    assert application.asked == 1


def test_a_cached_page_costs_one_query(application, visit, django_assert_num_queries):
    visit("/")
    with django_assert_num_queries(1):
        visit("/")


@pytest.mark.parametrize(
    "change",
    [
        lambda: City.objects.update(summary="All is new."),
        lambda: City.objects.get().delete(),
        lambda: connection.cursor().execute("UPDATE directory_city SET summary = 'By hand.'"),
        make_city,
    ],
    ids=["update", "delete", "raw SQL", "create"],
)
def test_any_change_shows_at_once(application, visit, change):
    make_city()
    before = visit("/cities/")
    change()
    after = visit("/cities/")
    assert application.asked == 2
    assert after.body != before.body
    assert after.headers["ETag"] != before.headers["ETag"]


def test_an_unchanged_page_is_a_304_of_few_bytes_that_renders_nothing(application, visit):
    etag = visit("/").headers["ETag"]
    again = visit("/", HTTP_IF_NONE_MATCH=etag)
    assert again.status == 304
    assert again.body == b""
    assert sum(len(name) + len(value) + 4 for name, value in again.headers.items()) < 200
    assert application.asked == 1


def test_a_validator_outlives_the_store_but_not_the_content(application, visit):
    etag = visit("/").headers["ETag"]
    application.store.__init__(10_000)
    assert visit("/", HTTP_IF_NONE_MATCH=etag).status == 304
    make_city()
    assert visit("/", HTTP_IF_NONE_MATCH=etag).status == 200


def test_another_build_has_other_validators(application, visit):
    etag = visit("/").headers["ETag"]
    application.build = "2"
    assert visit("/", HTTP_IF_NONE_MATCH=etag).status == 200


def test_browsers_may_store_a_page_but_must_revalidate_it(visit):
    assert visit("/").headers["Cache-Control"] == "public, no-cache"


def test_a_cdn_may_store_it_for_the_seconds_that_are_set(visit, settings):
    settings.PAGE_CACHE_CONTROL = "public, max-age=0, s-maxage=30, stale-while-revalidate=30"
    assert "s-maxage=30" in visit("/").headers["Cache-Control"]


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


def test_security_headers_come_with_cached_pages_too(visit):
    visit("/")
    cached = visit("/")
    assert "default-src 'self'" in cached.headers["Content-Security-Policy"]
    assert cached.headers["X-Content-Type-Options"] == "nosniff"


def test_staff_see_the_page_that_everybody_sees(application, visit):
    everybody = visit("/")
    staff = visit("/", HTTP_COOKIE="sessionid=abc; csrftoken=def")
    assert staff.body == everybody.body
    assert application.asked == 1


def test_the_sign_in_is_never_cached(application, visit):
    for _ in range(2):
        assert visit("/account/login/").status == 200
    assert application.asked == 2
    assert application.store.size == 0


def test_forms_and_receipts_are_never_cached(application, visit):
    make_correction(make_city(slug="leeds"), token="abc")
    for target in ("/cities/leeds/correction/", "/corrections/abc/"):
        for _ in range(2):
            answer = visit(target)
            assert answer.status == 200
            assert "ETag" not in answer.headers
            assert "private" in answer.headers["Cache-Control"]
    assert application.asked == 4
    assert application.store.size == 0


def test_a_form_knows_the_cookie_that_it_set(visit):
    make_city(slug="leeds")
    secret = visit("/cities/leeds/correction/").headers["Set-Cookie"].split(";")[0]
    again = visit("/cities/leeds/correction/", HTTP_COOKIE=secret)
    assert again.headers["Set-Cookie"].startswith(secret)


def test_a_correction_leaves_every_cached_page_as_it_is(application, visit):
    leeds = make_city(slug="leeds")
    visit("/cities/leeds/")
    make_correction(leeds)
    visit("/cities/leeds/")
    assert application.asked == 1


@pytest.mark.parametrize("target", ["/nowhere/", "/cities/?priority=nonsense", "/cities/?page=99"])
def test_errors_are_not_cached(application, visit, target):
    for _ in range(2):
        assert visit(target).status in (400, 404)
    assert application.store.size == 0


def test_posting_to_a_page_is_not_answered_from_the_store(application, visit):
    visit("/")
    assert visit("/", "POST").status in (403, 405)
    assert application.asked == 2


def test_a_head_request_gets_the_headers_alone(visit):
    for _ in range(2):
        answer = visit("/", "HEAD")
        assert answer.body == b""
        assert int(answer.headers["Content-Length"]) > 1000
    assert visit("/").body


def test_the_order_of_parameters_and_strange_ones_make_no_new_page(application, visit):
    make_city(nation="wales", latitude="51.62079", longitude="-3.94323")
    one = visit("/cities/?nation=wales&sort=joined")
    other = visit("/cities/?utm_source=x&sort=joined&q=&nation=wales&nation=wales&page=")
    assert one.body == other.body
    assert application.asked == 1
    assert visit("/about/?a=1").body == visit("/about/?b=2").body
    assert application.asked == 2


@pytest.mark.parametrize(
    "environ",
    [
        {"HTTP_X_FORWARDED_HOST": "evil.example"},
        {"HTTP_X_FORWARDED_PROTO": "https"},
        {"HTTP_X_FORWARDED_FOR": "192.0.2.1"},
        {"HTTP_ACCEPT_LANGUAGE": "cy"},
        {"HTTP_X_ORIGINAL_URL": "/admin/"},
    ],
    ids=lambda environ: next(iter(environ)),
)
def test_no_header_poisons_what_others_see(visit, environ):
    poisoned = visit("/sitemap.xml", **environ)
    assert "evil" not in poisoned.body.decode()
    assert visit("/sitemap.xml").body == poisoned.body


def test_a_strange_host_is_refused_and_nothing_is_cached(application, visit):
    visit("/")
    cached = application.store.size
    assert visit("/", HTTP_HOST="evil.example").status == 400
    assert application.store.size == cached


@pytest.mark.parametrize("host", ["testserver:000080", "testserver:" + "0" * 8_000])
def test_a_port_that_is_none_makes_no_page_of_its_own(application, visit, host):
    visit("/", HTTP_HOST=host)
    assert application.store.size == 0


def test_a_page_under_another_folder_is_not_cached(application, visit):
    visit("/", SCRIPT_NAME="/evil")
    assert application.store.size == 0
    clear_script_prefix()


def test_a_pages_key_and_headers_count_as_what_it_takes(application, visit):
    body = visit("/robots.txt").body
    assert application.store.size > len(body) + 2_000


@pytest.mark.parametrize("target", ["/nowhere/", "/cities/?priority=nonsense"])
def test_browsers_ask_again_for_what_is_not_there(visit, target):
    assert visit(target).headers["Cache-Control"] == "no-cache"


def test_a_page_is_still_sent_if_the_database_goes_away_behind_it(application, visit, monkeypatch):
    tokens = iter([Tokens("a", "")])

    def current(self):
        for token in tokens:
            return token
        raise OperationalError("terminating connection")

    monkeypatch.setattr("directory.models.content_version.ContentVersionQuerySet.tokens", current)
    answer = visit("/about/")
    assert (answer.status, application.asked) == (200, 1)
    assert answer.headers["Cache-Control"] == "no-store"
    assert application.store.size == 0


def test_an_endless_query_is_refused_at_once(application, visit):
    assert visit("/cities/?q=" + "a" * 3000).status == 414
    assert application.store.size == 0


def test_the_store_is_bounded(application, visit):
    application.store.__init__(60_000)
    for number in range(40):
        visit(f"/cities/?q={number}")
        assert application.store.size <= 60_000
    assert application.store.size > 0


def test_content_that_changes_meanwhile_is_rendered_again(application, visit, monkeypatch):
    tokens = iter([Tokens(token, "") for token in "abb"])
    monkeypatch.setattr(
        "directory.models.content_version.ContentVersionQuerySet.tokens", lambda self: next(tokens)
    )
    answer = visit("/about/")
    assert application.asked == 2
    assert answer.headers["Cache-Control"] == "public, no-cache"


def test_content_that_never_stands_still_is_sent_uncached(application, visit, monkeypatch):
    tokens = iter([Tokens(token, "") for token in "abcdefghijkl"])
    monkeypatch.setattr(
        "directory.models.content_version.ContentVersionQuerySet.tokens", lambda self: next(tokens)
    )
    answer = visit("/about/")
    assert answer.status == 200
    assert answer.headers["Cache-Control"] == "no-store"
    assert application.store.size == 0


def test_without_a_version_nothing_is_cached(application, visit):
    ContentVersion.objects.all().delete()
    for _ in range(2):
        assert visit("/").status == 200
    assert application.asked == 2


@pytest.fixture
def away(monkeypatch):
    def go():
        def refuse(self):
            raise OperationalError("the database is away")

        monkeypatch.setattr("directory.models.content_version.ContentVersionQuerySet.tokens", refuse)

    return go


def test_without_its_database_the_site_serves_what_it_has_marked_as_stale(visit, away):
    fresh = visit("/", HTTP_ACCEPT_ENCODING="br")
    away()
    stale = visit("/", HTTP_ACCEPT_ENCODING="br")
    assert stale.status == 200
    assert stale.body == fresh.body
    assert stale.headers["Warning"] == '110 - "Response is Stale"'
    assert stale.headers["Cache-Control"] == "no-store"
    assert "ETag" not in stale.headers
