"""What a page cites: its numbers, in the order of the page, and the list at its end."""

import re
from dataclasses import dataclass, field

CITATION = re.compile(r'<a id="reference-(\d+)-(\d+)" href="#source-(\d+)"[^>]*>(\d+)</a>')
BACKLINK = re.compile(r'<a href="#reference-(\d+)-(\d+)" role="doc-backlink"')


@dataclass
class Cited:
    """The numbers in a page's text, each with its citation's number, and the entries of its list."""

    citations: list[tuple[int, int]] = field(default_factory=list)
    slugs: dict[int, str] = field(default_factory=dict)
    backlinks: list[tuple[int, int]] = field(default_factory=list)

    def number_of(self, source):
        """Return the number that a source has on the page, or None."""
        return next((number for number, slug in self.slugs.items() if slug == source.slug), None)


def cited_on(text):
    """Return what a page cites, after checking that each number is written as it is linked."""
    page, _, listed = text.partition('<section class="references"')
    found = Cited()
    for number, citation, target, written in CITATION.findall(page):
        assert number == target == written
        found.citations.append((int(number), int(citation)))
    for number, entry in re.findall(r'<li id="source-(\d+)">(.*?)</li>', listed, re.DOTALL):
        (found.slugs[int(number)],) = re.findall(r'href="/sources/#source-([^"]+)"', entry)
        found.backlinks += [(int(n), int(citation)) for n, citation in BACKLINK.findall(entry)]
    return found
