import pytest
from django.urls import clear_script_prefix, get_resolver

from directory.page_cache.key import canonical_query
from tests.factories import (
    make_city,
    make_city_priority,
    make_correction,
    make_network,
    make_news_item,
    make_partner,
    make_priority,
)
from tests.pages import PAGES

# Outside transactions, as pages are read: the cache closes connections that are spent.
pytestmark = pytest.mark.django_db(transaction=True)


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


def test_posting_to_a_page_is_not_answered_from_the_store(application, visit):
    visit("/")
    assert visit("/", "POST").status in (403, 405)
    assert application.asked == 2


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


@pytest.mark.parametrize("query", ["nation=wales&sort=+", "nation=+wales+", "nation=wales&q=+"])
def test_spaces_around_a_value_make_no_new_page(application, visit, query):
    make_city(nation="wales")
    assert visit("/cities/?nation=wales").body == visit(f"/cities/?{query}").body
    assert application.asked == 1


def test_an_endless_query_is_refused_at_once(application, visit):
    assert visit("/cities/?q=" + "a" * 3000).status == 414
    assert application.store.size == 0


def declared(pattern):
    view = pattern.callback
    return vars(view).get(
        "cache_parameters", getattr(getattr(view, "view_class", None), "cache_parameters", "nothing")
    )


def test_every_public_view_declares_whether_and_by_which_parameters_it_may_be_cached():
    declarations = {
        pattern.name: declared(pattern) for pattern in get_resolver("directory.urls").url_patterns
    }
    assert [name for name, parameters in declarations.items() if parameters == "nothing"] == []
    private = {name for name, parameters in declarations.items() if parameters is None}
    assert private == {"city_correction", "correction_receipt"}


def test_every_list_that_comes_in_pages_declares_the_page():
    for pattern in get_resolver("directory.urls").url_patterns:
        view_class = getattr(pattern.callback, "view_class", None)
        if getattr(view_class, "paginate_by", None):
            assert view_class.page_kwarg in declared(pattern), pattern.name


@pytest.mark.parametrize(
    "target", ["/cities/", "/news/", "/partners/", "/priorities/", "/priorities/diving/"]
)
def test_the_second_page_of_every_list_comes_through_the_cache(visit, target):
    diving, network = make_priority(slug="diving"), make_network()
    for number in range(60):
        partner = make_partner()
        partner.partnerships.create(network=network, role="Helps", source=partner.source)
        make_news_item()
        if number < 51:
            make_city_priority(make_city(), diving)
    first, second = visit(target), visit(f"{target}?page=2")
    assert first.status == second.status == 200
    assert b"Page 1 of" in first.body
    assert b"Page 2 of" in second.body
    assert visit(f"{target}?page=2").body == second.body


@pytest.mark.parametrize("path", sorted({url.partition("?")[0] for url in PAGES.values()}))
def test_parameters_that_a_page_does_not_declare_change_nothing(application, visit, path):
    plain = visit(path)
    assert visit(f"{path}?utm_source=letter&zzz=1").body == plain.body


def test_parameters_make_one_key_in_whichever_order_they_come(application, visit):
    queries = ("nation=wales&nation=scotland&sort=joined", "sort=joined&nation=scotland&nation=wales")
    assert len({visit(f"/cities/?{query}").body for query in queries}) == 1
    assert application.asked == 1


def test_every_process_writes_a_query_in_the_same_order():
    nations = "&".join(f"nation={nation}" for nation in ("england", "northern-ireland", "scotland", "wales"))
    asked = "sort=joined&nation=wales&nation=england&nation=scotland&nation=northern-ireland"
    assert canonical_query(("nation", "sort"), asked) == f"{nations}&sort=joined"


class TestBehindAProxyWithTls:
    @pytest.fixture(autouse=True)
    def proxy(self, settings):
        settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
        settings.SECURE_SSL_REDIRECT = True

    def test_links_are_those_of_the_scheme_that_the_visitor_uses(self, application, visit):
        for _ in range(2):
            assert (
                b"Sitemap: https://testserver/" in visit("/robots.txt", HTTP_X_FORWARDED_PROTO="https").body
            )
        assert application.asked == 1

    def test_a_visitor_without_tls_is_redirected_although_the_page_is_in_the_cache(self, application, visit):
        visit("/about/", HTTP_X_FORWARDED_PROTO="https")
        answer = visit("/about/?utm_source=letter", HTTP_X_FORWARDED_PROTO="http")
        whole_url = "https://testserver/about/?utm_source=letter"
        assert (answer.status, answer.headers["Location"]) == (301, whole_url)

    @pytest.mark.parametrize("schemes", ["https, http", "https , http"])
    def test_of_several_proxies_the_first_one_counts(self, application, visit, schemes):
        visit("/about/", HTTP_X_FORWARDED_PROTO="https")
        assert visit("/about/", HTTP_X_FORWARDED_PROTO=schemes).status == 200
        assert application.asked == 1


@pytest.mark.parametrize("path", ["/health/ready/", "/health/live/", "/static/css/tokens.css", "/nowhere/"])
def test_what_no_view_answers_is_not_cached(application, visit, path):
    for _ in range(2):
        visit(path)
    assert application.asked == 2
    assert application.store.size == 0
