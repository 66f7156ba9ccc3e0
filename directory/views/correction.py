"""Corrections: the form on which anybody can send one, and the receipt that shows what became of it."""

from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.views.decorators.cache import cache_control
from django.views.generic import TemplateView, View

from directory.forms.correction import CorrectionForm
from directory.models import City, Correction
from directory.views.honeypot import honeypot_correction, honeypot_token

NO_COOKIE = (
    "Your browser did not send the cookie that belongs to this form. "
    "Everything you typed is still here: allow cookies for this site, then send it again."
)
TOO_MANY = (
    "We limit how many corrections we accept in an hour, because robots send them too, "
    "and the limit has been reached. "
    "Everything you typed is still here: keep this page open, and send it again in an hour."
)
AN_HOUR = "3600"


class SeeOther(HttpResponseRedirect):
    """A redirect after a form was taken: the outcome is at another URL."""

    status_code = HTTPStatus.SEE_OTHER


# Not `no-store`: a browser that goes back must still have what was typed.
@method_decorator(cache_control(private=True, no_cache=True), name="dispatch")
class CorrectionView(View):
    """The form of one city; a former slug of the city redirects, and takes what is sent to it."""

    cache_parameters = None
    # A form without its CSRF token comes back with all that was typed.
    answers_csrf_failures = True

    def get(self, request: HttpRequest, slug: str) -> HttpResponseBase:
        """Show the empty form. Raise Http404 if there is no such city."""
        city = _published_city(slug)
        if city.slug != slug:
            return redirect("city_correction", city.slug, permanent=True)
        return self.page(city, CorrectionForm())

    def post(self, request: HttpRequest, slug: str) -> HttpResponseBase:
        """Store the correction and redirect to its receipt, or show what is wrong. Raise Http404."""
        city, form = _published_city(slug), CorrectionForm(request.POST)
        if status := self.refusal(form, city):
            return self.page(city, form, status)
        token = honeypot_token(city) if form.is_from_a_robot else form.send(city).token
        return SeeOther(reverse("correction_receipt", args=[token]))

    def refusal(self, form: CorrectionForm, city: City) -> HTTPStatus | None:
        """Return the status to refuse the form with, once the form itself says why; None if it is fine."""
        is_valid = form.is_valid()
        if getattr(self.request, "csrf_failed", False):
            form.add_error(None, NO_COOKIE)
            return HTTPStatus.FORBIDDEN
        if not is_valid:
            return HTTPStatus.BAD_REQUEST
        if Correction.objects.is_rate_limited(city):
            form.add_error(None, TOO_MANY)
            return HTTPStatus.TOO_MANY_REQUESTS
        return None

    def page(self, city: City, form: CorrectionForm, status: HTTPStatus = HTTPStatus.OK) -> HttpResponse:
        """Show the form, with what was typed and what is wrong with it."""
        context = {
            "city": city,
            "form": form,
            "correction_days": settings.CORRECTION_DAYS,
            "open_correction_days": settings.OPEN_CORRECTION_DAYS,
        }
        response = render(self.request, "directory/correction_form.html", context, status=status)
        if status == HTTPStatus.TOO_MANY_REQUESTS:
            response.headers["Retry-After"] = AN_HOUR
        return response


def _published_city(slug: str) -> City:
    try:
        city: City = City.objects.published().get_by_natural_key(slug)
    except City.DoesNotExist as error:
        raise Http404 from error
    return city


@method_decorator(cache_control(private=True, no_store=True), name="dispatch")
class ReceiptView(TemplateView):
    """What became of a correction: nothing of what was written, nor of who wrote it."""

    cache_parameters = None
    template_name = "directory/correction_receipt.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        token = kwargs["token"]
        stored = Correction.objects.select_related("city").filter(token=token).first()
        correction = stored or honeypot_correction(token)
        if correction is None:
            raise Http404
        return super().get_context_data(**kwargs) | {"correction": correction}

    def render_to_response(self, context: dict[str, Any], **kwargs: Any) -> HttpResponse:
        """Answer so that no other page learns the receipt's URL."""
        return super().render_to_response(context, headers={"Referrer-Policy": "no-referrer"}, **kwargs)
