"""What a browser would do with the admin's forms."""

from django.urls import reverse


def page(model, name, *arguments):
    """The URL of an admin page."""
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{name}", args=arguments)


def filled(response):
    """Every field of a form and of its inlines as a browser would send them back."""
    form = response.context["adminform"].form
    sent = {name: _text(form[name].value()) for name in form.fields}
    for inline in response.context["inline_admin_formsets"]:
        formset = inline.formset
        for row in (formset.management_form, *formset.initial_forms):
            sent |= {row.add_prefix(name): _text(row[name].value()) for name in row.fields}
    return {name: value for name, value in sent.items() if value is not None}


def forms_to_add(response):
    """The fields of the inline rows that are on the page and not in the database."""
    return {
        row.add_prefix(name): _text(row[name].value())
        for inline in response.context["inline_admin_formsets"]
        for row in inline.formset.extra_forms
        for name in row.fields
        if row[name].value() is not None
    }


def _text(value):
    return value if isinstance(value, list) or value is None else str(value)
