"""The public pages are easy to read.

The limit is a grade of the automated readability index. GOV.UK writes for a reading age of 9; names such as
“UNESCO Global Network of Learning Cities” alone put these pages above that. Grade 13 is the limit because a
short page that consists of little more than such names reaches it; most pages are below 11.
"""

import pytest

from tests.pages import PAGES
from tests.readability import grade, hardest, sentences

MAX_PAGE_GRADE = 13
MAX_SENTENCE_WORDS = 40

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("content")]


@pytest.mark.parametrize("url", PAGES.values(), ids=PAGES)
def test_a_page_can_be_read_without_effort(client, url):
    text = sentences(client.get(url).text)
    assert text, "the page has no running text"
    assert grade(text) <= MAX_PAGE_GRADE, hardest([client.get(url).text], 5)


@pytest.mark.parametrize("url", PAGES.values(), ids=PAGES)
def test_no_sentence_is_very_long(client, url):
    long = [s for s in sentences(client.get(url).text) if len(s.split()) > MAX_SENTENCE_WORDS]
    assert long == []
