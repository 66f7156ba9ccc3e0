"""What django-axes counts failed sign-ins by: the username and the IP address."""

from typing import Any

from allauth.account.adapter import get_adapter
from axes.handlers.proxy import AxesProxyHandler
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest


def attempted_username(request: HttpRequest, credentials: dict[str, Any] | None) -> str:
    """Return the username of a sign-in, in lower case, as accounts do not differ by case."""
    name = (credentials or {}).get("username") or request.POST.get("login") or ""
    return name.strip().lower()


def client_ip(request: HttpRequest) -> str | None:
    """Return the client's IP address, from the proxy's header only if the proxy is trusted."""
    try:
        return get_adapter().get_client_ip(request)
    except PermissionDenied:  # there is none, for instance on a Unix socket
        return None


def is_locked_out(request: HttpRequest, username: str) -> bool:
    """Whether the username is locked out for the client; if it is, axes' middleware answers the request."""
    locked_out = not AxesProxyHandler.is_allowed(request, {"username": username})
    if locked_out:
        request.axes_locked_out = True  # type: ignore[attr-defined]
    return locked_out
