"""A real Chromium, and the site with its real content on a real port."""

import os
import shutil

import pytest

from tests.content import put_content

# Playwright runs an event loop in the tests' thread; the database is only used from that same thread.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"


def pytest_collection_modifyitems(items):
    """Everything in this folder drives a browser."""
    for item in items:
        if "tests/browser" in item.nodeid:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    """Debian's Chromium, without the connections that it makes of its own accord."""
    return browser_type_launch_args | {
        "executable_path": shutil.which("chromium"),
        "args": [
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
        ],
    }


@pytest.fixture
def site(transactional_db, live_server):
    """The URL of the running site, with its real content."""
    put_content()
    return live_server.url


@pytest.fixture
def messages(page):
    """Whatever the browser's console said, and every request that failed.

    What the browser gave up is no failure: a page that it left, a search that the next letter overtook.
    """
    heard = []

    def fail(request):
        if request.failure != "net::ERR_ABORTED":
            heard.append(f"failed: {request.url}: {request.failure}")

    page.on("console", lambda message: heard.append(f"{message.type}: {message.text}"))
    page.on("pageerror", lambda error: heard.append(f"error: {error}"))
    page.on("requestfailed", fail)
    return heard
