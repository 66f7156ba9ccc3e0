"""Which attempts to sign in belong together, so that guessing can be stopped."""

from typing import Any

from allauth.account.adapter import get_adapter
from axes.handlers.proxy import AxesProxyHandler
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest


def typed_name(request: HttpRequest, credentials: dict[str, Any] | None) -> str:
    """The user name of an attempt; capitals make no other name, since they make no other account."""
    name = (credentials or {}).get("username") or request.POST.get("login") or ""
    return name.strip().lower()


def client_address(request: HttpRequest) -> str | None:
    """Where an attempt comes from; as the proxy says only if that is trusted."""
    try:
        return get_adapter().get_client_ip(request)
    except PermissionDenied:  # there is no address at all, on a socket for instance
        return None


def is_locked_out(request: HttpRequest, name: str) -> bool:
    """Whether a name is closed to this address; if so the middleware answers that."""
    locked_out = not AxesProxyHandler.is_allowed(request, {"username": name})
    if locked_out:
        request.axes_locked_out = True  # type: ignore[attr-defined]
    return locked_out
