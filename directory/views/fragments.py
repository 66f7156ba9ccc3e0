"""Rendered parts of pages that several pages share, in Django's cache under the version that they show."""

from collections.abc import Callable, Iterable, Mapping
from hashlib import sha256
from typing import TypeVar

from django.core.cache import caches

Key = TypeVar("Key")
Fragment = TypeVar("Fragment")


def cached_fragment(cache: str, token: str, key: object, render: Callable[[], Fragment]) -> Fragment:
    """Return the fragment under a key, rendered now if it is not in the cache for this token."""
    return cached_fragments(cache, token, [key], lambda _: {key: render()})[key]


def cached_fragments(
    cache: str, token: str, keys: Iterable[Key], render: Callable[[list[Key]], Mapping[Key, Fragment]]
) -> dict[Key, Fragment]:
    """Return the fragments under these keys, in their order; those not in the cache are rendered together.

    Without a token, as in a database that is not prepared, nothing is cached.
    """
    names = {key: _name(token, key) for key in keys}
    found = caches[cache].get_many(names.values()) if token else {}
    if missing := [key for key, name in names.items() if name not in found]:
        rendered = {names[key]: fragment for key, fragment in render(missing).items()}
        if token:
            caches[cache].set_many(rendered)
        found |= rendered
    return {key: found[name] for key, name in names.items() if name in found}


def _name(token: str, key: object) -> str:
    # A cache's names have a greatest length, and a filter's URL has not.
    return sha256(f"{token} {key}".encode()).hexdigest()
