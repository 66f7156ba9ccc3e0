"""Parts that many pages share, kept in one process for as long as the content stands still."""

from collections import OrderedDict
from collections.abc import Callable
from threading import Lock
from typing import Any, TypeVar

from django.http import HttpRequest

# Set by the page cache on each request that it passes on; a visitor's headers cannot.
VERSION = "directory.version"
MOST_PARTS = 64

Part = TypeVar("Part")


class PartStore:
    """Parts of pages of one version of the content, the least used going first."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._version = ""
        self._parts: OrderedDict[Any, Any] = OrderedDict()
        self._lock = Lock()

    def get(self, version: str, key: Any, make: Callable[[], Any]) -> Any:
        """The part under that key, made now if it is not kept on this version."""
        with self._lock:
            if version == self._version and key in self._parts:
                self._parts.move_to_end(key)
                return self._parts[key]
        part = make()
        with self._lock:
            if version != self._version:
                self._version = version
                self._parts.clear()
            self._parts[key] = part
            if len(self._parts) > self._most:
                self._parts.popitem(last=False)
        return part


_store = PartStore(MOST_PARTS)


def kept(request: HttpRequest, key: Any, make: Callable[[], Part]) -> Part:
    """A part of a page, from an earlier page on the same content if there was one."""
    version = request.META.get(VERSION)
    part: Part = _store.get(version, key, make) if version else make()
    return part
