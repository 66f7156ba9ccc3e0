import pytest

from directory.templatetags.prose import distance, inline_prose, prose, rough_distance


def test_paragraphs_lists_emphasis_and_links_are_marked_up():
    assert prose("One *word*.\n\n- a\n- [b](/about/)") == (
        '<p>One <em>word</em>.</p>\n<ul>\n<li>a</li>\n<li><a href="/about/">b</a></li>\n</ul>\n'
    )


@pytest.mark.parametrize("text", ["# Heading", "<b>bold</b>", "![x](/x.png)", "[x](javascript:alert(1))"])
def test_headings_markup_pictures_and_scripts_are_only_text(text):
    rendered = prose(text)
    assert rendered.startswith("<p>")
    for tag in ("<h1", "<b>", "<img", '<a href="javascript'):
        assert tag not in rendered


def test_emphasis_and_links_are_marked_up_within_a_paragraph_and_markup_is_only_text():
    assert inline_prose("One *word* and [a link](/about/).") == (
        'One <em>word</em> and <a href="/about/">a link</a>.'
    )
    assert inline_prose("<b>bold</b>\n\n- a") == "&lt;b&gt;bold&lt;/b&gt;\n\n- a"


@pytest.mark.parametrize(
    ("kilometres", "written"),
    [
        (3.21, "2.0 miles (3.2 km)"),
        (9.96, "6.2 miles (10.0 km)"),
        (16.0, "9.9 miles (16 km)"),
        (272.4, "169 miles (272 km)"),
    ],
)
def test_a_distance_is_in_miles_and_kilometres_with_a_decimal_only_when_it_is_short(kilometres, written):
    assert distance(kilometres) == written


@pytest.mark.parametrize(
    ("kilometres", "written"),
    [(13.2, "about 8 miles"), (14.49, "about 9 miles"), (1.6, "about 1 mile"), (0.7, "less than a mile")],
)
def test_a_rough_distance_is_in_whole_miles(kilometres, written):
    assert rough_distance(kilometres) == written
