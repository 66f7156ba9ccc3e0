"""What the log says of a request, and what it does not."""

import logging

import pytest

from learningcities.request_log import RequestIdFilter, RequestLog, request_id


def answer(environ, status="200 OK"):
    """Ask an application that only answers with a status, and return its headers."""
    sent = {}

    def application(environ, start_response):
        sent["during"] = request_id.get()
        start_response(status, [])
        return []

    def start_response(status, headers, *arguments):
        sent["headers"] = dict(headers)

    RequestLog(application)({"REQUEST_METHOD": "GET", "PATH_INFO": "/cities/"} | environ, start_response)
    return sent


@pytest.fixture
def event(caplog):
    caplog.set_level(logging.INFO, "learningcities.request_log")
    return lambda: caplog.records[-1]


def test_a_request_is_logged_with_what_became_of_it(event):
    answer({"page_cache": "hit"}, "404 Not Found")
    assert (event().method, event().path, event().status, event().cache) == ("GET", "/cities/", 404, "hit")
    assert event().milliseconds >= 0


def test_neither_query_nor_ip_address_nor_user_agent_of_the_visitor_is_logged(event):
    answer({"QUERY_STRING": "q=secret", "REMOTE_ADDR": "192.0.2.7", "HTTP_USER_AGENT": "Agent"})
    logged = str(vars(event()))
    for personal in ("secret", "192.0.2.7", "Agent"):
        assert personal not in logged


def test_the_identity_of_a_request_is_in_its_response_and_in_its_log_lines():
    sent = answer({})
    assert sent["headers"]["X-Request-ID"] == sent["during"] != ""
    assert request_id.get() == ""


def test_a_visitor_cannot_choose_the_identity():
    assert answer({"HTTP_X_REQUEST_ID": "chosen-by-me"})["during"] != "chosen-by-me"


def test_a_trusted_proxy_can_choose_the_identity_but_not_any_text(settings):
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    assert answer({"HTTP_X_REQUEST_ID": "proxy-12345678"})["during"] == "proxy-12345678"
    assert answer({"HTTP_X_REQUEST_ID": "two\nlines"})["during"] != "two\nlines"


def test_every_event_carries_the_identity():
    record = logging.LogRecord("a", logging.INFO, "a.py", 1, "message", None, None)
    token = request_id.set("12345678")
    assert RequestIdFilter().filter(record)
    request_id.reset(token)
    assert record.request_id == "12345678"


def test_a_fault_is_logged_as_one(event):
    def broken(environ, start_response):
        raise ValueError

    with pytest.raises(ValueError):  # noqa: PT011
        RequestLog(broken)({"REQUEST_METHOD": "GET", "PATH_INFO": "/"}, None)
    assert event().status == 500
