import pytest

from directory.forms.directory import DirectoryForm
from directory.forms.search import SearchForm, SearchWordsField


def errors(words):
    return SearchForm({"q": words}).errors.get("q", [])


@pytest.mark.parametrize("words", ["", "learn", "x" * 100, "a b c d e f g h", "  learn  "])
def test_a_few_words_are_a_search_and_so_are_none(words):
    form = SearchForm({"q": words})
    assert form.is_valid()
    assert form.cleaned_data["q"] == words.strip()


def test_a_search_that_is_too_long_is_refused_with_what_helps():
    assert errors("x" * 101) == ["Your search has 101 characters. Shorten it to 100."]
    assert errors("a " * 9) == ["Your search has 9 words. Shorten it to 8."]


def test_the_character_that_no_database_stores_is_left_out():
    form = SearchForm({"q": "\x00lea\x00rn\x00 \x00"})
    assert form.is_valid()
    assert form.cleaned_data["q"] == "learn"


def test_that_character_is_not_shown_again_beside_an_error_either():
    assert SearchForm({"q": "\x00" + "x" * 101})["q"].value() == "x" * 101


def test_the_directory_takes_the_same_words():
    assert isinstance(DirectoryForm.base_fields["q"], SearchWordsField)
