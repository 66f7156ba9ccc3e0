"""The search over the whole site."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.generic import View

from directory.forms.city_filter import CityFilter
from directory.forms.search import SearchForm
from directory.views.absent_place import absent_place
from directory.views.search_results import search_results


class SearchView(View):
    """A form, and the pages that contain what was searched for."""

    cache_parameters = tuple(SearchForm.base_fields)
    template_name = "directory/search.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        form = SearchForm(request.GET)
        if not form.is_valid():
            return render(request, self.template_name, {"form": form}, status=400)
        words = form.cleaned_data["q"]
        context = {"form": form, "words": words}
        if words:
            groups = search_results(words)
            context |= {
                "groups": groups,
                "result_count": sum(group.count for group in groups),
                "cities_url": CityFilter(q=words).url(),
                "absent_place": absent_place(words),
            }
        return render(request, self.template_name, context)
