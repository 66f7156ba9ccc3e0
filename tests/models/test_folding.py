import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.models.folding import fold, folded_words


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("ABERTAWE", "abertawe"),
        ("Évora, Ynys Môn", "evora ynys mon"),
        ("E\u0301vora", "evora"),
        ("District’s and district's", "districts and districts"),
        ("100% – (really)", "100 really"),
        ("snake_case", "snake case"),
        ("Straße", "strasse"),
        ("Tromsø", "tromsø"),
        ("Бристоль", "бристоль"),
        ("ปารีส", "ปารส"),
        ("Bris\u00adtol\u200b", "bristol"),
        ("½", "1 2"),
        ("  ", ""),
        ("–!😀", ""),
    ],
)
def test_case_accents_apostrophes_and_punctuation_are_folded_and_letters_of_every_script_stay(text, folded):
    assert fold(text) == folded


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("The District’s aim", ["The", "District’s", "aim"]),
        ("‘Quoted’ (259,000)", ["Quoted", "259", "000"]),
        ("Évora", ["Évora"]),
        ("cafe\u0301 noir", ["cafe\u0301", "noir"]),
        ("½ past", ["½", "½", "past"]),
        ("", []),
    ],
)
def test_each_folded_word_says_where_it_is_in_the_text(text, places):
    assert [text[start:end] for _, start, end in folded_words(text)] == places


@given(st.text())
def test_the_folded_words_are_those_of_the_folded_text(text):
    assert " ".join(word for word, _, _ in folded_words(text)) == fold(text)


@given(st.text())
def test_the_positions_of_folded_words_are_in_order_and_within_the_text(text):
    words = list(folded_words(text))
    assert all(0 <= start < end <= len(text) for _, start, end in words)
    assert [start for _, start, _ in words] == sorted(start for _, start, _ in words)
