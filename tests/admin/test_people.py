import re

import pytest
from django.contrib.auth.models import User

from directory.models import City
from tests.admin.forms import filled, page
from tests.factories import make_city

pytestmark = pytest.mark.django_db


def test_the_admin_calls_things_what_they_are(admin_client):
    headings = re.findall(
        r'<caption>.*?title="Models in the ([^"]+) application"', admin_client.get("/admin/").text, re.DOTALL
    )
    assert headings == ["Directory", "Failed sign-ins", "People", "Second factors"]


def test_an_account_that_is_in_the_history_is_not_deleted(admin_client, admin_user):
    boss = User.objects.create_superuser("boss")
    city = make_city()
    url = page(City, "change", city.pk)
    admin_client.post(url, filled(admin_client.get(url)) | {"summary": "New."})
    admin_client.force_login(boss)
    delete = page(User, "delete", admin_user.pk)
    assert "admin appears in the history. Untick “Active” instead" in admin_client.get(delete).text
    admin_client.post(delete, {"post": "yes"})
    assert User.objects.filter(pk=admin_user.pk).exists()
