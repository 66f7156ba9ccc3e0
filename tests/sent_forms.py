"""What a browser would send of a page's form, without a browser."""

from html.parser import HTMLParser

SENT_AS_TYPED = {"text", "number", "url", "email", "hidden", "date", "time", "datetime-local"}


class _Fields(HTMLParser):
    """Collects names and values; the name of a button is not sent."""

    def __init__(self):
        super().__init__()
        self.fields = []
        self.select = self.textarea = None

    def handle_starttag(self, tag, attributes):
        given = dict(attributes)
        if tag == "input" and (given.get("type", "text") in SENT_AS_TYPED or "checked" in given):
            self.fields.append((given.get("name"), given.get("value", "")))
        elif tag == "select":
            self.select = given.get("name")
        elif tag == "option" and "selected" in given:
            self.fields.append((self.select, given.get("value", "")))
        elif tag == "textarea":
            self.textarea = given.get("name")
            self.fields.append((self.textarea, ""))

    def handle_endtag(self, tag):
        if tag == "textarea":
            self.textarea = None

    def handle_data(self, text):
        if self.textarea:
            name, before = self.fields.pop()
            self.fields.append((name, before + text))


def fields_of(page, form_id):
    """Pairs of name and value, in their order, of the form with this id."""
    parser = _Fields()
    parser.feed(page.split(f'id="{form_id}"', 1)[1].split("</form>", 1)[0])
    return [(name, value.removeprefix("\n")) for name, value in parser.fields if name]
