"""Folding text, so that searches ignore case, accents, apostrophes and punctuation."""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

_APOSTROPHES = frozenset("'’‘ʼ`")
_MARKS = frozenset({"Mn", "Mc", "Me"})
_INVISIBLE = "Cf"
_WORD = re.compile(r"\S+")

MAX_CHARACTERS = 4_000


class FoldedWord(NamedTuple):
    """A folded word, and where it is in the text that it was folded from."""

    word: str
    start: int
    end: int


def fold(text: str) -> str:
    """Return the text in lower case, without accents, apostrophes and punctuation, words one space apart.

    Letters and digits of every script stay, so that a word in another script is still a word.
    """
    return " ".join("".join(map(_fold_character, text)).split())


def folded_words(text: str) -> Iterator[FoldedWord]:
    """Return the words that `fold` makes of a text, each with its position there."""
    pieces = [_fold_character(character) for character in text]
    positions = [position for position, piece in enumerate(pieces) for _ in piece]
    for match in _WORD.finditer("".join(pieces)):
        end = positions[match.end() - 1] + 1
        while end < len(text) and unicodedata.category(text[end]) in _MARKS:
            end += 1
        yield FoldedWord(match.group(), positions[match.start()], end)


@lru_cache(MAX_CHARACTERS)
def _fold_character(character: str) -> str:
    """Return the letters or digits of a character; nothing for a mark, a space for what separates words."""
    kept = [one for one in unicodedata.normalize("NFKD", character) if not _is_dropped(one)]
    return "".join(one if one.isalnum() else " " for one in "".join(kept).casefold())


def _is_dropped(character: str) -> bool:
    category = unicodedata.category(character)
    return character in _APOSTROPHES or category in _MARKS or category == _INVISIBLE
