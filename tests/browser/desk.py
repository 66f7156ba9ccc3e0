"""Getting to the desk in a browser."""

from django.test import Client


def sign_in(context, site, user):
    """Give a browser the session of a member of staff."""
    client = Client()
    client.force_login(user)
    context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": site}])
