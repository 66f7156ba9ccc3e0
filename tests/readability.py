"""The running text of a public page, and how hard it is to read.

`.venv/bin/python -m tests.readability` prints the ten hardest sentences of the pages in your database.
"""

import os
import re
from html.parser import HTMLParser

import django
import textstat

from tests.pages import PAGES

# What is not running text: navigation, numbers of references, code, and names of sources.
SKIPPED = {"nav", "header", "footer", "form", "sup", "svg", "table", "script", "style"}
BLOCKS = {"p", "li", "dd"}
MIN_WORDS = 6


class _RunningText(HTMLParser):
    """The paragraphs and list items of the main part of a page, without endnotes."""

    def __init__(self):
        super().__init__()
        self.blocks = []
        self.in_main = False
        self.skipping = []
        self.open = None

    def handle_starttag(self, tag, attrs):
        attributes = dict(attrs)
        if tag == "main":
            self.in_main = True
        if self.skipping or tag in SKIPPED or attributes.get("role") == "doc-endnotes":
            if tag not in {"br", "img", "input", "path", "use", "circle", "link", "meta", "hr"}:
                self.skipping.append(tag)
        elif self.in_main and tag in BLOCKS:
            self.open = []

    def handle_endtag(self, tag):
        if self.skipping:
            if self.skipping[-1] == tag:
                self.skipping.pop()
        elif tag in BLOCKS and self.open is not None:
            self.blocks.append(" ".join("".join(self.open).split()))
            self.open = None

    def handle_data(self, data):
        if self.open is not None and not self.skipping:
            self.open.append(data)


def sentences(html):
    """Return the sentences and items of lists in a page's running text, without names and labels."""
    parser = _RunningText()
    parser.feed(html)
    split = [part for block in parser.blocks for part in re.split(r"(?<=[.!?:])\s+", block)]
    return [part for part in split if len(part.split()) >= MIN_WORDS and re.search(r"^[a-z]|[.!?:]$", part)]


def grade(text):
    """Return the automated readability index of some sentences: the school grade that they ask for."""
    ended = [sentence.rstrip(".!?:") + "." for sentence in text]
    return textstat.automated_readability_index(" ".join(ended))


def hardest(pages, count=10):
    """Return the hardest sentences of these pages with their grades, the hardest first."""
    graded = {sentence: grade([sentence]) for html in pages for sentence in sentences(html)}
    return sorted(graded.items(), key=lambda item: -item[1])[:count]


def main():
    """Print the hardest sentences of the public pages with their grades."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "learningcities.settings")
    django.setup()
    from django.test import Client  # noqa: PLC0415 – needs the settings

    client = Client(headers={"host": "localhost"})
    for sentence, asked in hardest([client.get(url).text for url in PAGES.values()]):
        print(f"{asked:5.1f}  {sentence}")  # noqa: T201


if __name__ == "__main__":
    main()
