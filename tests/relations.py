"""The relations from pages to the sources of the statements on them, as the models define them."""

from directory.models.citations import citing_fields, page_fields


def relation_name(source_field, page_field):
    """Return the name of a relation from a page to the source of a statement on it."""
    if page_field == "pk":
        return f"{source_field.model.__name__}.{source_field.name}"
    to_page = source_field.model._meta.get_field(page_field)
    return f"{to_page.related_model.__name__}.{to_page.remote_field.related_name}.{source_field.name}"


# Such as “City.source” and “City.key_facts.source”.
RELATIONS = {
    relation_name(source_field, page_field): (source_field, page_field)
    for source_field in citing_fields()
    for page_field in page_fields(source_field.model)
}
