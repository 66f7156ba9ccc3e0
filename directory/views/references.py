"""The numbered references of one page to its sources."""

from collections.abc import Iterator
from dataclasses import dataclass

from directory.models import Source


@dataclass
class Reference:
    """A source that a page cites, the number that it has there, and how often the page cites it."""

    source: Source
    number: int
    citation_count: int = 0

    @property
    def citations(self) -> range:
        """Return the numbers of the citations, in the order of the page."""
        return range(1, self.citation_count + 1)


class References:
    """The sources that one page cites, in the order in which it first cites them."""

    def __init__(self) -> None:
        self._by_source: dict[int, Reference] = {}

    def __iter__(self) -> Iterator[Reference]:
        return iter(self._by_source.values())

    def __len__(self) -> int:
        return len(self._by_source)

    def cite(self, source: Source) -> tuple[int, int]:
        """Count one more citation of a source; return the source's number and the citation's."""
        if source.pk not in self._by_source:
            self._by_source[source.pk] = Reference(source, number=len(self) + 1)
        reference = self._by_source[source.pk]
        reference.citation_count += 1
        return reference.number, reference.citation_count
