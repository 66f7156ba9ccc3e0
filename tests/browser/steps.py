"""What people do in a browser; each step ends when the page that it leads to has come."""

from axe_playwright_python.sync_playwright import Axe
from django.test import Client

RULES = {
    "runOnly": {
        "type": "tag",
        "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    },
    "resultTypes": ["violations"],
    # It would ask for imported style sheets in the folder of the page; no rule that is run reads them.
    "preload": False,
}


def sign_in(context, site, user):
    """Give a browser the session of a member of staff."""
    client = Client()
    client.force_login(user)
    context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": site}])


def press(page, name):
    """Press a button that leads to a page."""
    with page.expect_navigation():
        page.get_by_role("button", name=name, exact=True).click()


def follow(page, name):
    """Follow a link."""
    with page.expect_navigation():
        page.get_by_role("link", name=name, exact=True).click()


def violations(page):
    """What axe-core finds wrong with a page: each rule, and the first few places."""
    found = Axe().run(page, options=RULES).response["violations"]
    return [f"{one['id']}: {[node['html'][:160] for node in one['nodes'][:3]]}" for one in found]
