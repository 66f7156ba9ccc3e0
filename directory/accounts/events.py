"""What follows when somebody signs in or out, or fails to: a line in the log, and a session's end."""

import logging
from typing import Any

from allauth.mfa.signals import authentication_failed, authenticator_added, authenticator_removed
from axes.signals import user_locked_out
from django.conf import settings
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.http import HttpRequest

logger = logging.getLogger("directory.accounts")


def follow_sign_ins() -> None:
    """Connect what is below."""
    user_logged_in.connect(_signed_in, dispatch_uid="sign_in")
    user_logged_out.connect(_signed_out, dispatch_uid="sign_in")
    user_login_failed.connect(_failed, dispatch_uid="sign_in")
    user_locked_out.connect(_locked_out, dispatch_uid="sign_in")
    authentication_failed.connect(_wrong_code, dispatch_uid="sign_in")
    authenticator_added.connect(_factor_added, dispatch_uid="sign_in")
    authenticator_removed.connect(_factor_removed, dispatch_uid="sign_in")


def _signed_in(request: HttpRequest, user: Any, **kwargs: Any) -> None:
    request.session.set_expiry(settings.WORKING_DAY)
    logger.info("account %s signed in", user.pk)


def _signed_out(user: Any, **kwargs: Any) -> None:
    if user is not None:
        logger.info("account %s signed out", user.pk)


def _failed(**kwargs: Any) -> None:
    logger.warning("a sign-in failed")


def _locked_out(**kwargs: Any) -> None:
    logger.warning("a name is closed to an address after too many failures")


def _wrong_code(request: HttpRequest, user: Any, **kwargs: Any) -> None:
    """Have wrong codes counted with the wrong passwords."""
    user_login_failed.send(sender=__name__, credentials={"username": user.get_username()}, request=request)


def _factor_added(user: Any, authenticator: Any, **kwargs: Any) -> None:
    logger.info("account %s added a second factor: %s", user.pk, authenticator.type)


def _factor_removed(user: Any, authenticator: Any, **kwargs: Any) -> None:
    logger.info("account %s removed a second factor: %s", user.pk, authenticator.type)
