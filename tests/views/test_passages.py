import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from directory.models.folding import fold
from directory.views.passages import MAX_LENGTH, best_passage, marked, passage, words_in

LONG = " ".join(f"word{number}" for number in range(100))


def as_text(pieces):
    return "".join(f"<{piece.text}>" if piece.is_match else piece.text for piece in pieces)


@pytest.mark.parametrize(
    ("text", "words", "expected"),
    [
        ("Lifelong learning.", ["learn"], "Lifelong <learning>."),
        ("LEARN and relearn", ["learn"], "<LEARN> and relearn"),
        ("Ynys Môn’s schools", ["mons"], "Ynys <Môn’s> schools"),
        ("‘Môn’", ["mon"], "‘<Môn>’"),
        ("259,000 people", ["259", "000"], "<259>,<000> people"),
        ("Art for learning", ["learn", "art"], "<Art> for <learning>"),
        ("Nothing here", ["learn"], "Nothing here"),
        ("", ["learn"], ""),
    ],
)
def test_whole_words_of_the_text_are_marked_where_a_word_of_the_search_begins_them(text, words, expected):
    assert as_text(marked(text, words)) == expected


@example("¼", ["1", "4"])
@given(st.text(), st.lists(st.text(min_size=1, max_size=3), max_size=3))
def test_marking_changes_no_character(text, words):
    pieces = marked(text, [word for words in words for word in fold(words).split()])
    assert "".join(piece.text for piece in pieces) == text
    assert all(piece.text for piece in pieces)


def test_a_short_text_is_shown_whole():
    assert passage("Lifelong learning.", ["learn"]) == "Lifelong learning."


@pytest.mark.parametrize("number", [0, 1, 20, 50, 98, 99])
def test_a_long_text_is_cut_at_words_round_the_first_match(number):
    shown = passage(LONG, [f"word{number}"])
    inner = shown.strip("…")
    assert f"word{number}" in inner.split()
    assert {*inner.split()} <= {*LONG.split()}
    assert MAX_LENGTH - 20 <= len(inner) <= MAX_LENGTH
    assert shown.startswith("…") is not LONG.startswith(inner)
    assert shown.endswith("…") is not LONG.endswith(inner)


def test_a_long_text_without_a_match_is_shown_from_its_beginning():
    assert passage(LONG, ["zebra"]).startswith("word0 word1 ")
    assert passage(LONG, []).endswith("…")


def test_an_ellipsis_follows_a_word_and_no_punctuation():
    text = "word, " * 50
    assert passage(text, []).endswith("word…")


def test_a_match_longer_than_a_passage_is_shown_whole():
    longest = "x" * (2 * MAX_LENGTH)
    assert passage(f"{LONG} {longest} {LONG}", ["xxx"]).strip("…").split()[-1] == longest


def test_the_best_passage_has_most_words_and_is_the_first_of_equals():
    texts = ["Skills.", "Learning skills.", "Skills and learning.", "Work."]
    assert best_passage(texts, ["skill", "learn"]) == "Learning skills."
    assert best_passage(texts, ["zebra"]) == ""
    assert best_passage([], ["zebra"]) == ""


def test_the_words_in_a_text_are_those_that_begin_one_of_its_words():
    assert words_in("Learning for art", ["learn", "art", "ear"]) == {"learn", "art"}
