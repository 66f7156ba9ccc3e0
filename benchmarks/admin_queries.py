"""Print the number of database queries of opening and of saving Wolverhampton in the admin."""

import json
import os
import sys

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "learningcities.settings")
django.setup()

from django.contrib.auth.models import User  # noqa: E402 – Django has to be set up first
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402
from django.urls import reverse  # noqa: E402

from directory.models import City  # noqa: E402
from tests.sent_forms import fields_of  # noqa: E402

url = reverse("admin:directory_city_change", args=[City.objects.get(slug="wolverhampton").pk])
client = Client(headers={"host": "127.0.0.1"})
client.force_login(User.objects.create_superuser("benchmark"))
client.get(url)  # the first request of a process does more

with CaptureQueriesContext(connection) as opening:
    page = client.get(url).text
fields: dict[str, list[str]] = {"_save": ["Save"]}
for name, value in fields_of(page, "city_form"):
    fields.setdefault(name, []).append(value)
fields["summary"] = ["What staff wrote."]
with CaptureQueriesContext(connection) as saving:
    response = client.post(url, fields)
if response.status_code != 302:  # noqa: PLR2004
    sys.exit(f"Saving was refused with status {response.status_code}.")
sys.stdout.write(json.dumps({"opening": len(opening), "saving": len(saving)}))
