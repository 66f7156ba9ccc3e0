import pytest
from django.db import OperationalError, connection

from directory.models import City, ContentVersion
from directory.models.content_version import Tokens
from directory.page_cache.application import PageCache
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
        lambda: City.objects.update(standfirst="All is new."),
        lambda: City.objects.get().delete(),
        lambda: connection.cursor().execute("UPDATE directory_city SET standfirst = 'By hand.'"),
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


def test_a_head_request_gets_the_headers_alone(visit):
    for _ in range(2):
        answer = visit("/", "HEAD")
        assert answer.body == b""
        assert int(answer.headers["Content-Length"]) > 1000
    assert visit("/").body


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


def test_a_page_whose_content_changes_while_it_is_rendered_is_rendered_again(application, visit, monkeypatch):
    tokens = iter([Tokens(token, "") for token in "abb"])
    monkeypatch.setattr(
        "directory.models.content_version.ContentVersionQuerySet.tokens", lambda self: next(tokens)
    )
    answer = visit("/about/")
    assert application.asked == 2
    assert answer.headers["Cache-Control"] == "public, no-cache"


def test_a_page_whose_content_changes_again_and_again_is_sent_uncached(application, visit, monkeypatch):
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


def test_the_log_is_told_where_a_response_came_from(application, request_environ, away):
    environs = [request_environ("/about/") for _ in range(3)]
    for environ in environs:
        if environ is environs[-1]:
            away()
        b"".join(application(environ, lambda *answer: None))
    assert [environ["page_cache"] for environ in environs] == ["miss", "hit", "stale"]


def test_an_error_sends_its_text_to_whoever_gets_it_and_none_to_whoever_asks_for_its_head(visit):
    assert b"There is no priority" in visit("/cities/?priority=nonsense").body
    assert visit("/cities/?priority=nonsense", "HEAD").body == b""


def test_a_stale_page_sends_its_text_unless_only_its_head_is_asked_for(visit, away):
    visit("/about/")
    away()
    assert b"About" in visit("/about/").body
    assert visit("/about/", "HEAD").body == b""


def test_django_is_asked_without_anything_about_the_visitor_and_its_answer_is_closed(request_environ):
    closed = []

    class Answer(list):
        def close(self):
            closed.append(True)

    def inner(environ, start_response):
        assert not personal.keys() & environ.keys()
        assert environ["HTTP_HOST"] == "testserver"
        start_response("200 OK", [])
        return Answer([b"About"])

    personal = {
        "HTTP_COOKIE": "sessionid=abc",
        "HTTP_IF_NONE_MATCH": '"other"',
        "HTTP_AUTHORIZATION": "Basic YTpi",
        "HTTP_ACCEPT_LANGUAGE": "cy",
        "HTTP_USER_AGENT": "A browser",
        "REMOTE_ADDR": "192.0.2.1",
        "RAW_URI": "/about/?visitor=1",
    }
    cache = PageCache(inner, build="1")
    assert b"".join(cache(request_environ("/about/", **personal), lambda *answer: None)) == b"About"
    assert closed == [True]


def test_without_its_database_a_page_that_is_not_in_the_store_is_left_to_django(application, visit, away):
    away()
    assert visit("/about/").status == 200
    assert application.asked == 1
