import pytest

from directory.models.markdown import plain_paragraphs


@pytest.mark.parametrize(
    ("text", "paragraphs"),
    [
        ("One *word* and [a link](https://example.org/page).", ["One word and a link."]),
        ("First.\n\nSecond,\nstill second.", ["First.", "Second, still second."]),
        ("It wants to:\n\n- learn\n- teach", ["It wants to:", "learn", "teach"]),
        ("<b>bold</b>", ["<b>bold</b>"]),
        ("", []),
    ],
)
def test_paragraphs_are_as_a_reader_sees_them(text, paragraphs):
    assert [*plain_paragraphs(text)] == paragraphs
