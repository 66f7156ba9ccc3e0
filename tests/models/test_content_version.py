"""Who waits for others that are changing the content."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from directory.models import ContentVersion
from tests.factories import make_source

pytestmark = pytest.mark.django_db


def test_a_save_of_what_no_search_entry_names_does_not_lock_the_content():
    source = make_source()
    with CaptureQueriesContext(connection) as queries:
        source.save()
    assert not any(f'FROM "{ContentVersion._meta.db_table}"' in query["sql"] for query in queries)
