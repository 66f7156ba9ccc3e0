"""Folding text, so that searches ignore case, accents, apostrophes and punctuation."""

import re
import unicodedata

_APOSTROPHES = re.compile(r"['’‘ʼ`]")
_SEPARATORS = re.compile(r"[^0-9a-z]+")


def fold(text: str) -> str:
    """Return the text in lower case, without accents, apostrophes and punctuation, words one space apart."""
    decomposed = unicodedata.normalize("NFKD", _APOSTROPHES.sub("", text))
    letters = "".join(character for character in decomposed if not unicodedata.combining(character))
    return _SEPARATORS.sub(" ", letters.casefold()).strip()
