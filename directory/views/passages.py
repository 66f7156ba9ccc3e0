"""The passage of a text in which a search's words are, and which of its words those are.

The words of a search are folded; the texts are as readers see them.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from directory.models.folding import FoldedWord, folded_words

MAX_LENGTH = 160
# How much of a passage comes before its first match.
LEAD = MAX_LENGTH // 4
ELLIPSIS = "…"


class Piece(NamedTuple):
    """A part of a text, and whether it matches the search."""

    text: str
    is_match: bool


def marked(text: str, words: Sequence[str]) -> list[Piece]:
    """Return the text in pieces: each of its words that begins with a word of the search is a match."""
    pieces, position = [], 0
    for _, start, end in _matches(text, words):
        if start < position:  # one character can be two words: “¼” is 1 and 4
            continue
        pieces += [Piece(text[position:start], is_match=False), Piece(text[start:end], is_match=True)]
        position = end
    return [piece for piece in (*pieces, Piece(text[position:], is_match=False)) if piece.text]


def words_in(text: str, words: Iterable[str]) -> set[str]:
    """Return which words of the search begin a word of the text."""
    folded = [one.word for one in folded_words(text)]
    return {word for word in words if any(one.startswith(word) for one in folded)}


def passage(text: str, words: Sequence[str]) -> str:
    """Return about 160 characters round the first match, or the beginning of the text if nothing matches."""
    _, start, end = next(_matches(text, words), ("", 0, 0))
    first, last = _cut_before(text, start), len(text)
    if last - first > MAX_LENGTH:
        last = _cut_after(text, end, first + MAX_LENGTH)
    shown = text[first:last] if last == len(text) else text[first:last].rstrip(" ,;:–.") + ELLIPSIS
    return ELLIPSIS + shown if first else shown


def best_passage(texts: Iterable[str], words: Sequence[str]) -> str:
    """Return the passage that has most words of the search, the first of equals; empty if none has any."""
    passages = [passage(text, words) for text in texts]
    best = max(passages, key=lambda one: len(words_in(one, words)), default="")
    return best if words_in(best, words) else ""


def _matches(text: str, words: Sequence[str]) -> Iterator[FoldedWord]:
    return (one for one in folded_words(text) if one.word.startswith(tuple(words)))


def _cut_before(text: str, start: int) -> int:
    """Return where a passage begins: with a word, not long before its first match."""
    if len(text) <= MAX_LENGTH or start <= LEAD:
        return 0
    earliest = min(start - LEAD, len(text) - MAX_LENGTH)
    return text.find(" ", earliest, start) + 1 or start


def _cut_after(text: str, end: int, latest: int) -> int:
    """Return where a passage ends: with a word, not before its first match ends."""
    return max(text.rfind(" ", end, latest + 1), end)
