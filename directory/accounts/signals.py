"""Signal handlers: log who signs in and out, and limit sessions to a working day."""

import logging
from typing import Any

from allauth.mfa.signals import authentication_failed, authenticator_added, authenticator_removed
from axes.signals import user_locked_out
from django.conf import settings
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.http import HttpRequest

logger = logging.getLogger("directory.accounts")


def connect_signals() -> None:
    """Connect the handlers below."""
    user_logged_in.connect(_logged_in, dispatch_uid="accounts")
    user_logged_out.connect(_logged_out, dispatch_uid="accounts")
    user_login_failed.connect(_login_failed, dispatch_uid="accounts")
    user_locked_out.connect(_locked_out, dispatch_uid="accounts")
    authentication_failed.connect(_authentication_failed, dispatch_uid="accounts")
    authenticator_added.connect(_authenticator_added, dispatch_uid="accounts")
    authenticator_removed.connect(_authenticator_removed, dispatch_uid="accounts")


def _logged_in(request: HttpRequest, user: Any, **kwargs: Any) -> None:
    request.session.set_expiry(settings.WORKING_DAY)
    logger.info("account %s signed in", user.pk)


def _logged_out(user: Any, **kwargs: Any) -> None:
    if user is not None:
        logger.info("account %s signed out", user.pk)


def _login_failed(**kwargs: Any) -> None:
    logger.warning("a sign-in failed")


def _locked_out(**kwargs: Any) -> None:
    logger.warning("a username is locked out for an IP address after too many failures")


def _authentication_failed(request: HttpRequest, user: Any, **kwargs: Any) -> None:
    """Count a wrong code of the second factor as a failed sign-in."""
    user_login_failed.send(sender=__name__, credentials={"username": user.get_username()}, request=request)


def _authenticator_added(user: Any, authenticator: Any, **kwargs: Any) -> None:
    logger.info("account %s added a second factor: %s", user.pk, authenticator.type)


def _authenticator_removed(user: Any, authenticator: Any, **kwargs: Any) -> None:
    logger.info("account %s removed a second factor: %s", user.pk, authenticator.type)
