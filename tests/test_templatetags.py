import pytest

from directory.templatetags.prose import inline_prose, prose


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
