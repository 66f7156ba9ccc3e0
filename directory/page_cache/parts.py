"""Parts that many pages share, kept in one process for as long as the content stands still."""

from collections import OrderedDict
from collections.abc import Callable, Iterable, Mapping
from threading import Lock
from typing import Generic, TypeVar

from django.http import HttpRequest

# Set by the page cache on each request that it passes on; a visitor's headers cannot.
VERSION = "directory.version"

Key = TypeVar("Key")
Part = TypeVar("Part")


class PartStore(Generic[Key, Part]):
    """Parts of one kind, of one version of the content, the least used going first."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._version = ""
        self._parts: OrderedDict[Key, Part] = OrderedDict()
        self._lock = Lock()

    def one(self, request: HttpRequest, key: Key, make: Callable[[], Part]) -> Part:
        """The part under a key, made now if no earlier page on the same content had it."""
        return self.each(request, [key], lambda _: {key: make()})[key]

    def each(
        self, request: HttpRequest, keys: Iterable[Key], make: Callable[[list[Key]], Mapping[Key, Part]]
    ) -> dict[Key, Part]:
        """The parts under these keys, in their order; what is missing is made together, or left out."""
        keys, version = list(keys), request.META.get(VERSION, "")
        found = self._kept(version, keys)
        if missing := [key for key in keys if key not in found]:
            made = make(missing)
            self._keep(version, made)
            found |= made
        return {key: found[key] for key in keys if key in found}

    def _kept(self, version: str, keys: list[Key]) -> dict[Key, Part]:
        with self._lock:
            if version != self._version:
                return {}
            found = {key: self._parts[key] for key in keys if key in self._parts}
            for key in found:
                self._parts.move_to_end(key)
            return found

    def _keep(self, version: str, made: Mapping[Key, Part]) -> None:
        if not version:  # no page cache says what the content is
            return
        with self._lock:
            if version != self._version:
                self._version = version
                self._parts.clear()
            self._parts.update(made)
            while len(self._parts) > self._most:
                self._parts.popitem(last=False)
