"""What a browser would do with the desk's forms."""

from django.urls import reverse


def page(model, name, *arguments):
    """An address at the desk."""
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{name}", args=arguments)


def filled(response):
    """Every field of a form and of its parts as a browser would send them back."""
    form = response.context["adminform"].form
    sent = {name: _text(form[name].value()) for name in form.fields}
    for inline in response.context["inline_admin_formsets"]:
        formset = inline.formset
        for part in (formset.management_form, *formset.initial_forms):
            sent |= {part.add_prefix(name): _text(part[name].value()) for name in part.fields}
    return {name: value for name, value in sent.items() if value is not None}


def forms_to_add(response):
    """The fields of the parts that are on the page and not in the database."""
    return {
        part.add_prefix(name): _text(part[name].value())
        for inline in response.context["inline_admin_formsets"]
        for part in inline.formset.extra_forms
        for name in part.fields
        if part[name].value() is not None
    }


def _text(value):
    return value if isinstance(value, list) or value is None else str(value)
